import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;

/// Everything that is measured, in its order.
final class Run {

    private static final Path SOURCES = Path.of("gateway/src/bench");
    private static final Path JAR = Path.of("gateway/target/gateway.jar");
    private static final int MANY = 32;

    private final Programs programs;
    private final Machine machine;
    private final Plan plan;
    private final Nginx nginx;
    private final Load load;
    private final Server stub;

    Run(Programs programs, Machine machine, Plan plan) {
        this.programs = programs;
        this.machine = machine;
        this.plan = plan;
        nginx = new Nginx(programs, SOURCES);
        load = new Load(programs, machine.others(), SOURCES.resolve("load.lua"));
        stub = nginx.stub(machine.others());
    }

    /// One round: through nginx and through the gateway, with many connections and with one.
    private record Round(Load.Result nginxMany, Load.Result many, Load.Result nginxOne, Load.Result one) {}

    /// Throughput, latency and time on the processor, of each provider.
    Map<Provider, Table> againstNginx() {
        for (Provider provider : Provider.values()) {
            refusesUnsigned(provider);
        }
        Server proxy = nginx.proxy(machine.server(), stub);
        Gateway gateway = start(Gateway.Launch.PACKAGED);
        var tables = new EnumMap<Provider, Table>(Provider.class);
        for (Provider provider : Provider.values()) {
            gateway.check(provider);
            boolean first = provider == Provider.TWITTER;
            System.out.println(provider.title + ": warming up");
            load.run(proxy, call(provider), MANY, Duration.ofSeconds(2));
            warmUp(gateway, provider, first ? plan.warmUp() : plan.again());
            var rounds = new ArrayList<Round>();
            for (int round = 1; round <= (first ? plan.rounds() : plan.roundsAgain()); round++) {
                Round figures = round(proxy, gateway, provider);
                rounds.add(figures);
                System.out.printf(
                        "  round %d: nginx %,.0f/s, gateway %,.0f/s%n",
                        round, figures.nginxMany.perSecond(), figures.many.perSecond());
            }
            tables.put(provider, table(provider, rounds));
        }
        gateway.settle();
        programs.stop(gateway.server().process());
        programs.stop(proxy.process());
        return tables;
    }

    private Round round(Server proxy, Gateway gateway, Provider provider) {
        return new Round(
                load.run(proxy, call(provider), MANY, plan.load()),
                gateway.load(load, provider, MANY, plan.load()),
                load.run(proxy, call(provider), 1, plan.load()),
                gateway.load(load, provider, 1, plan.load()));
    }

    private static Load.Call call(Provider provider) {
        return new Load.Call("POST", provider.before, provider.after, provider.authorization);
    }

    /// In pieces, after each of which the full files of the audit log go.
    private void warmUp(Gateway gateway, Provider provider, Duration time) {
        for (long left = time.toSeconds(); left > 0; left -= 10) {
            gateway.load(load, provider, MANY, Duration.ofSeconds(Math.min(left, 10)));
        }
    }

    private Table table(Provider provider, List<Round> rounds) {
        var rows = new ArrayList<Table.Row>();
        rows.add(row(
                "throughput, 32 connections (requests/s)",
                rounds,
                Round::nginxMany,
                Round::many,
                Load.Result::perSecond));
        rows.add(row("p50, 32 connections (µs)", rounds, Round::nginxMany, Round::many, Load.Result::median));
        rows.add(row("p99, 32 connections (µs)", rounds, Round::nginxMany, Round::many, Load.Result::slow));
        rows.add(row("p50, 1 connection (µs)", rounds, Round::nginxOne, Round::one, Load.Result::median));
        rows.add(row("p99, 1 connection (µs)", rounds, Round::nginxOne, Round::one, Load.Result::slow));
        rows.add(row(
                "CPU per request, 32 connections (µs)", rounds, Round::nginxMany, Round::many, Load.Result::processor));
        rows.add(
                row("CPU per request, 1 connection (µs)", rounds, Round::nginxOne, Round::one, Load.Result::processor));
        rows.add(row("its core is busy, 32 connections (%)", rounds, Round::nginxMany, Round::many, Load.Result::busy));
        return new Table(provider.title + ", " + nginx.bytes(provider) + " bytes", "nginx", "gateway", rows);
    }

    private static Table.Row row(
            String what,
            List<Round> rounds,
            Function<Round, Load.Result> nginx,
            Function<Round, Load.Result> gateway,
            Function<Load.Result, Double> figure) {
        return new Table.Row(
                what, Series.of(rounds, nginx.andThen(figure)), Series.of(rounds, gateway.andThen(figure)));
    }

    /// Start, memory and size, of the jar alone and as packaged.
    Table packaging() {
        System.out.println("Start and memory");
        var plainStart = new ArrayList<Double>();
        var start = new ArrayList<Double>();
        for (int round = 0; round < plan.starts(); round++) {
            plainStart.add(startOnly(Gateway.Launch.PLAIN));
            start.add(startOnly(Gateway.Launch.PACKAGED));
        }
        var plainMemory = new Series(List.of(memory(Gateway.Launch.PLAIN)));
        var memory = new Series(List.of(memory(Gateway.Launch.PACKAGED)));
        var size = new Series(List.of(size(JAR)));
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
                        new Table.Row("jar (MiB)", size, size)));
    }

    private double startOnly(Gateway.Launch launch) {
        Gateway gateway = start(launch);
        programs.stop(gateway.server().process());
        return gateway.start().toNanos() / 1e6;
    }

    private double memory(Gateway.Launch launch) {
        Gateway gateway = start(launch);
        for (long requests = 0; requests < plan.many(); ) {
            requests += gateway.load(load, Provider.TWITTER, MANY, Duration.ofSeconds(2))
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

    private Gateway start(Gateway.Launch launch) {
        return Gateway.start(programs, launch, machine.server(), JAR, SOURCES.resolve("accounts.yml"), stub);
    }

    /// So that a delete which it answers was signed.
    private void refusesUnsigned(Provider provider) {
        URI uri = URI.create("http://127.0.0.1:" + stub.port() + provider.before + "1" + provider.after);
        try (HttpClient client = HttpClient.newHttpClient()) {
            int status = client.send(
                            HttpRequest.newBuilder(uri)
                                    .POST(BodyPublishers.noBody())
                                    .build(),
                            BodyHandlers.discarding())
                    .statusCode();
            if (status != 401) {
                throw new Failure("the stub answered " + status + " to a request that nobody signed");
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
