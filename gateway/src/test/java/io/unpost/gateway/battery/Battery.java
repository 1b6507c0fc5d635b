package io.unpost.gateway.battery;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/// Runs rows, judges them, and writes the table of them.
///
/// `-Dbattery.seed=` makes the run with that seed again; `-Dbattery.scale=` multiplies the operations, and has the
/// figures asserted instead of only shown.
final class Battery {

    private static final Path TABLE = Path.of("target", "battery.txt");
    private static final String LINE = "%-64s %10s %13s %5s %14s %8s %11s %8s  %s%n";

    private final long seed =
            Long.getLong("battery.seed", RandomGenerator.getDefault().nextInt(1_000_000));
    private final int scale = Integer.getInteger("battery.scale", 1);
    private final List<String> lines = new ArrayList<>();

    /// Gives tests the one battery of a run.
    static final class Resolver implements ParameterResolver {

        @Override
        public boolean supportsParameter(ParameterContext parameter, ExtensionContext test) {
            return parameter.getParameter().getType() == Battery.class;
        }

        @Override
        public Battery resolveParameter(ParameterContext parameter, ExtensionContext test) {
            return Objects.requireNonNull(test.getRoot()
                    .getStore(ExtensionContext.Namespace.create(Battery.class))
                    .getOrComputeIfAbsent(Battery.class, _ -> new Battery(), Battery.class));
        }
    }

    private Battery() {}

    /// So many operations, or more under load.
    int scaled(int operations) {
        return operations * scale;
    }

    /// So many operations, or as many more as fit into one accounts file, where each has an account of its own.
    int scaledAccounts(int operations) {
        return operations * Math.min(scale, 5);
    }

    /// Runs a row, and fails with it.
    ///
    /// @param fault what goes wrong in it, in a few words
    /// @param load with its operations as they are, scaled or not
    void row(String fault, Load load, Row.Trial trial) throws Exception {
        Path folder = Files.createTempDirectory("battery");
        long before = residentMiB();
        try (var row = new Row(load, seed, folder)) {
            Throwable broken = broken(() -> trial.of(row));
            Figures figures = row.figures();
            List<Finding> findings = row.findings(slowest(load.call()));
            add(fault, figures, findings, residentMiB() - before, row.shown(), broken);
            judge(fault, findings, broken);
        }
    }

    /// What a row expects besides that which holds in every row.
    @FunctionalInterface
    interface Expected {
        void hold() throws Exception;
    }

    /// Adds a line to the table, and fails where something is wrong with it.
    ///
    /// @param residentMiB by how much the gateway's process has grown
    /// @param shown figures beside those of every row
    void line(
            String fault,
            Figures figures,
            List<Finding> findings,
            long residentMiB,
            List<String> shown,
            Expected expected)
            throws IOException {
        Throwable broken = broken(expected);
        add(fault, figures, findings, residentMiB, shown, broken);
        judge(fault, findings, broken);
    }

    private static @Nullable Throwable broken(Expected expected) {
        try {
            expected.hold();
            return null;
        } catch (AssertionError | Exception e) {
            return e;
        }
    }

    /// Whether figures are to be held against what they may be, and not only against what a hang makes of them.
    boolean strict() {
        return scale > 1;
    }

    long seed() {
        return seed;
    }

    /// How long the slowest hundredth of the calls may take at least; without load, what only a hang exceeds.
    ///
    /// @param call how long a call may take
    Duration slowest(Duration call) {
        Duration most = Figures.most(call);
        return strict() ? most : most.multipliedBy(Figures.HANG);
    }

    private void judge(String fault, List<Finding> findings, @Nullable Throwable broken) {
        if (broken == null && findings.isEmpty()) {
            return;
        }
        var failure = new AssertionError(
                "%s, with -Dbattery.seed=%d: %d findings, the first of them %s"
                        .formatted(
                                fault,
                                seed,
                                findings.size(),
                                findings.stream().limit(5).toList()),
                broken);
        throw failure;
    }

    private synchronized void add(
            String fault,
            Figures figures,
            List<Finding> findings,
            long residentMiB,
            List<String> shown,
            @Nullable Throwable broken)
            throws IOException {
        lines.add(LINE.formatted(
                fault,
                figures.operations(),
                count(findings, Finding.Rule.TRUE_CLAIMS),
                count(findings, Finding.Rule.ONE_ANSWER),
                String.format(Locale.ROOT, "%.2f (max %d)", figures.sends(), figures.mostSends()),
                figures.p99().toMillis() + " ms",
                figures.connections(),
                residentMiB + " MiB",
                String.join(
                        ", ",
                        Stream.concat(Stream.of(broken == null && findings.isEmpty() ? "pass" : "FAIL"), shown.stream())
                                .toList())));
        Files.createDirectories(TABLE.getParent());
        Files.writeString(TABLE, this.toString());
    }

    private static long count(List<Finding> findings, Finding.Rule rule) {
        return findings.stream().filter(finding -> finding.rule() == rule).count();
    }

    /// What this process holds in memory, providers and callers included; 0 where the system does not say.
    private static long residentMiB() throws IOException {
        Path status = Path.of("/proc/self/status");
        return Files.exists(status)
                ? Files.readAllLines(status).stream()
                        .filter(line -> line.startsWith("VmRSS:"))
                        .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")) / 1024)
                        .findFirst()
                        .orElse(0)
                : 0;
    }

    /// The table.
    @Override
    public String toString() {
        return LINE.formatted(
                        "fault",
                        "operations",
                        "false claims",
                        "lost",
                        "sends each",
                        "p99",
                        "connections",
                        "memory",
                        "verdict")
                + String.join("", lines)
                + "%nseed %d: -Dbattery.seed=%d runs the same again%n".formatted(seed, seed);
    }
}
