package io.unpost.gateway.battery;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.ToLongFunction;

/// Looks at a process every ten seconds, by Linux's `/proc`, and writes down what it holds.
final class Watch implements AutoCloseable {

    private static final Duration PERIOD = Duration.ofSeconds(10);

    /// What the process holds at one time.
    ///
    /// @param rssKiB memory that is resident
    /// @param answered how many operations were answered by then
    record Sample(Duration at, long rssKiB, long descriptors, long threads, long answered) {}

    private final Path process;
    private final Path csv;
    private final LongSupplier answered;
    private volatile Instant begin = Instant.now();
    private final List<Sample> samples = new ArrayList<>();
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
    private Future<?> looking = CompletableFuture.completedFuture(null);

    /// @param csv is written anew
    Watch(long pid, Path csv, LongSupplier answered) throws IOException {
        this.process = Path.of("/proc", Long.toString(pid));
        this.csv = csv;
        this.answered = answered;
        Files.writeString(csv, "seconds,rss KiB,descriptors,threads,answered,load of the machine\n");
    }

    void start() {
        begin = Instant.now();
        looking = clock.scheduleAtFixedRate(this::look, 0, PERIOD.toMillis(), TimeUnit.MILLISECONDS);
    }

    /// Looks no more.
    ///
    /// @throws ExecutionException where it could not look, as at a process that ended
    void stop() throws ExecutionException, InterruptedException {
        if (looking.isDone()) {
            looking.get();
        }
        looking.cancel(false);
    }

    private void look() {
        try {
            List<String> status = Files.readAllLines(process.resolve("status"));
            long descriptors;
            try (var open = Files.list(process.resolve("fd"))) {
                descriptors = open.count();
            }
            add(new Sample(
                    Duration.between(begin, Instant.now()),
                    number(status, "VmRSS:"),
                    descriptors,
                    number(status, "Threads:"),
                    answered.getAsLong()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static long number(List<String> status, String name) {
        return status.stream()
                .filter(line -> line.startsWith(name))
                .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")))
                .findFirst()
                .orElseThrow();
    }

    private synchronized void add(Sample sample) throws IOException {
        samples.add(sample);
        String line = String.format(
                Locale.ROOT,
                "%d,%d,%d,%d,%d,%.1f%n",
                sample.at().toSeconds(),
                sample.rssKiB(),
                sample.descriptors(),
                sample.threads(),
                sample.answered(),
                ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage());
        Files.writeString(csv, line, StandardOpenOption.APPEND);
    }

    /// The median of a third of the samples.
    ///
    /// @param third 0 for the first, 2 for the last
    synchronized long median(int third, ToLongFunction<Sample> of) {
        int from = third * samples.size() / 3;
        int to = Math.max(from + 1, (third + 1) * samples.size() / 3);
        long[] sorted =
                samples.subList(from, to).stream().mapToLong(of).sorted().toArray();
        return sorted[sorted.length / 2];
    }

    /// How much the resident memory grows, by least squares.
    synchronized double rssKiBEachMinute() {
        double meanX = samples.stream().mapToDouble(Watch::minutes).average().orElseThrow();
        double meanY = samples.stream().mapToLong(Sample::rssKiB).average().orElseThrow();
        double xy = samples.stream()
                .mapToDouble(sample -> (minutes(sample) - meanX) * (sample.rssKiB() - meanY))
                .sum();
        double xx = samples.stream()
                .mapToDouble(sample -> Math.pow(minutes(sample) - meanX, 2))
                .sum();
        return xx == 0 ? 0 : xy / xx;
    }

    private static double minutes(Sample sample) {
        return sample.at().toMillis() / 60_000.0;
    }

    @Override
    public void close() {
        clock.shutdownNow();
    }
}
