package io.unpost.gateway.battery;

import static org.assertj.core.api.Assertions.assertThat;

import io.unpost.gateway.Call;
import io.unpost.gateway.Jar;
import io.unpost.gateway.Provider;
import io.unpost.gateway.Provider.Script;
import java.io.IOException;
import java.net.ConnectException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/// Gateways that are asked to end, by SIGTERM, while callers go on calling.
@Tag("battery")
@Timeout(600)
@ExtendWith(Battery.Resolver.class)
final class DrainTest {

    private static final int CALLERS = 100;
    private static final Duration ANSWER = Duration.ofMillis(200);
    private static final Duration DELAY = Duration.ofSeconds(1);
    private static final Duration CALL = Duration.ofSeconds(2);
    private static final Duration MORE = Duration.ofSeconds(1);
    private static final int SIGTERM = 128 + 15;

    @TempDir
    private Path folder;

    @Test
    void whatHasBegunIsAnswered(Battery battery) throws Exception {
        Script slow = call -> {
            Thread.sleep(ANSWER);
            call.obey();
        };
        drained(battery, "SIGTERM under load", battery.scaled(1), slow, ANSWER, "deleted by echo");
    }

    @Test
    void whatCannotBeEndedIsToldSo(Battery battery) throws Exception {
        drained(battery, "SIGTERM, and no provider answers", 1, Call::stall, CALL, "outcome_unknown");
    }

    private void drained(Battery battery, String fault, int rounds, Script script, Duration longest, String claim)
            throws Exception {
        Load load = Load.ofPosts(50_000).of(50_000).within(CALL, CALL);
        var answered = new ArrayList<Answered>();
        var findings = new ArrayList<Finding>();
        var took = new ArrayList<Duration>();
        int never = 0;
        try (var twitter = new Provider();
                var weibo = Provider.weibo()) {
            List<Provider> providers = List.of(twitter, weibo);
            Iterator<Operation> operations = load.all().iterator();
            for (int at = 0; at < rounds; at++) {
                Path place = Files.createDirectory(folder.resolve("round-" + at));
                var round = new Round(place, load.accounts(twitter, weibo), operations);
                providers.forEach(provider -> provider.does(call -> {
                    round.enough.countDown();
                    script.play(call);
                }));
                round.run();
                answered.addAll(round.answered);
                took.add(round.took);
                never += round.neverTaken(providers);
            }
            var checker = new Checker(providers);
            findings.addAll(
                    checker.ofClaims(answered.stream().map(Answered::claim).toList()));
            battery.line(
                    fault,
                    Figures.of(answered, providers),
                    findings,
                    0,
                    List.of("%d times".formatted(rounds), "%d never taken".formatted(never)),
                    () -> {
                        assertThat(answered)
                                .hasSizeGreaterThanOrEqualTo(rounds * CALLERS)
                                .allSatisfy(each -> assertThat(each.told().claim())
                                        .as("%s", each)
                                        .isEqualTo(claim));
                        assertThat(providers.stream().flatMap(provider -> provider.asked().stream()))
                                .containsExactlyInAnyOrderElementsOf(answered.stream()
                                        .map(each -> each.operation().id())
                                        .toList());
                        if (battery.strict()) {
                            assertThat(took)
                                    .allSatisfy(each -> assertThat(each)
                                            .isLessThanOrEqualTo(
                                                    DELAY.plus(longest).plus(MORE)));
                        }
                    });
        }
    }

    /// One gateway, from its start to its end.
    private static final class Round {

        private final Path folder;
        private final String accounts;
        private final Iterator<Operation> operations;
        private final Collection<String> said = new ConcurrentLinkedQueue<>();
        private final Collection<Answered> answered = new ConcurrentLinkedQueue<>();
        private final Collection<Operation> broken = new ConcurrentLinkedQueue<>();
        private final CountDownLatch enough = new CountDownLatch(CALLERS);
        private Duration took = Duration.ZERO;

        /// @param operations what it is asked for
        Round(Path folder, String accounts, Iterator<Operation> operations) {
            this.folder = folder;
            this.accounts = accounts;
            this.operations = operations;
        }

        void run() throws Exception {
            List<String> options = List.of("-Dunpost.drain.delay=" + DELAY.toMillis() + "ms");
            try (var callers = Executors.newVirtualThreadPerTaskExecutor();
                    var jar = Jar.unpacked(folder, accounts, options, said::add)) {
                List<Future<?>> calls = Stream.<Future<?>>generate(() -> callers.submit(() -> call(jar)))
                        .limit(CALLERS)
                        .toList();
                enough.await();
                Instant asked = Instant.now();
                jar.end();
                int ready = 200;
                while (ready == 200) {
                    ready = jar.get("/health/readiness").status();
                }
                assertThat(ready).isEqualTo(503);
                assertThat(jar.status()).isEqualTo(SIGTERM);
                took = Duration.between(asked, Instant.now());
                for (Future<?> call : calls) {
                    call.get();
                }
            }
            List<String> intents = audited("intent");
            assertThat(intents).hasSameSizeAs(audited("outcome"));
            assertThat(said).anyMatch(line -> line.endsWith("drained"));
        }

        /// One after the other, until nobody listens.
        private Void call(Jar jar) throws InterruptedException {
            while (true) {
                Operation operation = next();
                Instant from = Instant.now();
                try {
                    answered.add(new Answered(operation, jar.delete(operation.path()), from, Instant.now()));
                } catch (ConnectException _) {
                    return null;
                } catch (IOException _) {
                    broken.add(operation);
                }
            }
        }

        private Operation next() {
            synchronized (operations) {
                return operations.next();
            }
        }

        private List<String> audited(String event) {
            return said.stream()
                    .filter(line -> line.contains("\"event\":\"" + event + "\""))
                    .toList();
        }

        /// How many calls found their connection closed, before anything was done about them.
        int neverTaken(List<Provider> providers) {
            assertThat(broken)
                    .allSatisfy(operation -> assertThat(said).noneMatch(line -> line.contains(operation.id())))
                    .allSatisfy(operation ->
                            assertThat(providers).allMatch(provider -> provider.sends(operation.id()) == 0));
            return broken.size();
        }
    }
}
