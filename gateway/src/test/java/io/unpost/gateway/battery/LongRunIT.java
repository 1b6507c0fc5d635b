package io.unpost.gateway.battery;

import static org.assertj.core.api.Assertions.assertThat;

import io.unpost.gateway.battery.Finding.Rule;
import io.unpost.gateway.battery.Watch.Sample;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToLongFunction;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/// The jar under most of the load that it can carry, with every fault, for as many minutes as are wished.
@Tag("load")
@EnabledOnOs(OS.LINUX)
final class LongRunIT {

    private static final Path TABLE = Path.of("target", "long-run.txt");
    private static final Duration SLOWEST = LongRun.LOAD.call().plusMillis(250);
    private static final long MIB = 1024;
    private static final long MOST_GROWTH = 64 * MIB;

    private final Duration time = Duration.ofMinutes(Integer.getInteger("battery.minutes"));
    private final long seed =
            Long.getLong("battery.seed", RandomGenerator.getDefault().nextInt(1_000_000));

    @Test
    void nothingIsLostOrLiedAboutOrHeldForGood(@TempDir Path folder) throws Exception {
        try (var run = new LongRun(folder, seed)) {
            double capacity = run.warmUp();
            run.does(time);
            List<String> failures = failures(run);
            print(run, capacity, failures);

            assertThat(failures).as("-Dbattery.seed=%d", seed).isEmpty();
        }
    }

    private static List<String> failures(LongRun run) {
        var failures = new ArrayList<String>();
        run.examiner().findings().forEach(finding -> failures.add(finding.toString()));
        if (run.examiner().examined()
                != run.warmUpTraffic().offered() + run.traffic().offered()) {
            failures.add("not every operation that was offered was answered and examined");
        }
        if (run.traffic().latencies().at(0.99).compareTo(SLOWEST) > 0) {
            failures.add("the 99th percentile is above " + SLOWEST);
        }
        Watch watch = run.watch();
        if (watch.median(2, Sample::rssKiB) - watch.median(0, Sample::rssKiB) > MOST_GROWTH) {
            failures.add("the memory grew");
        }
        if (!flat(watch, Sample::descriptors)) {
            failures.add("the number of descriptors changed");
        }
        if (!flat(watch, Sample::threads)) {
            failures.add("the number of threads changed");
        }
        return failures;
    }

    private static boolean flat(Watch watch, ToLongFunction<Sample> of) {
        long first = watch.median(0, of);
        return Math.abs(watch.median(2, of) - first) <= first / 10 + 20;
    }

    private void print(LongRun run, double capacity, List<String> failures) throws IOException {
        Examiner examiner = run.examiner();
        Latencies latencies = run.traffic().latencies();
        Watch watch = run.watch();
        var lines = new ArrayList<String>();
        lines.add(line("time", "%d minutes, seed %d (-Dbattery.seed=%2$d)".formatted(time.toMinutes(), seed)));
        lines.add(line("capacity", "%.0f deletes/s, without faults".formatted(capacity)));
        lines.add(line("offered", "%d by %d accounts".formatted(run.traffic().offered(), LongRun.ACCOUNTS)));
        lines.add(line("answered", latencies.count()));
        run.traffic().claims().forEach((claim, count) -> lines.add(line("  " + claim, count)));
        lines.add(line("requests struck by a fault", run.faults()));
        lines.add(line("examined", examiner.examined() + ", those of the warm-up too"));
        for (Rule rule : Rule.values()) {
            lines.add(line("findings, " + rule, examiner.count(rule)));
        }
        lines.add(line("sends each", "%.3f (max %d)".formatted(examiner.sendsEach(), examiner.mostSends())));
        lines.add(line("p50", latencies.at(0.5).toMillis() + " ms"));
        lines.add(line("p99", latencies.at(0.99).toMillis() + " ms"));
        lines.add(line("p99.9", latencies.at(0.999).toMillis() + " ms"));
        lines.add(line(
                "resident memory",
                "%d MiB, then %d MiB; %+.2f MiB a minute"
                        .formatted(
                                watch.median(0, Sample::rssKiB) / MIB,
                                watch.median(2, Sample::rssKiB) / MIB,
                                watch.rssKiBEachMinute() / MIB)));
        lines.add(thirds("descriptors", watch, Sample::descriptors));
        lines.add(thirds("threads", watch, Sample::threads));
        lines.add(line("warnings logged", run.log().warnings()));
        lines.add(line("verdict", failures.isEmpty() ? "pass" : "FAIL"));
        String table = String.join("", lines);
        Files.writeString(TABLE, table);
        System.out.print(table);
    }

    private static String thirds(String name, Watch watch, ToLongFunction<Sample> of) {
        return line(name, watch.median(0, of) + ", then " + watch.median(2, of));
    }

    private static String line(String name, Object value) {
        return "%-40s %s%n".formatted(name, value);
    }
}
