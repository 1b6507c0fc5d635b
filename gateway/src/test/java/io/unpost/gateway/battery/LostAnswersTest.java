package io.unpost.gateway.battery;

import static org.assertj.core.api.Assertions.assertThat;

import io.unpost.gateway.Form;
import io.unpost.gateway.battery.Fault.Act;
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
                .flatMap(when -> Fault.each(when, breaks()).stream())
                .toList();
        battery.row("connection broken before the request is read", Load.of(EVERY, battery.scaled(1_000)), row -> {
            row.does(new Faults(row.seed(), faults, 0.5, 2));

            assertThat(row.deleteAll()).allSatisfy(each -> claims(each, "deleted by " + evidence(each)));
        });
    }

    /// In all the ways in which an answer comes to nothing.
    @Test
    void answerLostOnceAfterTheDeleteIsDeletedByAbsence(Battery battery) throws Exception {
        isDeletedByAbsence(battery, "answer lost after the delete, once", Acts.losses());
    }

    @Test
    void connectionThatBreaksOnceAfterTheDeleteIsDeletedByAbsence(Battery battery) throws Exception {
        isDeletedByAbsence(battery, "RST or FIN after the delete, once", breaks());
    }

    private static void isDeletedByAbsence(Battery battery, String fault, Stream<Act> acts) throws Exception {
        battery.row(fault, Load.of(EVERY, battery.scaled(1_000)), row -> {
            row.does(Faults.once(row.seed(), Fault.each(When.AFTER_COMMIT, acts)));

            assertThat(row.deleteAll()).allSatisfy(each -> {
                boolean definite = each.operation().form().gone().equals("already_gone");
                claims(each, definite ? "deleted by absence" : "outcome_unknown");
            });
        });
    }

    /// In all the ways in which an answer comes to nothing.
    @Test
    void answerLostAlwaysIsUnknown(Battery battery) throws Exception {
        isUnknown(battery, "answer lost after the delete, always", Acts.losses());
    }

    @Test
    void connectionThatAlwaysBreaksAfterTheDeleteIsUnknown(Battery battery) throws Exception {
        isUnknown(battery, "RST or FIN after the delete, always", breaks());
    }

    private static void isUnknown(Battery battery, String fault, Stream<Act> acts) throws Exception {
        battery.row(fault, Load.of(EVERY, battery.scaled(1_000)), row -> {
            row.does(Faults.always(row.seed(), Fault.each(When.AFTER_COMMIT, acts)));

            assertThat(row.deleteAll()).allSatisfy(each -> {
                claims(each, "outcome_unknown");
                assertThat(each.told().status()).isEqualTo(504);
                assertThat(each.told().at("/retryable")).isEqualTo("true");
            });
        });
    }

    /// In all the ways in which an answer comes to nothing.
    @Test
    void answerLostBeforeTheDeleteIsDeletedByTheNext(Battery battery) throws Exception {
        isDeletedByTheNext(battery, "answer lost before the delete, once", Acts.losses());
    }

    @Test
    void connectionThatBreaksBeforeTheDeleteIsDeletedByTheNext(Battery battery) throws Exception {
        isDeletedByTheNext(battery, "RST or FIN before the delete, once", breaks());
    }

    private static void isDeletedByTheNext(Battery battery, String fault, Stream<Act> acts) throws Exception {
        battery.row(fault, Load.of(EVERY, battery.scaled(1_000)), row -> {
            row.does(Faults.once(row.seed(), Fault.each(When.BEFORE_COMMIT, acts)));

            List<Answered> all = row.deleteAll();

            assertThat(all).allSatisfy(each -> {
                claims(each, "deleted by " + evidence(each));
                assertThat(row.providers().stream()
                                .mapToInt(provider ->
                                        provider.sends(each.operation().id())))
                        .as("%s", each)
                        .containsExactlyInAnyOrder(2, 0);
            });
            assertThat(row.providers().stream().flatMap(provider -> provider.ledger().keySet().stream()))
                    .containsExactlyInAnyOrderElementsOf(
                            row.all().stream().map(Operation::id).toList());
        });
    }

    private static Stream<Act> breaks() {
        return Stream.of(Acts.RST, Acts.FIN);
    }

    private static String evidence(Answered each) {
        return each.operation().form().evidence();
    }

    private static void claims(Answered each, String claim) {
        assertThat(each.told().claim()).as("%s", each).isEqualTo(claim);
    }
}
