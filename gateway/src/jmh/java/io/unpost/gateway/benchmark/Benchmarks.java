package io.unpost.gateway.benchmark;

import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/// Runs all benchmarks in one go and prints a table: time and bytes of each, and how they compare with the yardstick.
final class Benchmarks {

    /// A step, and the method that measures it.
    private record Step(String name, Class<?> type, String method) {}

    private static final List<Step> STEPS = List.of(
            new Step("encode", EncodeDelete.class, "encode"),
            new Step("sign", SignDelete.class, "sign"),
            new Step("signed request", SignDelete.class, "request"),
            new Step("decode JSON", DecodeTweet.class, "decode"),
            new Step("decode XML", DecodeStatus.class, "decode"),
            new Step("write answer", WriteAnswer.class, "write"));

    private Benchmarks() {}

    /// Runs them.
    ///
    /// @param arguments a pattern of those to run; all without one
    public static void main(String... arguments) throws RunnerException {
        var options = new OptionsBuilder()
                .include(arguments.length == 0 ? Benchmarks.class.getPackageName() + "\\..*" : arguments[0])
                .mode(Mode.AverageTime)
                .timeUnit(TimeUnit.NANOSECONDS)
                .threads(1)
                .forks(2)
                .warmupIterations(3)
                .warmupTime(TimeValue.seconds(1))
                .measurementIterations(4)
                .measurementTime(TimeValue.seconds(1))
                .jvmArgs("-Xms256m", "-Xmx256m", "-XX:+UseSerialGC")
                .addProfiler(GCProfiler.class)
                .shouldFailOnError(true)
                .build();
        Collection<RunResult> results = new Runner(options).run();
        System.out.printf(
                Locale.ROOT,
                "%n%-14s %10s %10s %8s %10s %10s %8s%n",
                "",
                "ns/op",
                "yardstick",
                "ratio",
                "B/op",
                "yardstick",
                "ratio");
        for (Step step : STEPS) {
            RunResult ours = find(results, step.type(), step.method());
            RunResult yardstick = find(results, step.type(), "yardstick");
            if (ours != null) {
                System.out.printf(
                        Locale.ROOT,
                        "%-14s %s %s%n",
                        step.name(),
                        compared(time(ours), yardstick == null ? Double.NaN : time(yardstick)),
                        compared(bytes(ours), yardstick == null ? Double.NaN : bytes(yardstick)));
            }
        }
    }

    private static String compared(double ours, double yardstick) {
        return Double.isNaN(yardstick)
                ? String.format(Locale.ROOT, "%10.0f %10s %8s", ours, "-", "-")
                : String.format(Locale.ROOT, "%10.0f %10.0f %8.2f", ours, yardstick, ours / yardstick);
    }

    private static @Nullable RunResult find(Collection<RunResult> results, Class<?> type, String method) {
        String name = type.getName() + "." + method;
        return results.stream()
                .filter(result -> result.getParams().getBenchmark().equals(name))
                .findFirst()
                .orElse(null);
    }

    private static double time(RunResult result) {
        return result.getPrimaryResult().getScore();
    }

    private static double bytes(RunResult result) {
        return result.getSecondaryResults().values().stream()
                .filter(each -> each.getLabel().endsWith("gc.alloc.rate.norm"))
                .mapToDouble(each -> each.getScore())
                .findFirst()
                .orElse(Double.NaN);
    }
}
