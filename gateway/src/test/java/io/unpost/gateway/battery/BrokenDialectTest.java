package io.unpost.gateway.battery;

import static org.assertj.core.api.Assertions.assertThat;

import io.unpost.dialect.Dialect;
import io.unpost.gateway.Call;
import io.unpost.gateway.Gateway;
import io.unpost.gateway.Provider;
import io.unpost.gateway.Told;
import io.unpost.gateway.accounts.Dialects;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/// Accounts whose dialect is broken, beside others.
@Tag("battery")
@Timeout(600)
@ExtendWith(Battery.Resolver.class)
final class BrokenDialectTest {

    private static final int BROKEN = 40;
    private static final int CALLERS = 8;
    private static final Duration CALL = Duration.ofSeconds(2);
    private static final double MOST_SLOWED = 1.1;
    /// Below it the tenth is less than what the machine's other work makes.
    private static final Duration NOISE = Duration.ofMillis(5);

    @TempDir
    private Path folder;

    @Test
    void isNoOthersTrouble(Battery battery) throws Exception {
        int operations = battery.scaled(2_000);
        Load load = Load.ofPosts(operations).of(operations);
        List<Dialect> dialects = new ArrayList<>(new Dialects().all());
        dialects.add(new BrokenDialect(new Dialects().find("twitter-v1.1").orElseThrow()));
        try (var twitter = new Provider();
                var weibo = Provider.weibo();
                var broken = new Provider()) {
            broken.does(BrokenDialectTest::answer);
            String accounts = load.accounts(twitter, weibo)
                    + """
                      broken: {dialect: broken-v1, base-url: "http://127.0.0.1:%d", timeouts: {attempt: 1s, call: %ds},
                        credentials: {consumer-key: '%s', consumer-secret: '%s', token: '%s', token-secret: '%s'}}
                    """.formatted(
                                    broken.port(),
                                    CALL.toSeconds(),
                                    Provider.CONSUMER_KEY,
                                    Provider.CONSUMER_SECRET,
                                    Provider.TOKEN,
                                    Provider.TOKEN_SECRET);
            try (var gateway = Gateway.with("sidecar", folder, accounts, Map.of(), new Dialects(dialects))) {
                List<Provider> providers = List.of(twitter, weibo);
                Iterator<Operation> all = load.all().iterator();
                delete(gateway, all, operations / 4);
                List<Answered> before = delete(gateway, all, operations / 4);
                List<Answered> beside;
                List<Told> told = new ArrayList<>();
                try (var callers = Executors.newVirtualThreadPerTaskExecutor()) {
                    List<Future<Told>> calls = IntStream.range(0, BROKEN)
                            .mapToObj(id -> callers.submit(() -> gateway.delete("broken", "77" + id)))
                            .toList();
                    beside = delete(gateway, all, operations / 2);
                    for (Future<Told> call : calls) {
                        told.add(call.get());
                    }
                }
                List<Answered> others =
                        Stream.concat(before.stream(), beside.stream()).toList();
                Duration p99Before = Figures.of(before, providers).p99();
                Duration p99 = Figures.of(beside, providers).p99();
                battery.line(
                        "dialect that throws, blocks, or says deleted for a 500",
                        Figures.of(others, providers),
                        new Checker(providers)
                                .ofClaims(others.stream().map(Answered::claim).toList()),
                        0,
                        List.of("others' p99 %.1f ms, %.1f ms before"
                                .formatted(p99.toNanos() / 1e6, p99Before.toNanos() / 1e6)),
                        () -> {
                            assertThat(others)
                                    .allSatisfy(each -> assertThat(each.told().claim())
                                            .as("%s", each)
                                            .isEqualTo("deleted by echo"));
                            for (int id = 0; id < BROKEN; id++) {
                                assertThat(told.get(id).claim()).as("77%d", id).isEqualTo(claim(id % 10));
                            }
                            if (battery.strict()) {
                                Duration most = Duration.ofNanos((long) (p99Before.toNanos() * MOST_SLOWED));
                                assertThat(p99).isLessThanOrEqualTo(most.plus(NOISE));
                            }
                        });
            }
        }
    }

    /// What is told for an id that ends so.
    private static String claim(int digit) {
        return switch (digit) {
            case BrokenDialect.THROWS_FIRST -> "internal_error";
            case BrokenDialect.THROWS, BrokenDialect.BLOCKS, BrokenDialect.LIES -> "outcome_unknown";
            default -> "deleted by echo";
        };
    }

    private static void answer(Call call) throws Exception {
        if (call.id().endsWith("" + BrokenDialect.LIES)) {
            call.answer(500, "{}");
        } else {
            call.obey();
        }
    }

    private static List<Answered> delete(Gateway gateway, Iterator<Operation> all, int count)
            throws InterruptedException, ExecutionException {
        var answered = new ArrayList<Answered>();
        try (var callers =
                Executors.newFixedThreadPool(CALLERS, Thread.ofVirtual().factory())) {
            List<Future<Answered>> calls = IntStream.range(0, count)
                    .mapToObj(_ -> all.next())
                    .map(operation -> callers.submit(() -> {
                        Instant from = Instant.now();
                        Told told = gateway.deleteAt(operation.path());
                        return new Answered(operation, told, from, Instant.now());
                    }))
                    .toList();
            for (Future<Answered> call : calls) {
                answered.add(call.get());
            }
        }
        return answered;
    }
}
