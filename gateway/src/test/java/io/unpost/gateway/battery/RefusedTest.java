package io.unpost.gateway.battery;

import static java.util.stream.Collectors.groupingBy;
import static org.assertj.core.api.Assertions.assertThat;

import io.unpost.gateway.Provider;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/// Providers where nobody listens.
@Tag("battery")
@Timeout(600)
@ExtendWith(Battery.Resolver.class)
final class RefusedTest {

    private static final int CALLERS = 32;
    private static final int AT_FIRST = 8;
    private static final Duration STORM = Duration.ofSeconds(30);
    private static final Duration OPEN = Duration.ofSeconds(10);
    private static final int FAILURES = 10;
    private static final Duration AT_ONCE = Duration.ofMillis(5);

    /// Half a minute by the engine's clock, for one account of each form.
    @Test
    void circuitBreakerSparesAProviderThatIsDown(Battery battery) throws Exception {
        int operations = battery.scaled(2_000);
        Load load = Load.ofPosts(operations).of(operations);
        battery.row("connection refused for half a minute", load, row -> {
            var all = new ArrayList<Answered>();
            var early = new ArrayList<Answered>();
            Provider twitter = row.providers().getFirst();
            Provider weibo = row.providers().getLast();
            twitter.refuseDuring(() -> weibo.refuseDuring(() -> storm(row, all, early)));

            assertThat(all)
                    .hasSameSizeAs(row.all())
                    .allSatisfy(each ->
                            assertThat(each.told().claim()).as("%s", each).isEqualTo("provider_unavailable"));
            row.providers().forEach(provider -> assertThat(provider.ledger()).isEmpty());
            early.stream()
                    .collect(groupingBy(each -> each.operation().account()))
                    .values()
                    .forEach(RefusedTest::opensInTime);
            double attempts = all.stream().mapToInt(RefusedTest::attempts).sum() / (double) all.size();
            assertThat(attempts).isLessThanOrEqualTo(1.2);
            Duration refused = slowest(all);
            row.shows("%.2f attempts each".formatted(attempts));
            row.shows("%.1f ms while open".formatted(refused.toNanos() / 1e6));
            if (battery.strict()) {
                assertThat(refused).isLessThan(AT_ONCE);
            }
            row.recover(OPEN);
        });
    }

    /// Asks for everything within half a minute.
    ///
    /// @param early gets what was told before any circuit breaker could be open for long enough to let a delete
    ///     through
    private static void storm(Row row, List<Answered> all, List<Answered> early) throws InterruptedException {
        List<Operation> asked = row.all();
        Duration step = STORM.dividedBy(Math.ceilDiv(asked.size(), CALLERS) - AT_FIRST);
        Instant start = Instant.now();
        for (int from = 0; from < asked.size(); from += CALLERS) {
            List<Answered> told = row.delete(asked.subList(from, Math.min(from + CALLERS, asked.size())));
            all.addAll(told);
            // At first no time passes but what the callers take.
            if (from >= AT_FIRST * CALLERS) {
                row.gateway().pass(step);
            } else if (Duration.between(start, Instant.now()).compareTo(OPEN) < 0) {
                early.addAll(told);
            }
        }
    }

    /// Whatever begins after the tenth failure was told sends nothing.
    private static void opensInTime(List<Answered> ofAccount) {
        List<Answered> failed = ofAccount.stream()
                .filter(each -> attempts(each) > 0)
                .sorted(Comparator.comparing(Answered::to))
                .toList();
        assertThat(failed).hasSizeGreaterThanOrEqualTo(FAILURES);
        var open = failed.get(FAILURES - 1).to();
        assertThat(ofAccount)
                .filteredOn(each -> each.from().isAfter(open))
                .isNotEmpty()
                .allSatisfy(each -> assertThat(attempts(each)).as("%s", each).isZero());
    }

    private static int attempts(Answered each) {
        return Integer.parseInt(each.told().at("/attempts"));
    }

    /// The 99th percentile of those that were refused at once.
    private static Duration slowest(List<Answered> all) {
        List<Duration> took = all.stream()
                .filter(each -> attempts(each) == 0)
                .map(Answered::took)
                .sorted()
                .toList();
        return took.get((int) (0.99 * (took.size() - 1)));
    }
}
