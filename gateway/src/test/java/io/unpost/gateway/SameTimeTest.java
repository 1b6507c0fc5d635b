package io.unpost.gateway;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.micronaut.context.annotation.Replaces;
import io.micronaut.context.annotation.Requires;
import io.unpost.gateway.audit.AuditLines;
import io.unpost.gateway.engine.Time;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Calls that overlap.
@Timeout(60)
final class SameTimeTest {

    private static final int CALLERS = 32;

    @TempDir
    private static Path folder;

    private static Provider provider;
    private static Gateway gateway;
    private static Watched time;

    @BeforeAll
    static void start() throws IOException {
        provider = new Provider();
        gateway = Gateway.with(
                "sidecar",
                folder,
                Gateway.accounts(
                        provider,
                        Map.of(
                                "patient", "timeouts: {connect: 30s, attempt: 30s, call: 60s}",
                                "other", "timeouts: {connect: 30s, attempt: 30s, call: 60s}")),
                Map.of(Watched.PROPERTY, true));
        time = gateway.context().getBean(Watched.class);
    }

    @AfterAll
    static void stop() throws IOException {
        gateway.close();
        provider.close();
    }

    @Test
    void identicalCallsMakeOneSendAndGetTheSameAnswer() throws Exception {
        var release = new CountDownLatch(1);
        provider.does(call -> {
            release.await();
            call.obey();
        });
        List<Future<Told>> calls = new ArrayList<>();
        time.forget();
        for (int i = 0; i < CALLERS; i++) {
            calls.add(gateway.deleteLater("patient", "1001", "X-Request-Id", "caller-" + i));
        }
        time.awaitCallersUnderWay(CALLERS);
        release.countDown();

        Set<String> bodies = new HashSet<>();
        for (int i = 0; i < CALLERS; i++) {
            Told told = calls.get(i).get();
            assertThat(told.status()).isEqualTo(200);
            assertThat(told.claim()).isEqualTo("deleted by echo");
            assertThat(told.at("/requestId")).isEqualTo("caller-" + i);
            assertThat(told.header("X-Request-Id")).isEqualTo("caller-" + i);
            bodies.add(told.body().replace("caller-" + i, "caller"));
        }
        assertThat(bodies).hasSize(1);
        assertThat(provider.sends("1001")).isEqualTo(1);
    }

    @Test
    void identicalCallsShareALossAndItsRepair() throws Exception {
        var release = new CountDownLatch(1);
        provider.does(call -> {
            release.await();
            if (call.first()) {
                call.commit();
                call.reset();
            } else {
                call.obey();
            }
        });
        time.forget();
        List<Future<Told>> calls = IntStream.range(0, CALLERS)
                .mapToObj(_ -> gateway.deleteLater("patient", "1002"))
                .toList();
        time.awaitCallersUnderWay(CALLERS);
        release.countDown();

        for (Future<Told> call : calls) {
            assertThat(call.get().claim()).isEqualTo("deleted by absence");
        }
        assertThat(provider.sends("1002")).isEqualTo(2);
    }

    @Test
    void laterCallFindsItGone() {
        provider.does(Call::obey);

        assertThat(gateway.delete("patient", "1003").claim()).isEqualTo("deleted by echo");
        assertThat(gateway.delete("patient", "1003").claim()).isEqualTo("already_gone by absence");
    }

    @Test
    void callsForDifferentThingsDoNotWaitForEachOther() throws Exception {
        var release = new CountDownLatch(1);
        provider.does(call -> {
            if (call.id().equals("2000")) {
                release.await();
            }
            call.obey();
        });
        Future<Told> held = gateway.deleteLater("patient", "2000");

        for (int i = 1; i <= CALLERS; i++) {
            assertThat(gateway.delete("patient", "" + (2000 + i)).claim()).isEqualTo("deleted by echo");
        }
        // The same id for another account is another thing.
        Future<Told> other = gateway.deleteLater("other", "2000");
        for (int i = 0; i < CALLERS + 2; i++) {
            provider.nextArrival();
        }
        assertThat(held.isDone()).isFalse();
        release.countDown();

        assertThat(List.of(held.get().claim(), other.get().claim()))
                .containsExactlyInAnyOrder("deleted by echo", "already_gone by absence");
    }

    /// One who joins with less time is answered by his own deadline, and does not cut the others' short.
    @Test
    void hastyCallerLeavesTheOthersTheirTime() throws Exception {
        var release = new CountDownLatch(1);
        provider.does(call -> {
            release.await();
            call.obey();
        });
        time.forget();
        Future<Told> patient = gateway.deleteLater("patient", "3000");
        time.awaitCallersUnderWay(1);

        Told hasty = gateway.delete("patient", "3000", "Prefer", "wait=1");
        release.countDown();

        assertThat(hasty.what()).isEqualTo("outcome_unknown");
        assertThat(patient.get().claim()).isEqualTo("deleted by echo");
        assertThat(provider.sends("3000")).isEqualTo(1);
    }

    /// The request that the hasty one began is the patient one's too, and is not cut short.
    @Test
    void hastyCallerWhoWasFirstLeavesTheOthersTheirTime() throws Exception {
        var release = new CountDownLatch(1);
        provider.does(call -> {
            release.await();
            call.obey();
        });
        time.forget();
        Future<Told> hasty = gateway.deleteLater("patient", "3001", "Prefer", "wait=1");
        time.awaitCallersUnderWay(1);
        Future<Told> patient = gateway.deleteLater("patient", "3001");
        time.awaitCallersUnderWay(1);

        assertThat(hasty.get().what()).isEqualTo("outcome_unknown");
        assertThat(hasty.get().at("/attempts")).isEqualTo("1");
        release.countDown();

        assertThat(patient.get().claim()).isEqualTo("deleted by echo");
        assertThat(provider.sends("3001")).isEqualTo(1);
    }

    /// Nobody waits for it any more, and it is ended: whoever asks later is told.
    @Test
    void deleteOfAHastyCallerIsEndedWithoutIt() throws Exception {
        var release = new CountDownLatch(1);
        provider.does(call -> {
            release.await();
            if (call.first()) {
                call.reset();
            } else {
                call.obey();
            }
        });

        assertThat(gateway.delete("patient", "3002", "Prefer", "wait=1").what()).isEqualTo("outcome_unknown");
        time.forget();
        Future<Told> later = gateway.deleteLater("patient", "3002");
        time.awaitCallersUnderWay(1);
        release.countDown();

        assertThat(later.get().claim()).isEqualTo("deleted by echo");
        assertThat(provider.sends("3002")).isEqualTo(2);
    }

    /// The answer came when nobody waited for it any more; to ask the provider again would find it gone.
    @Test
    void hastyCallerWhoAsksAgainIsToldWhatCameOfIt() throws Exception {
        var release = new CountDownLatch(1);
        provider.does(call -> {
            release.await();
            call.obey();
        });

        assertThat(gateway.delete("patient", "3003", "Prefer", "wait=1").what()).isEqualTo("outcome_unknown");
        release.countDown();
        while (gateway.get("/prometheus")
                .body()
                .lines()
                .anyMatch(line -> line.startsWith("unpost_deletes_in_flight{")
                        && line.contains("patient")
                        && !line.endsWith(" 0.0"))) {
            Thread.onSpinWait();
        }

        assertThat(gateway.delete("patient", "3003").claim()).isEqualTo("deleted by echo");
        assertThat(provider.sends("3003")).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"FIN", "RST"})
    void callerThatLeavesCancelsNothing(String end) throws Exception {
        String id = "400" + end.length() + (end.equals("RST") ? "1" : "0");
        var begun = new CountDownLatch(1);
        var release = new CountDownLatch(1);
        provider.does(call -> {
            begun.countDown();
            release.await();
            if (call.first()) {
                // Not deleted yet: only a second attempt, made for nobody, does it.
                call.reset();
            } else {
                call.obey();
            }
        });
        try (var caller =
                new Socket(gateway.address().getHost(), gateway.address().getPort())) {
            caller.getOutputStream()
                    .write(("DELETE /v1/accounts/patient/posts/" + id + " HTTP/1.1\r\nHost: localhost\r\n\r\n")
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

        assertThat(provider.ledger()).containsKey(id);
        assertThat(provider.sends(id)).isEqualTo(2);
        assertThat(gateway.delete("patient", id).claim()).isEqualTo("already_gone by absence");
    }

    /// The machine's time, which sees who looks at it.
    @Singleton
    @Replaces(SystemTime.class)
    @Requires(property = Watched.PROPERTY)
    static final class Watched implements Time {

        static final String PROPERTY = "unpost.test.watched-time";

        private static final String WAITING = "io.unpost.gateway.engine.SingleFlight.awaited";

        private final Set<Thread> seen = ConcurrentHashMap.newKeySet();
        private final Semaphore underWay = new Semaphore(0);

        @Override
        public Instant instant() {
            return Instant.now();
        }

        /// Each call's thread looks at it before it waits for the delete that it began or joined.
        @Override
        public Duration elapsed() {
            boolean waits = StackWalker.getInstance()
                    .walk(frames -> frames.map(frame -> frame.getClassName() + "." + frame.getMethodName())
                            .anyMatch(WAITING::equals));
            if (waits && seen.add(Thread.currentThread())) {
                underWay.release();
            }
            return Duration.ofNanos(System.nanoTime());
        }

        @Override
        public void sleep(Duration duration) throws InterruptedException {
            Thread.sleep(duration);
        }

        void forget() {
            seen.clear();
            underWay.drainPermits();
        }

        void awaitCallersUnderWay(int callers) throws InterruptedException {
            underWay.acquire(callers);
        }
    }
}
