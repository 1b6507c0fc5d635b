package io.unpost.gateway.battery;

import static org.assertj.core.api.Assertions.assertThat;

import io.unpost.gateway.Form;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/// Answers that are lost, in every form in which a delete can be asked for.
@Tag("battery")
@Timeout(600)
@ExtendWith(Battery.Resolver.class)
final class LostAnswersTest {

    private static final List<Form> EVERY = Form.all().toList();

    @Test
    void connectionThatBreaksBeforeTheRequestIsReadIsTriedAgain(Battery battery) throws Exception {
        List<Fault> faults = Stream.of(When.ACCEPT, When.HEADERS, When.MID_BODY)
                .flatMap(when -> Fault.each(when, Stream.of(Acts.RST, Acts.FIN)).stream())
                .toList();
        battery.row("connection broken before the request is read", Load.of(EVERY, battery.scaled(1_000)), row -> {
            row.does(new Faults(row.seed(), faults, 0.5, 2));

            assertThat(row.deleteAll()).allSatisfy(each -> claims(each, "deleted by " + evidence(each)));
        });
    }

    @Test
    void answerLostOnceAfterTheDeleteIsDeletedByAbsence(Battery battery) throws Exception {
        List<Fault> faults = Fault.each(When.AFTER_COMMIT, Acts.losses());
        battery.row("answer lost after the delete, once", Load.of(EVERY, battery.scaled(1_000)), row -> {
            row.does(Faults.once(row.seed(), faults));

            assertThat(row.deleteAll()).allSatisfy(each -> {
                boolean definite = each.operation().form().gone().equals("already_gone");
                claims(each, definite ? "deleted by absence" : "outcome_unknown");
            });
        });
    }

    @Test
    void answerLostAlwaysIsUnknown(Battery battery) throws Exception {
        List<Fault> faults = Fault.each(When.AFTER_COMMIT, Acts.losses());
        battery.row("answer lost after the delete, always", Load.of(EVERY, battery.scaled(1_000)), row -> {
            row.does(Faults.always(row.seed(), faults));

            assertThat(row.deleteAll()).allSatisfy(each -> {
                claims(each, "outcome_unknown");
                assertThat(each.told().status()).isEqualTo(504);
                assertThat(each.told().at("/retryable")).isEqualTo("true");
            });
        });
    }

    @Test
    void answerLostBeforeTheDeleteIsDeletedByTheNext(Battery battery) throws Exception {
        List<Fault> faults = Fault.each(When.BEFORE_COMMIT, Acts.losses());
        battery.row("answer lost before the delete, once", Load.of(EVERY, battery.scaled(1_000)), row -> {
            row.does(Faults.once(row.seed(), faults));

            assertThat(row.deleteAll()).allSatisfy(each -> claims(each, "deleted by " + evidence(each)));
        });
    }

    private static String evidence(Answered each) {
        return each.operation().form().evidence();
    }

    private static void claims(Answered each, String claim) {
        assertThat(each.told().claim()).as("%s", each).isEqualTo(claim);
    }
}
