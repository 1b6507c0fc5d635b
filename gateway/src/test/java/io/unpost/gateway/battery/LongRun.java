package io.unpost.gateway.battery;

import io.unpost.gateway.Api.Word;
import io.unpost.gateway.Call;
import io.unpost.gateway.Form;
import io.unpost.gateway.Jar;
import io.unpost.gateway.Provider;
import io.unpost.gateway.Provider.Script;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.IntStream;

/// The shipped jar in a process of its own, between callers and providers in this one.
final class LongRun implements AutoCloseable {

    static final int ACCOUNTS = 448;
    static final Load LOAD = Load.of(Form.all().toList(), ACCOUNTS).of(1);

    private static final Duration WARM_UP = Duration.ofSeconds(20);
    private static final Duration MEASURED = Duration.ofSeconds(10);
    private static final int MEASURES = 4;
    private static final double SHARE = 0.7;
    private static final double CHANCE = 0.01;
    /// Where a provider says to wait and not how long, the account is held for a minute: so these are few.
    private static final int RARE = 45;

    /// Their number and that of the accounts have no common divisor: so each account meets each of them.
    private static final List<Fault> FAULTS = List.of(
            new Fault(When.ACCEPT, Acts.RST),
            new Fault(When.AFTER_COMMIT, Acts.RST),
            new Fault(When.AFTER_COMMIT, Acts.FIN),
            new Fault(When.BEFORE_COMMIT, Acts.RST),
            new Fault(When.BEFORE_COMMIT, Acts.STALL),
            new Fault(When.AFTER_COMMIT, Acts.STALL),
            new Fault(When.BEFORE_COMMIT, drip("HTTP/1.1 200 OK\r\nA: ", "a", 150)),
            new Fault(When.AFTER_COMMIT, drip("HTTP/1.1 200 OK\r\nContent-Length: 99999\r\n\r\n", " ", 300)),
            new Fault(When.BEFORE_COMMIT, Acts.page(503)),
            new Fault(When.AFTER_COMMIT, Acts.page(502)),
            new Fault(When.BEFORE_COMMIT, Acts.said(429, Word.LIMITED, "Retry-After: 1")));
    private static final List<Fault> LIMIT = List.of(new Fault(When.BEFORE_COMMIT, Acts.said(429, Word.LIMITED)));

    private final long seed;
    private final Provider twitter = new Provider();
    private final Provider weibo = Provider.weibo();
    private final Examiner examiner = new Examiner(List.of(twitter, weibo));
    private final GatewayLog log = new GatewayLog(Path.of("target", "long-run.log"), examiner);
    private final Jar gateway;
    private final Traffic warmUp;
    private final Traffic traffic;
    private final Watch watch;
    private final LongAdder faults = new LongAdder();
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
    private final Future<?> judging;
    private double capacity;

    LongRun(Path folder, long seed) throws IOException {
        this.seed = seed;
        gateway = new Jar(folder, LOAD.accounts(twitter, weibo), List.of("-Xmx128m"), log::add);
        // Multiples of the number of accounts, with room between them.
        warmUp = new Traffic(gateway, LOAD.all(), examiner, 50_000L * ACCOUNTS);
        traffic = new Traffic(gateway, LOAD.all(), examiner, 100_000L * ACCOUNTS);
        watch = new Watch(
                gateway.pid(),
                Path.of("target", "long-run.csv"),
                () -> traffic.latencies().count());
        judging = clock.scheduleWithFixedDelay(examiner::examine, 1, 1, TimeUnit.SECONDS);
    }

    private static Fault.Act drip(String head, String text, int millis) {
        return Acts.drip("drip", head, text, Duration.ofMillis(millis));
    }

    /// Deletes as much as goes, so that all that happens later has happened before.
    ///
    /// @return how many deletes there were in a second, at healthy providers and in the worst of some times; the
    ///     machine may have other things to do, too
    double warmUp() {
        warmUp.measure(WARM_UP);
        capacity = IntStream.range(0, MEASURES)
                .mapToDouble(_ -> warmUp.measure(MEASURED))
                .min()
                .orElseThrow();
        var trouble = new Trouble(
                new Faults(seed, FAULTS, CHANCE * FAULTS.size(), Integer.MAX_VALUE),
                new Faults(seed, LIMIT, CHANCE, Integer.MAX_VALUE));
        twitter.does(trouble);
        weibo.does(trouble);
        warmUp.measure(WARM_UP);
        return capacity;
    }

    /// Deletes at failing providers, for so long.
    void does(Duration time) throws InterruptedException, ExecutionException {
        watch.start();
        traffic.offer(SHARE * capacity, time, seed);
        watch.stop();
        if (judging.isDone()) {
            // It never ends but by an exception.
            judging.get();
        }
        examiner.finish();
    }

    /// One in a hundred requests for each fault.
    private final class Trouble implements Script {

        private final Faults usual;
        private final Faults rare;

        Trouble(Faults usual, Faults rare) {
            this.usual = usual;
            this.rare = rare;
        }

        private Faults of(Call call) {
            return Traffic.account(call.id(), ACCOUNTS) % RARE == 0 ? rare : usual;
        }

        @Override
        public boolean reads(Call call) throws Exception {
            if (of(call).fault(call.id(), call.number()).isPresent()) {
                faults.increment();
            }
            return of(call).reads(call);
        }

        @Override
        public void play(Call call) throws Exception {
            of(call).play(call);
        }
    }

    Examiner examiner() {
        return examiner;
    }

    Traffic warmUpTraffic() {
        return warmUp;
    }

    Traffic traffic() {
        return traffic;
    }

    Watch watch() {
        return watch;
    }

    GatewayLog log() {
        return log;
    }

    /// How many requests were struck.
    long faults() {
        return faults.sum();
    }

    @Override
    public void close() throws IOException {
        clock.shutdownNow();
        watch.close();
        gateway.close();
        twitter.close();
        weibo.close();
        log.close();
    }
}
