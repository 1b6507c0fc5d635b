package io.unpost.gateway.battery;

import io.unpost.gateway.Jar;
import io.unpost.gateway.Provider;
import io.unpost.gateway.audit.AuditLines;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;

/// A gateway in a process of its own, with little memory, between callers and providers in this one.
final class OtherProcess implements AutoCloseable {

    /// By how much it may grow.
    static final long GROWTH_MIB = 64;

    private static final String AUDIT = "{\"log\":\"audit\"";
    /// The heap is in memory from the start, so that what grows is outside of it.
    private static final List<String> LITTLE =
            List.of("-Xms128m", "-Xmx128m", "-XX:+AlwaysPreTouch", "-XX:+ExitOnOutOfMemoryError");

    private final Load load;
    private final Provider twitter = new Provider();
    private final Provider weibo = Provider.weibo();
    private final Collection<String> said = new ConcurrentLinkedQueue<>();
    private final AuditLines audit = new AuditLines();
    private final Jar gateway;

    /// @param folder where the accounts file is written
    OtherProcess(Path folder, Load load) throws IOException {
        this.load = load;
        var options = new ArrayList<>(LITTLE);
        load.settings().forEach((name, value) -> options.add("-D" + name + "=" + value));
        gateway = Jar.unpacked(folder, load.accounts(twitter, weibo), options, this::hear);
    }

    private void hear(String line) {
        said.add(line);
        if (line.startsWith(AUDIT)) {
            audit.write(line);
        }
    }

    Jar gateway() {
        return gateway;
    }

    List<Provider> providers() {
        return List.of(twitter, weibo);
    }

    /// What both providers do from now on.
    void does(Provider.Script script) {
        providers().forEach(provider -> provider.does(script));
    }

    /// Every line that it has printed.
    Collection<String> said() {
        return said;
    }

    /// Asks for these, so many at once.
    List<Answered> delete(List<Operation> operations, int callers) throws Exception {
        var answered = new ArrayList<Answered>();
        try (var threads = Executors.newFixedThreadPool(callers)) {
            Stream<Callable<Answered>> calls = operations.stream().map(operation -> () -> {
                Instant from = Instant.now();
                return new Answered(operation, gateway.delete(operation.path()), from, Instant.now());
            });
            for (Future<Answered> each : threads.invokeAll(calls.toList())) {
                answered.add(each.get());
            }
        }
        return answered;
    }

    /// What went wrong in all.
    ///
    /// @param told everything that was
    /// @param slowest how long the slowest hundredth of the calls may take at least
    /// @param callers how many there were at a time
    List<Finding> findings(List<Answered> told, Duration slowest, int callers)
            throws IOException, InterruptedException {
        var checker = new Checker(providers());
        String metrics = gateway.get("/prometheus").body();
        List<Claim> claims = told.stream().map(Answered::claim).toList();
        audit.await(2 * told.size());
        List<Claim> audited = Audited.claims(audit.lines());
        return Stream.of(
                        checker.ofClaims(claims).stream(),
                        checker.ofClaims(audited).stream(),
                        checker.ofSends(told.stream().map(Answered::operation).toList()).stream(),
                        Audited.findings(audited, claims, 0),
                        new Counted(metrics).findings(claims, 0),
                        Figures.of(told, providers()).hangs(slowest, load.call(), callers),
                        told.stream().flatMap(each -> Shape.findings(each).stream()),
                        told.stream().flatMap(each -> Shape.secrets(each.told())),
                        said.stream().flatMap(Shape::secrets),
                        Shape.secrets(metrics))
                .flatMap(findings -> findings)
                .toList();
    }

    @Override
    public void close() throws IOException {
        gateway.close();
        twitter.close();
        weibo.close();
    }
}
