package io.unpost.gateway.battery;

import static java.util.stream.Collectors.groupingBy;
import static org.assertj.core.api.Assertions.assertThat;

import io.unpost.gateway.Provider;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/// Providers where nobody listens.
@Tag("battery")
@Timeout(600)
@ExtendWith(Battery.Resolver.class)
final class RefusedTest {

    /// How long a circuit breaker stays open.
    static final Duration OPEN = Duration.ofSeconds(4);

    private static final int ACCOUNTS = 2 * Load.POSTS.size();
    private static final int CALLERS = 32;
    private static final Duration STORM = Duration.ofSeconds(30);
    private static final int FAILURES = 10;
    private static final int PROBES = 2;
    private static final int MOST_ATTEMPTS = 3;
    private static final double MOST_ATTEMPTS_EACH = 1.2;
    private static final Duration TO_OPEN = Duration.ofSeconds(1);
    /// Only a hang takes longer than this many times what it may.
    private static final int HANG = 3;

    private static final Duration AT_ONCE = Duration.ofMillis(5);

    /// Half a minute by the engine's clock, for two accounts of each form. The first wave is for one of them, and
    /// finds the gateway cold; the time to open is the other one's.
    @Test
    void circuitBreakerSparesAProviderThatIsDown(Battery battery) throws Exception {
        int operations = battery.scaled(2_000);
        Load load = Load.ofPosts(operations).of(Math.ceilDiv(operations, ACCOUNTS));
        battery.row("connection refused for half a minute", load, row -> {
            List<Operation> asked = new ArrayList<>(row.all());
            List<Operation> cold = wave(asked, "-0");
            List<Operation> warm = wave(asked, "-1");
            asked.removeAll(cold);
            asked.removeAll(warm);
            int few = asked.size() / 4;
            var storm = new Storm(row);
            Provider twitter = row.providers().getFirst();
            Provider weibo = row.providers().getLast();
            twitter.refuseDuring(() -> weibo.refuseDuring(() -> {
                storm.begin(cold);
                storm.begin(warm);
                storm.oneByOne(asked.subList(0, few));
                storm.many(asked.subList(few, asked.size()));
            }));
            row.providers().forEach(provider -> assertThat(provider.ledger()).isEmpty());
            row.recover(OPEN);

            List<Answered> all = storm.all;
            assertThat(all).hasSameSizeAs(row.all()).allSatisfy(each -> {
                assertThat(each.told().claim()).as("%s", each).isEqualTo("provider_unavailable");
                assertThat(attempts(each)).as("%s", each).isBetween(0, MOST_ATTEMPTS);
            });
            double attempts = all.stream().mapToInt(RefusedTest::attempts).sum();
            row.shows("%.2f attempts each".formatted(attempts / all.size()));
            row.shows("%.2f where it was tried".formatted(attempts / storm.tried()));
            assertThat(attempts / all.size()).isLessThanOrEqualTo(MOST_ATTEMPTS_EACH);
            // Each account's, after the circuit breaker was open for long enough.
            assertThat(storm.probes).hasSize(ACCOUNTS);
            Duration opened = storm.opened();
            row.shows("open in %d ms".formatted(opened.toMillis()));
            assertThat(opened).isLessThanOrEqualTo(battery.strict() ? TO_OPEN : TO_OPEN.multipliedBy(HANG));
            Duration refused = Figures.of(storm.alone, List.of()).p99();
            row.shows("then refused in %.1f ms".formatted(refused.toNanos() / 1e6));
            assertThat(storm.alone).hasSizeGreaterThan(few / 2);
            if (battery.strict()) {
                assertThat(refused).isLessThan(AT_ONCE);
            }
        });
    }

    /// As many deletes as there are callers, for accounts whose names end so.
    private static List<Operation> wave(List<Operation> all, String accounts) {
        return all.stream()
                .filter(operation -> operation.account().endsWith(accounts))
                .limit(CALLERS)
                .toList();
    }

    private static int attempts(Answered each) {
        return Integer.parseInt(each.told().at("/attempts"));
    }

    /// What is asked and told while nobody listens.
    private static final class Storm {

        private final Row row;
        private final long start = System.nanoTime();
        private final List<Answered> all = new ArrayList<>();
        private final List<Answered> alone = new ArrayList<>();
        private final Map<String, Integer> probes = new HashMap<>();
        private List<Answered> first = List.of();
        private Duration passed = Duration.ZERO;

        Storm(Row row) {
            this.row = row;
        }

        /// Asks for as many as open the circuit breakers of their accounts.
        void begin(List<Operation> operations) throws InterruptedException {
            first = row.delete(operations);
            all.addAll(first);
        }

        /// Asks for one after the other, so that none waits for another.
        void oneByOne(List<Operation> operations) throws InterruptedException {
            for (Operation operation : operations) {
                List<Answered> told = row.delete(List.of(operation));
                spared(told);
                told.stream().filter(each -> attempts(each) == 0).forEach(alone::add);
            }
        }

        /// Asks for all in what is left of half a minute of the gateway's time.
        void many(List<Operation> operations) throws InterruptedException {
            for (int from = 0; from < operations.size(); from += CALLERS) {
                int to = Math.min(from + CALLERS, operations.size());
                spared(row.delete(operations.subList(from, to)));
                Duration early =
                        STORM.multipliedBy(to).dividedBy(operations.size()).minus(time());
                if (early.isPositive()) {
                    row.gateway().pass(early);
                    passed = passed.plus(early);
                }
            }
        }

        /// Nothing is tried but for the probes of each time that the circuit breaker was open for long enough.
        private void spared(List<Answered> told) {
            all.addAll(told);
            told.stream()
                    .filter(each -> attempts(each) > 0)
                    .forEach(each -> probes.merge(each.operation().account(), 1, Integer::sum));
            long most = PROBES * time().dividedBy(OPEN);
            assertThat(probes)
                    .allSatisfy((_, times) ->
                            assertThat(times.longValue()).as("%s", told).isLessThanOrEqualTo(most));
        }

        /// How much of the gateway's time has passed.
        private Duration time() {
            return passed.plusNanos(System.nanoTime() - start);
        }

        /// How many deletes were tried.
        long tried() {
            return all.stream().filter(each -> attempts(each) > 0).count();
        }

        /// How long the accounts of the latest wave took at most from their first failed delete to the tenth, with
        /// which the circuit breaker opens.
        Duration opened() {
            return first.stream().collect(groupingBy(each -> each.operation().account())).values().stream()
                    .map(Storm::opened)
                    .max(Comparator.naturalOrder())
                    .orElseThrow();
        }

        private static Duration opened(Collection<Answered> ofAccount) {
            List<Answered> failed =
                    ofAccount.stream().filter(each -> attempts(each) > 0).toList();
            assertThat(failed).hasSizeGreaterThanOrEqualTo(FAILURES);
            Instant from = failed.stream()
                    .map(Answered::from)
                    .min(Comparator.naturalOrder())
                    .orElseThrow();
            Instant to = failed.stream().map(Answered::to).sorted().toList().get(FAILURES - 1);
            return Duration.between(from, to);
        }
    }
}
