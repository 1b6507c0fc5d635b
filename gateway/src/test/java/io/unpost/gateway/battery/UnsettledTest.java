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

/// What follows an answer that was lost, and need not settle anything.
@Tag("battery")
@Timeout(600)
@ExtendWith(Battery.Resolver.class)
final class UnsettledTest {

    private static final Duration LIMITS = Duration.ofMinutes(15);
    private static final List<Form> EVERY = Form.all().toList();
    private static final List<Form> STATUSES =
            EVERY.stream().filter(form -> form.kind().endsWith("posts")).toList();

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
        Load load = Load.of(EVERY, battery.scaledAccounts(504)).of(1);
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

    /// A proxy failed, and then the provider, or the proxy again, does not find it: it was never deleted.
    @Test
    void notFoundThatMayMeanOtherThingsIsNoAbsence(Battery battery) throws Exception {
        Load load = Load.of(STATUSES, battery.scaledAccounts(500)).of(1);
        battery.row("502 before the delete, then an ambiguous not-found", load, row -> {
            row.does(call -> {
                var act = call.first() ? Acts.page(502) : isPage(call.id()) ? Acts.page(404) : Acts.NOT_FOUND;
                act.script().play(call);
            });

            assertThat(row.deleteAll()).allSatisfy(each -> {
                claims(each, "outcome_unknown");
                assertThat(each.told().at("/detail")).contains("a not-found that may mean other things");
                assertThat(each.told().at("/provider/code"))
                        .isEqualTo(
                                isPage(each.operation().id())
                                        ? ""
                                        : each.operation().form().isOfTwitter() ? "34" : "40015");
            });
            assertThat(row.providers())
                    .allSatisfy(provider -> assertThat(provider.ledger()).isEmpty());
        });
    }

    /// Ids of one form follow each other, so that each has both.
    private static boolean isPage(String id) {
        return Long.parseLong(id) % 2 == 0;
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

    private static void claims(Answered each, String claim) {
        assertThat(each.told().claim()).as("%s", each).isEqualTo(claim);
    }
}
