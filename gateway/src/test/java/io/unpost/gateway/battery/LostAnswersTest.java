package io.unpost.gateway.battery;

import static org.assertj.core.api.Assertions.assertThat;

import io.unpost.gateway.Form;
import java.time.Duration;
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

    private static final Duration LIMITS = Duration.ofMinutes(15);
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

    /// Whatever follows a send that may have been done, but for a proof, leaves it open: done then or not.
    @Test
    void nothingButAProofSettlesWhatMayHaveBeenDone(Battery battery) throws Exception {
        List<Fault> first = Stream.of(When.BEFORE_COMMIT, When.AFTER_COMMIT)
                .flatMap(when -> Fault.each(when, Stream.of(Acts.page(502), Acts.FIN)).stream())
                .toList();
        List<Fault> ofAny = Fault.each(When.BEFORE_COMMIT, Acts.unsettling());
        List<Fault> ofTwitter =
                Fault.each(When.BEFORE_COMMIT, Stream.concat(Acts.unsettling(), Acts.unsettlingOfTwitter()));
        // A limit is remembered, so each has an account of its own.
        Load load = Load.of(EVERY, battery.scaled(504)).of(1);
        battery.row("ambiguous answer after one that was lost", load, row -> {
            var lost = Faults.once(row.seed(), first);
            row.does(call -> {
                if (call.first()) {
                    lost.play(call);
                } else {
                    boolean twitter = call.request().path().startsWith("/1.1/");
                    Faults.always(row.seed(), twitter ? ofTwitter : ofAny).play(call);
                }
            });

            List<Answered> all = row.deleteAll();
            row.gateway().pass(LIMITS);

            assertThat(all).allSatisfy(each -> claims(each, "outcome_unknown"));
        });
    }

    @Test
    void faultsOfAnyKindAtAnyTimeAreToldTruly(Battery battery) throws Exception {
        List<Fault> faults = Stream.of(
                        Stream.of(When.ACCEPT, When.HEADERS, When.MID_BODY, When.MID_RESPONSE)
                                .flatMap(when -> Fault.each(when, Stream.of(Acts.RST, Acts.FIN)).stream()),
                        Fault.each(When.BEFORE_COMMIT, Acts.losses()).stream(),
                        Fault.each(When.AFTER_COMMIT, Acts.losses()).stream())
                .flatMap(each -> each)
                .toList();
        battery.row("any of these, at any time", Load.of(EVERY, battery.scaled(1_000)), row -> {
            row.does(new Faults(row.seed(), faults, 0.6, Integer.MAX_VALUE));

            assertThat(row.deleteAll().stream().map(each -> each.told().claim()))
                    .contains("deleted by echo", "deleted by absence", "outcome_unknown");
        });
    }

    private static String evidence(Answered each) {
        return each.operation().form().evidence();
    }

    private static void claims(Answered each, String claim) {
        assertThat(each.told().claim()).as("%s", each).isEqualTo(claim);
    }
}
