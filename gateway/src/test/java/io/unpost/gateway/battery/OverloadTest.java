package io.unpost.gateway.battery;

import static org.assertj.core.api.Assertions.assertThat;

import io.unpost.gateway.Told;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/// More calls than the gateway may carry.
@Tag("battery")
@Timeout(600)
@ExtendWith(Battery.Resolver.class)
final class OverloadTest {

    private static final int MOST = 8;
    private static final Duration ANSWER = Duration.ofMillis(100);
    private static final int TIMES = 10;
    private static final Duration BETWEEN_PROBES = Duration.ofMillis(20);
    private static final double LEAST_GOODPUT = 0.8;
    private static final int FEW = MOST / 2;
    /// So many deletes show what is usual.
    private static final int CALM = 60;
    private static final int WINDOW = 20;
    /// At most, for as long as it may take to recover and once more.
    private static final int AFTER = 20 * WINDOW;
    private static final double LEVEL = 0.9;
    private static final Duration RECOVERY = Duration.ofSeconds(5);
    private static final Duration NEVER = Duration.ofDays(1);
    private static final Duration AT_ONCE = Duration.ofMillis(50);

    /// Each of many callers asks again as soon as its answer would have come: so they ask for ten times what can be
    /// carried, and not for all that the machine can bear.
    @Test
    void carriesAsMuchAsItCan(Battery battery) throws Exception {
        int operations = battery.scaled(4_000);
        Load load = Load.ofPosts(operations).of(operations).set(Map.of("unpost.max-in-flight", "" + MOST));
        battery.row("ten times as many deletes as may be under way", load, row -> {
            row.does(call -> {
                Thread.sleep(ANSWER);
                call.obey();
            });
            List<Operation> all = row.all();
            new Storm(row, all.subList(0, CALM), FEW).run();
            double before = calm(row, all.subList(CALM, 2 * CALM));
            assertThat(before).as("done each second before").isPositive();
            Iterator<Operation> after = all.subList(2 * CALM, 2 * CALM + AFTER).iterator();
            var storm = new Storm(row, all.subList(2 * CALM + AFTER, all.size()), TIMES * MOST);
            storm.run();
            double level = LEVEL * before / (battery.strict() ? 1 : Figures.HANG);
            Duration recovery = recovery(row, after, level);

            assertThat(storm.carried)
                    .allSatisfy(each -> assertThat(each.told().claim()).isEqualTo("deleted by echo"));
            assertThat(storm.refused).allSatisfy(each -> {
                assertThat(each.told().claim()).as("%s", each).isEqualTo("overloaded");
                assertThat(each.told().at("/attempts")).isEqualTo("0");
                assertThat(each.told().header("Retry-After")).isEqualTo("1");
            });
            double most = MOST * (double) storm.took.toMillis() / ANSWER.toMillis();
            double goodput = storm.carried.size() / most;
            // The first half of each finds the gateway cold.
            Duration refusal = p99(storm.refused.stream()
                    .skip(storm.refused.size() / 2)
                    .map(Answered::took)
                    .toList());
            Duration probe =
                    p99(storm.probes.stream().skip(storm.probes.size() / 2).toList());
            row.shows("%.0f %% of what can be carried".formatted(100 * goodput));
            row.shows("refused in %.1f ms".formatted(refusal.toNanos() / 1e6));
            row.shows(recovery.equals(NEVER) ? "not recovered" : "recovered in %d ms".formatted(recovery.toMillis()));
            row.shows("probes in %.1f ms".formatted(probe.toNanos() / 1e6));
            assertThat(storm.refused).hasSizeGreaterThan(storm.carried.size());
            assertThat(recovery).isLessThanOrEqualTo(battery.strict() ? RECOVERY : RECOVERY.multipliedBy(Figures.HANG));
            if (battery.strict()) {
                assertThat(goodput).isGreaterThanOrEqualTo(LEAST_GOODPUT);
                assertThat(refusal).isLessThan(AT_ONCE);
                assertThat(probe).isLessThan(AT_ONCE);
            }
        });
    }

    /// How many deletes a second are done for callers who ask for half of what can be carried; none where one of them
    /// is refused.
    private static double calm(Row row, List<Operation> operations) throws Exception {
        var calm = new Storm(row, operations, FEW);
        calm.run();
        return calm.refused.isEmpty() ? calm.carried.size() * 1e9 / calm.took.toNanos() : 0;
    }

    /// How long it takes until so many deletes a second are done, and so each as fast; without end where that is not
    /// seen.
    private static Duration recovery(Row row, Iterator<Operation> operations, double level) throws Exception {
        long begun = System.nanoTime();
        while (operations.hasNext()) {
            List<Operation> some =
                    Stream.generate(operations::next).limit(WINDOW).toList();
            if (calm(row, some) >= level) {
                return Duration.ofNanos(System.nanoTime() - begun);
            }
        }
        return NEVER;
    }

    private static Duration p99(List<Duration> took) {
        return took.stream().sorted().skip(took.size() * 99L / 100).findFirst().orElseThrow();
    }

    /// What is asked and told.
    private static final class Storm {

        private final Row row;
        private final Iterator<Operation> operations;
        private final int callers;
        private final Collection<Answered> carried = new ConcurrentLinkedQueue<>();
        private final Collection<Answered> refused = new ConcurrentLinkedQueue<>();
        private final List<Duration> probes = new ArrayList<>();
        private Duration took = Duration.ZERO;

        /// @param callers how many ask at a time
        Storm(Row row, List<Operation> operations, int callers) {
            this.row = row;
            this.operations = operations.iterator();
            this.callers = callers;
        }

        void run() throws Exception {
            long begun = System.nanoTime();
            try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
                List<Future<?>> calls = Stream.<Future<?>>generate(() -> threads.submit(this::call))
                        .limit(callers)
                        .toList();
                while (calls.stream().anyMatch(call -> !call.isDone())) {
                    probe();
                }
                for (Future<?> call : calls) {
                    call.get();
                }
            }
            took = Duration.ofNanos(System.nanoTime() - begun);
            row.told(List.copyOf(carried));
            refused.forEach(row::untried);
        }

        private Void call() throws InterruptedException {
            while (true) {
                Operation operation;
                synchronized (operations) {
                    if (!operations.hasNext()) {
                        return null;
                    }
                    operation = operations.next();
                    row.asked(operation);
                }
                Instant from = Instant.now();
                Told told = row.gateway().deleteAt(operation.path());
                var answered = new Answered(operation, told, from, Instant.now());
                if (told.status() == 503) {
                    refused.add(answered);
                    Thread.sleep(ANSWER);
                } else {
                    carried.add(answered);
                }
            }
        }

        private void probe() throws InterruptedException {
            long begun = System.nanoTime();
            assertThat(row.gateway().get("/health/readiness").status()).isEqualTo(200);
            probes.add(Duration.ofNanos(System.nanoTime() - begun));
            Thread.sleep(BETWEEN_PROBES);
        }
    }
}
