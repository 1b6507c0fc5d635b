import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

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

    /// The same load on nginx and then on the gateway.
    private record Pair(Load.Result nginx, Load.Result gateway) {}

    private record Round(Pair many, Pair one) {}

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
            load.run(proxy, call(provider), new Load.Amount(MANY, Duration.ofSeconds(2)));
            warmUp(gateway, provider, first ? plan.warmUp() : plan.again());
            var rounds = new ArrayList<Round>();
            for (int round = 1; round <= (first ? plan.rounds() : plan.roundsAgain()); round++) {
                Round figures = round(proxy, gateway, provider);
                rounds.add(figures);
                System.out.printf(
                        "  round %d: nginx %,.0f/s, gateway %,.0f/s%n",
                        round, figures.many.nginx.perSecond(), figures.many.gateway.perSecond());
            }
            tables.put(provider, table(provider, rounds));
        }
        gateway.settle();
        programs.stop(gateway.server().process());
        programs.stop(proxy.process());
        return tables;
    }

    private Round round(Server proxy, Gateway gateway, Provider provider) {
        return new Round(pair(proxy, gateway, provider, MANY), pair(proxy, gateway, provider, 1));
    }

    private Pair pair(Server proxy, Gateway gateway, Provider provider, int connections) {
        var amount = new Load.Amount(connections, plan.load());
        return new Pair(load.run(proxy, call(provider), amount), gateway.load(load, provider, amount));
    }

    private static Load.Call call(Provider provider) {
        return new Load.Call("POST", provider.before, provider.after, provider.authorization);
    }

    /// In pieces, after each of which the full files of the audit log go.
    private void warmUp(Gateway gateway, Provider provider, Duration time) {
        for (long left = time.toSeconds(); left > 0; left -= 10) {
            var amount = new Load.Amount(MANY, Duration.ofSeconds(Math.min(left, 10)));
            Load.Result warmer = gateway.load(load, provider, amount);
            System.out.printf("  gateway %,.0f/s%n", warmer.perSecond());
        }
    }

    private Table table(Provider provider, List<Round> rounds) {
        List<Pair> many = rounds.stream().map(Round::many).toList();
        List<Pair> one = rounds.stream().map(Round::one).toList();
        return new Table(
                provider.title + ", " + nginx.bytes(provider) + " bytes",
                "nginx",
                "gateway",
                List.of(
                        row("throughput, 32 connections (requests/s)", many, Load.Result::perSecond),
                        row("p50, 32 connections (µs)", many, Load.Result::median),
                        row("p99, 32 connections (µs)", many, Load.Result::slow),
                        row("p50, 1 connection (µs)", one, Load.Result::median),
                        row("p99, 1 connection (µs)", one, Load.Result::slow),
                        row("CPU per request, 32 connections (µs)", many, Load.Result::processor),
                        row("CPU per request, 1 connection (µs)", one, Load.Result::processor),
                        row("its core is busy, 32 connections (%)", many, Load.Result::busy)));
    }

    private static Table.Row row(String what, List<Pair> pairs, ToDoubleFunction<Load.Result> figure) {
        return new Table.Row(
                what,
                Series.of(pairs, pair -> figure.applyAsDouble(pair.nginx)),
                Series.of(pairs, pair -> figure.applyAsDouble(pair.gateway)));
    }

    /// What it costs to have, of the jar alone against the ways it is packaged.
    List<Table> packaging() {
        return new Packaging(programs, load, plan, JAR, this::start).tables();
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
