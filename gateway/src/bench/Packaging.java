import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/// What a process costs to have: its start, its memory and its size, of the jar alone and as packaged.
///
/// @param starter starts a gateway and waits for its first delete
record Packaging(Programs programs, Load load, Plan plan, Path jar, Function<Gateway.Launch, Gateway> starter) {

    private static final int CONNECTIONS = 32;

    Table table() {
        var plainStart = new ArrayList<Double>();
        var start = new ArrayList<Double>();
        for (int round = 0; round < plan.starts(); round++) {
            plainStart.add(startOnly(Gateway.Launch.PLAIN));
            start.add(startOnly(Gateway.Launch.PACKAGED));
        }
        var plainMemory = new Series(List.of(memory(Gateway.Launch.PLAIN)));
        var memory = new Series(List.of(memory(Gateway.Launch.PACKAGED)));
        var size = new Series(List.of(size(jar)));
        var withCache = new Series(List.of(size(jar) + size(Gateway.cache(jar))));
        return new Table(
                "packaging",
                "`java -jar`",
                "as packaged",
                List.of(
                        new Table.Row("start to first answered DELETE (ms)", new Series(plainStart), new Series(start)),
                        new Table.Row(
                                String.format(Locale.ROOT, "RSS after %,d requests (MiB)", plan.many()),
                                plainMemory,
                                memory),
                        new Table.Row("jar, with AOT cache where packaged (MiB)", size, withCache)));
    }

    private double startOnly(Gateway.Launch launch) {
        Gateway gateway = starter.apply(launch);
        programs.stop(gateway.server().process());
        return gateway.start().toNanos() / 1e6;
    }

    private double memory(Gateway.Launch launch) {
        Gateway gateway = starter.apply(launch);
        for (long requests = 0; requests < plan.many(); ) {
            requests += gateway.load(load, Provider.TWITTER, CONNECTIONS, Duration.ofSeconds(2))
                    .requests();
        }
        double memory = gateway.server().memory();
        gateway.settle();
        programs.stop(gateway.server().process());
        return memory;
    }

    private static double size(Path file) {
        try {
            return Files.size(file) / 1024.0 / 1024;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
