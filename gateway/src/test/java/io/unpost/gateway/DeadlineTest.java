package io.unpost.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.unpost.gateway.Provider.Script;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// A provider that takes for ever is left at the deadline, however busy it looks.
@Timeout(60)
final class DeadlineTest {

    private static final int MANY = 32;
    private static final AtomicInteger IDS = new AtomicInteger(1);

    @TempDir
    private static Path folder;

    private static Provider provider;
    private static Gateway gateway;

    @BeforeAll
    static void start() throws IOException {
        provider = new Provider();
        var accounts = new HashMap<>(
                Map.of("hasty", "timeouts: {connect: 300ms, attempt: 300ms, call: 700ms}", "usual", "", "limited", ""));
        // Each account's circuit breaker counts for itself, and none shall open.
        for (int i = 0; i < MANY; i++) {
            accounts.put("once-" + i, "attempts: 1, timeouts: {connect: 1s, attempt: 1s, call: 2s}");
        }
        gateway = Gateway.sidecar(folder, Gateway.accounts(provider, accounts));
    }

    @AfterAll
    static void stop() throws IOException {
        gateway.close();
        provider.close();
    }

    static Stream<Named<Script>> endless() {
        return Stream.of(
                Named.of("no byte", Call::stall),
                Named.of("half a status line", call -> {
                    call.send("HTTP/1.1 2");
                    call.stall();
                }),
                Named.of("headers, and no body", call -> {
                    call.send(call.head(200, "Content-Length: 100"));
                    call.stall();
                }),
                Named.of("a whole tweet, and no end of it", call -> {
                    call.send(call.head(200, "Connection: close") + Tweets.tweet(call.id()));
                    call.stall();
                }),
                Named.of("all chunks but the last", call -> {
                    String tweet = Tweets.tweet(call.id());
                    call.send(call.head(200, "Transfer-Encoding: chunked") + Integer.toHexString(tweet.length())
                            + "\r\n" + tweet + "\r\n");
                    call.stall();
                }),
                Named.of("announcements", call -> drip(call, "HTTP/1.1 103 Early Hints\r\n\r\n")),
                Named.of("header bytes", call -> {
                    call.send("HTTP/1.1 200 OK\r\nA: ");
                    drip(call, "a");
                }),
                Named.of("body bytes", call -> {
                    call.send(call.head(200, "Content-Length: 1000000"));
                    drip(call, " ");
                }),
                Named.of("chunks", call -> {
                    call.send(call.head(200, "Transfer-Encoding: chunked"));
                    drip(call, "1\r\n \r\n");
                }));
    }

    @ParameterizedTest
    @MethodSource("endless")
    void endlessAnswerIsLeftAtTheDeadline(Script answer) throws Exception {
        provider.does(call -> {
            call.commit();
            answer.play(call);
        });
        String id = id();

        Told told = gateway.delete("hasty", id);

        assertThat(told.status()).isEqualTo(504);
        assertThat(told.what()).isEqualTo("outcome_unknown");
        assertThat(told.at("/outcome")).isEqualTo("unknown");
        assertThat(told.at("/mayBeGone")).isEqualTo("true");
        // The second attempt may find too little time left.
        assertThat(provider.sends(id)).isBetween(1, 2);
        assertThat(told.at("/attempts")).isEqualTo(Integer.toString(provider.sends(id)));
        for (int i = 0; i < provider.sends(id); i++) {
            provider.awaitClosedByGateway();
        }
    }

    @Test
    void callerShortensTheDeadline() throws Exception {
        provider.does(Call::stall);
        String id = id();

        Told told = gateway.delete("usual", id, "Prefer", "wait=1");

        assertThat(told.status()).isEqualTo(504);
        // An attempt of the usual 3 s was cut down to what was left.
        assertThat(told.at("/attempts")).isEqualTo("1");
        assertThat(told.at("/detail")).doesNotContain("3000 ms");
        provider.awaitClosedByGateway();
    }

    /// A limit that ends after the deadline is told at once instead of waited for.
    @Test
    void waitThatDoesNotFitIsNotBegun() throws Exception {
        provider.does(call -> call.answer(429, Tweets.error(88), "Retry-After: 300"));
        String id = id();

        Told told = gateway.delete("limited", id);

        assertThat(told.what()).isEqualTo("rate_limited");
        assertThat(told.header("Retry-After")).isEqualTo("300");
        assertThat(provider.sends(id)).isEqualTo(1);
    }

    @Test
    void nothingIsLeftOfStalledCalls() throws Exception {
        provider.does(Call::stall);
        // The pools of threads are as large as they get.
        stalled();
        int before = ManagementFactory.getThreadMXBean().getThreadCount();

        for (int round = 0; round < 3; round++) {
            stalled();
        }

        assertThat(ManagementFactory.getThreadMXBean().getThreadCount()).isLessThan(before + MANY / 2);
        provider.does(Call::obey);
        assertThat(gateway.delete("usual", id()).claim()).isEqualTo("deleted by echo");
    }

    private static void stalled() throws Exception {
        Map<String, Told> told =
                gateway.deleteAllAt(IntStream.range(0, MANY).mapToObj(i -> "once-" + i + "/posts/" + id()));

        assertThat(told.values()).extracting(Told::what).containsOnly("outcome_unknown");
        assertThat(told.keySet()).allMatch(id -> provider.sends(id) == 1);
        for (int i = 0; i < MANY; i++) {
            provider.awaitClosedByGateway();
        }
        provider.awaitNoConnection();
    }

    /// A sleep here is the fault itself, not a wait for the other side.
    private static void drip(Call call, String text) throws IOException, InterruptedException {
        while (true) {
            call.send(text);
            Thread.sleep(20);
        }
    }

    private static String id() {
        return Integer.toString(IDS.getAndIncrement());
    }
}
