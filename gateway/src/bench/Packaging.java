import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;

/// What a process costs to have: its start, what it does with few deletes and with many, its memory and its size.
///
/// @param starter starts a gateway and waits for its first delete
record Packaging(Programs programs, Load load, Plan plan, Path jar, Function<Gateway.Launch, Gateway> starter) {

    private static final int CONNECTIONS = 32;
    /// Four callers, each of which asks twelve times a second.
    private static final int FEW = 4;
    private static final Duration REST = Duration.ofMillis(80);

    /// @param few the first load of the process
    /// @param memory after many requests, in MiB
    /// @param many the load after them
    private record Life(Load.Result few, double memory, Load.Result many) {}

    List<Table> tables() {
        System.out.println("Starts");
        var starts = new EnumMap<Gateway.Launch, List<Double>>(Gateway.Launch.class);
        for (int round = 0; round < plan.starts(); round++) {
            for (Gateway.Launch launch : Gateway.Launch.values()) {
                starts.computeIfAbsent(launch, _ -> new ArrayList<>()).add(start(launch));
            }
        }
        System.out.println("Memory, with few and with many requests");
        var lives = new EnumMap<Gateway.Launch, Life>(Gateway.Launch.class);
        for (Gateway.Launch launch : Gateway.Launch.values()) {
            lives.put(launch, life(launch));
        }
        return List.of(
                table("as packaged", Gateway.Launch.PACKAGED, starts, lives),
                table("as a sidecar", Gateway.Launch.SIDECAR, starts, lives));
    }

    private double start(Gateway.Launch launch) {
        Gateway gateway = starter.apply(launch);
        programs.stop(gateway.server().process());
        return gateway.start().toNanos() / 1e6;
    }

    private Life life(Gateway.Launch launch) {
        Gateway gateway = starter.apply(launch);
        Load.Result few = gateway.load(load, Provider.TWITTER, new Load.Amount(FEW, REST, plan.few()));
        for (long requests = few.requests(); requests < plan.many(); ) {
            requests += gateway.load(load, Provider.TWITTER, new Load.Amount(CONNECTIONS, Duration.ofSeconds(2)))
                    .requests();
        }
        double memory = gateway.server().memory();
        Load.Result many = gateway.load(load, Provider.TWITTER, new Load.Amount(CONNECTIONS, plan.load()));
        gateway.settle();
        programs.stop(gateway.server().process());
        return new Life(few, memory, many);
    }

    /// @param name what the way to start it is called
    private Table table(
            String name,
            Gateway.Launch launch,
            Map<Gateway.Launch, List<Double>> starts,
            Map<Gateway.Launch, Life> lives) {
        Life plain = lives.get(Gateway.Launch.PLAIN);
        Life life = lives.get(launch);
        String first = String.format(
                Locale.ROOT, "the first %d s, some 50 requests/s: ", plan.few().toSeconds());
        String after = String.format(Locale.ROOT, "after %,d requests: ", plan.many());
        return new Table(
                "packaging",
                "`java -jar`",
                name,
                List.of(
                        new Table.Row(
                                "start to first answered DELETE (ms)",
                                new Series(starts.get(Gateway.Launch.PLAIN)),
                                new Series(starts.get(launch))),
                        row(first + "p50 (µs)", plain.few.median(), life.few.median()),
                        row(first + "p99 (µs)", plain.few.slow(), life.few.slow()),
                        row(first + "CPU per request (µs)", plain.few.processor(), life.few.processor()),
                        row(after + "RSS (MiB)", plain.memory, life.memory),
                        row(after + "throughput (requests/s)", plain.many.perSecond(), life.many.perSecond()),
                        row(
                                "jar, with AOT cache where packaged (MiB)",
                                size(jar),
                                size(jar) + size(Gateway.cache(jar)))));
    }

    private static Table.Row row(String what, double plain, double packaged) {
        return new Table.Row(what, new Series(List.of(plain)), new Series(List.of(packaged)));
    }

    private static double size(Path file) {
        try {
            return Files.size(file) / 1024.0 / 1024;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
