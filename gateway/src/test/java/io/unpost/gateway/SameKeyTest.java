package io.unpost.gateway;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.unpost.gateway.audit.AuditLines;
import java.io.IOException;
import java.net.Socket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Calls with idempotency keys that overlap, or whose callers have gone.
@Timeout(60)
final class SameKeyTest {

    private static final int CALLERS = 64;
    private static final int ROUNDS = 10;
    private static final String KEY = "Idempotency-Key";
    private static final String REPLAYED = "Idempotent-Replayed";

    @TempDir
    private static Path folder;

    private static Provider provider;
    private static Gateway gateway;
    private static SameTimeTest.Watched time;

    @BeforeAll
    static void start() throws IOException {
        provider = new Provider();
        gateway = Gateway.with(
                "sidecar",
                folder,
                Gateway.accounts(provider, Map.of("patient", "timeouts: {connect: 30s, attempt: 30s, call: 60s}")),
                Map.of(SameTimeTest.Watched.PROPERTY, true));
        time = gateway.context().getBean(SameTimeTest.Watched.class);
    }

    @AfterAll
    static void stop() throws IOException {
        gateway.close();
        provider.close();
    }

    @Test
    void oneOfManyCallersSendsAndTheOthersGetItsAnswerLater() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            String id = "" + (5000 + round);
            var release = new CountDownLatch(1);
            provider.does(call -> {
                release.await();
                call.obey();
            });
            Told first;
            try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
                var calls = new ExecutorCompletionService<Told>(threads);
                for (int i = 0; i < CALLERS; i++) {
                    calls.submit(() -> gateway.delete("patient", id, KEY, "round " + id));
                }
                for (int i = 1; i < CALLERS; i++) {
                    Told told = calls.take().get();
                    assertThat(told.status()).isEqualTo(409);
                    assertThat(told.what()).isEqualTo("idempotency_in_progress");
                    assertThat(told.header("Retry-After")).isEqualTo("1");
                }
                release.countDown();
                first = calls.take().get();
            }

            assertThat(first.claim()).isEqualTo("deleted by echo");
            assertThat(first.header(REPLAYED)).isEmpty();
            List<Future<Told>> replays = new ArrayList<>();
            for (int i = 0; i < CALLERS; i++) {
                replays.add(gateway.deleteLater("patient", id, KEY, "round " + id, "X-Request-Id", "replay-" + i));
            }
            for (int i = 0; i < CALLERS; i++) {
                Told replay = replays.get(i).get();
                assertThat(replay.status()).isEqualTo(200);
                assertThat(replay.header(REPLAYED)).isEqualTo("true");
                assertThat(replay.body()).isEqualTo(first.body().replace(first.at("/requestId"), "replay-" + i));
            }
            assertThat(provider.sends(id)).isEqualTo(1);
        }
    }

    @Test
    void keyOfARunningCallIsNotForAnotherTarget() throws Exception {
        var begun = new CountDownLatch(1);
        var release = new CountDownLatch(1);
        provider.does(call -> {
            begun.countDown();
            release.await();
            call.obey();
        });
        Future<Told> first = gateway.deleteLater("patient", "5100", KEY, "one");
        begun.await();

        Told other = gateway.delete("patient", "5101", KEY, "one");
        release.countDown();

        assertThat(other.status()).isEqualTo(422);
        assertThat(other.what()).isEqualTo("idempotency_mismatch");
        assertThat(first.get().claim()).isEqualTo("deleted by echo");
        assertThat(provider.sends("5101")).isZero();
    }

    @Test
    void callsWithDifferentKeysShareOneSendAndEachKeepsItsAnswer() throws Exception {
        var release = new CountDownLatch(1);
        provider.does(call -> {
            release.await();
            call.obey();
        });
        time.forget();
        List<Future<Told>> calls = new ArrayList<>();
        for (int i = 0; i < CALLERS; i++) {
            calls.add(gateway.deleteLater("patient", "5200", KEY, "shared " + i));
        }
        time.awaitCallersUnderWay(CALLERS);
        release.countDown();

        for (int i = 0; i < CALLERS; i++) {
            Told told = calls.get(i).get();
            assertThat(told.claim()).isEqualTo("deleted by echo");
            assertThat(told.header(REPLAYED)).isEmpty();
            Told replay = gateway.delete("patient", "5200", KEY, "shared " + i);
            assertThat(replay.claim()).isEqualTo("deleted by echo");
            assertThat(replay.header(REPLAYED)).isEqualTo("true");
        }
        assertThat(provider.sends("5200")).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"FIN", "RST"})
    void callerThatLeftCanAskForTheOutcome(String end) throws Exception {
        String id = end.equals("FIN") ? "5300" : "5301";
        var begun = new CountDownLatch(1);
        var release = new CountDownLatch(1);
        provider.does(call -> {
            begun.countDown();
            release.await();
            call.obey();
        });
        try (var caller =
                new Socket(gateway.address().getHost(), gateway.address().getPort())) {
            caller.getOutputStream()
                    .write(("DELETE /v1/accounts/patient/posts/" + id + " HTTP/1.1\r\nHost: localhost\r\n" + KEY
                                    + ": left " + end + "\r\n\r\n")
                            .getBytes(US_ASCII));
            begun.await();
            caller.setSoLinger(end.equals("RST"), 0);
        }
        // Each takes as long as the gateway's event loops need to see that the caller left.
        for (int i = 0; i < CALLERS; i++) {
            assertThat(gateway.get("/health").status()).isEqualTo(200);
        }
        release.countDown();
        gateway.context()
                .getBean(AuditLines.class)
                .await(line -> line.contains("\"event\":\"outcome\"") && line.contains("\"id\":\"" + id + "\""));

        Told replay = gateway.delete("patient", id, KEY, "left " + end);

        assertThat(replay.claim()).isEqualTo("deleted by echo");
        assertThat(replay.header(REPLAYED)).isEqualTo("true");
        assertThat(provider.sends(id)).isEqualTo(1);
    }
}
