package io.unpost.gateway.battery;

import static org.assertj.core.api.Assertions.assertThat;

import io.unpost.gateway.Jar;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/// Connections that callers keep and do not use, as many as there may be.
@Tag("battery")
@Timeout(600)
@ExtendWith(Battery.Resolver.class)
final class IdleConnectionsTest {

    private static final int IDLE = 500;
    private static final int ROOM = 64;
    private static final int CALLERS = 8;
    private static final Duration BETWEEN_PROBES = Duration.ofMillis(20);
    private static final Duration PROBE = Duration.ofMillis(50);
    private static final Duration RECOVERY = Duration.ofSeconds(5);

    @TempDir
    private Path folder;

    private final List<Answered> told = new ArrayList<>();
    private final List<Duration> probes = new ArrayList<>();

    @Test
    void deletesGoOnBesideThem(Battery battery) throws Exception {
        int count = battery.scaled(IDLE);
        int operations = battery.scaled(300);
        Load load = Load.ofPosts(operations)
                .of(operations)
                .set(Map.of("unpost.max-connections", Integer.toString(count + ROOM)));
        List<Operation> all = load.all();
        List<Operation> others = load.others(2 * operations);
        try (var process = new OtherProcess(folder, load);
                var idle = new IdleConnections(process.gateway().address().getPort())) {
            Jar gateway = process.gateway();
            // More callers than later, so that these find connections of theirs when there can be no other.
            told.addAll(probed(gateway, () -> process.delete(others.subList(0, operations), ROOM / 2)));
            // They found the gateway cold.
            probes.clear();
            List<Answered> before = process.delete(others.subList(operations, others.size()), CALLERS);
            told.addAll(before);
            long memory = gateway.residentMiB();
            long descriptors = gateway.descriptors();

            int kept = idle.open(count);
            List<Answered> beside = probed(gateway, () -> process.delete(all.subList(0, operations / 2), CALLERS));
            long more = gateway.descriptors() - descriptors;
            int last = idle.open(2 * ROOM);
            List<Answered> full =
                    probed(gateway, () -> process.delete(all.subList(operations / 2, operations), CALLERS));
            long grown = gateway.mostResidentMiB() - memory;
            Instant gone = Instant.now();
            idle.end();
            boolean recovered = recovers(gateway, idle, descriptors);
            List<Answered> healed = process.delete(load.probes(), CALLERS);
            Duration recovery = Duration.between(gone, Instant.now());

            told.addAll(beside);
            told.addAll(full);
            told.addAll(healed);
            Duration probe = p99(probes);
            battery.line(
                    "idle connections, as many as there may be",
                    Figures.of(told, process.providers()),
                    process.findings(told, battery.slowest(load.call()), ROOM / 2),
                    grown,
                    List.of(
                            kept + last + " idle connections",
                            2 * ROOM - last + " too many",
                            "p99 beside them %.1f ms, %.1f ms before".formatted(millis(beside), millis(before)),
                            "%d probes in %.1f ms".formatted(probes.size(), probe.toNanos() / 1e6),
                            more + " more descriptors",
                            "recovered in " + recovery.toMillis() + " ms"),
                    () -> {
                        assertThat(told)
                                .allSatisfy(each -> assertThat(each.told().claim())
                                        .as("%s", each)
                                        .isEqualTo("deleted by echo"));
                        assertThat(kept).isEqualTo(count);
                        // The client of these deletes has the rest.
                        assertThat(last).isBetween(ROOM / 4, ROOM);
                        assertThat(process.said()).noneMatch(line -> line.contains("OutOf"));
                        assertThat(recovered).isTrue();
                        assertThat(grown)
                                .isLessThanOrEqualTo((battery.strict() ? 1 : Figures.HANG) * OtherProcess.GROWTH_MIB);
                        assertThat(recovery)
                                .isLessThan(battery.strict() ? RECOVERY : RECOVERY.multipliedBy(Figures.HANG));
                        if (battery.strict()) {
                            assertThat(probe).isLessThan(PROBE);
                        }
                    });
        }
    }

    /// Asks whether the gateway is ready, again and again, as long as a trial takes.
    private List<Answered> probed(Jar gateway, Callable<List<Answered>> trial) throws Exception {
        URI ready = gateway.management().resolve("/health/readiness");
        try (var other = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<List<Answered>> answered = other.submit(trial);
            while (!answered.isDone()) {
                Instant begun = Instant.now();
                assertThat(gateway.get(ready).status()).isEqualTo(200);
                probes.add(Duration.between(begun, Instant.now()));
                Thread.sleep(BETWEEN_PROBES);
            }
            return answered.get();
        }
    }

    /// Whether the gateway gets to have no more open than before, and takes another connection.
    private static boolean recovers(Jar gateway, IdleConnections idle, long descriptors) throws Exception {
        Instant latest = Instant.now().plus(RECOVERY.multipliedBy(Figures.HANG));
        while (Instant.now().isBefore(latest)) {
            if (gateway.descriptors() <= descriptors + ROOM / 2 && idle.open(1) == 1) {
                return true;
            }
        }
        return false;
    }

    private static Duration p99(List<Duration> took) {
        return took.stream().sorted().skip(took.size() * 99L / 100).findFirst().orElseThrow();
    }

    private static double millis(List<Answered> answered) {
        return Figures.of(answered, List.of()).p99().toNanos() / 1e6;
    }
}
