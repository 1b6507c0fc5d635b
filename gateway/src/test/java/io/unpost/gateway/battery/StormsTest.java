package io.unpost.gateway.battery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/// Providers that are in trouble for a minute, by a clock that the rows advance.
@Tag("battery")
@Timeout(600)
@ExtendWith(Battery.Resolver.class)
final class StormsTest {

    private static final int SECONDS = 60;
    private static final Duration ANSWER = Duration.ofMillis(20);
    private static final double MOST_SENDS = 1.2;
    /// Between the fifth that may be trying again at a time and the 0.39 that there were if all might: three tenths
    /// fail, and three tenths of those once more.
    private static final double MOST_RETRIES = 0.3;

    private static final double MOST_DELETED = 0.5;
    /// What is left of it where the circuit breakers of three accounts happen to open often.
    private static final double SOME_DELETED = 0.3;

    /// Half of what fails was done. Few accounts, so that many deletes of each are under way.
    @Test
    void burstOfServerErrorsIsNeverARefusal(Battery battery) throws Exception {
        List<Fault> faults = Stream.of(When.BEFORE_COMMIT, When.AFTER_COMMIT)
                .flatMap(when -> Fault.each(when, Stream.of(500, 502, 503, 504).map(Acts::page)).stream())
                .toList();
        int operations = battery.scaled(5_000);
        battery.row("500, 502, 503, 504 for a minute", Load.ofPosts(operations).of(operations), row -> {
            var struck = new Faults(row.seed(), faults, 0.3, Integer.MAX_VALUE);
            row.does(call -> {
                // It takes its time, so that many are under way however fast the gateway is.
                Thread.sleep(ANSWER);
                struck.play(call);
            });
            // As many in a minute however many there are, or circuit breakers were open most of the time.
            List<Answered> all = row.deleteAllWithin(Duration.ofSeconds(battery.scaled(SECONDS)));
            Figures figures = row.figures();
            long again = retries(row);
            row.recover(RefusedTest.OPEN);

            assertThat(all)
                    .allSatisfy(each -> assertThat(each.told().claim())
                            .as("%s", each)
                            // An open circuit breaker, which the checker holds against the sends: there are none.
                            .isIn("deleted by echo", "deleted by absence", "outcome_unknown", "provider_unavailable"));
            assertThat(all.stream().map(each -> each.told().claim()))
                    .contains("deleted by echo", "deleted by absence", "outcome_unknown");
            double deleted = share(all, each -> each.told().at("/outcome").equals("deleted"));
            double tried = share(all, each -> !each.told().at("/attempts").equals("0"));
            double retries = again / (double) all.size();
            row.shows("%.0f %% tried, %.0f %% more again, %.0f %% deleted"
                    .formatted(100 * tried, 100 * retries, 100 * deleted));
            // The provider has seen what the gateway counts, but for what never left a busy machine.
            assertThat(figures.sends()).isCloseTo(tried + retries, within(0.01));
            assertThat(retries / tried).isLessThanOrEqualTo(MOST_RETRIES);
            assertThat(deleted / tried).isGreaterThan(MOST_DELETED);
            assertThat(deleted).isGreaterThan(battery.strict() ? MOST_DELETED : SOME_DELETED);
            if (battery.strict()) {
                assertThat(figures.sends()).isLessThanOrEqualTo(MOST_SENDS);
            }
        });
    }

    private static double share(List<Answered> all, Predicate<Answered> which) {
        return all.stream().filter(which).count() / (double) all.size();
    }

    /// How often the gateway says that it tried again.
    private static long retries(Row row) {
        return row.metrics()
                .lines()
                .filter(line -> line.startsWith("unpost_retries_total{"))
                .mapToLong(line -> (long) Double.parseDouble(line.substring(line.lastIndexOf(' '))))
                .sum();
    }
}
