package io.unpost.gateway.transport;

import static org.assertj.core.api.Assertions.assertThat;

import io.unpost.gateway.engine.Exchange;
import io.unpost.gateway.engine.Exchange.NoAnswer;
import io.unpost.gateway.transport.Upstream.Connection;
import io.unpost.gateway.transport.Upstream.Script;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Whatever breaks after the request left: the provider may have acted on it.
@Timeout(60)
class NoAnswerTest {

    private static final TransportFixture GATEWAY = new TransportFixture();

    @AfterAll
    static void stop() {
        GATEWAY.close();
    }

    static Stream<Named<Script>> breaksByItself() {
        return Stream.of(
                after("RST once the request is read", Connection::reset),
                after("FIN once the request is read", _ -> {}),
                after("FIN within the headers", c -> c.send("HTTP/1.1 200 OK\r\nContent-Le")),
                after("short Content-Length", c -> c.send("HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\n{}")),
                after("cut chunk", c -> c.send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n9\r\n{}")),
                after("no last chunk", c -> c.send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n")),
                after("bad chunk", c -> c.send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n{}\r\n")),
                after("framed by close, then RST", c -> {
                    c.send("HTTP/1.1 200 OK\r\n\r\n{}");
                    c.reset();
                }),
                after("only an announcement", c -> c.send("HTTP/1.1 103 Early Hints\r\n\r\n")),
                after("cut gzip, framed by chunks", c -> {
                    c.send("HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n");
                    c.send(Arrays.copyOf(gzip(1000), 5));
                }));
    }

    static Stream<Named<Script>> closedByUs() {
        return Stream.of(
                after("garbage status line", c -> c.send("I am a teapot\r\n\r\n")),
                after("binary", c -> c.send(new byte[] {0, 1, 2, 10, 13, 10, 13, 10})),
                after(
                        "two lengths",
                        c -> c.send("HTTP/1.1 200 OK\r\nContent-Length: 2\r\nContent-Length: 3\r\n\r\n{}")),
                after("another protocol", c -> c.send("HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\n\r\n")),
                after("1 MB header", c -> c.send("HTTP/1.1 200 OK\r\nA: " + "a".repeat(1_000_000) + "\r\n\r\n")),
                after("10 000 headers", c -> c.send("HTTP/1.1 200 OK\r\n" + "A: a\r\n".repeat(10_000) + "\r\n")),
                after(
                        "no gzip",
                        c -> c.send(
                                "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 12\r\n\r\nthis is none")),
                after("body over 1 MiB", c -> {
                    c.send("HTTP/1.1 200 OK\r\nContent-Length: 1073741824\r\n\r\n");
                    endless(c, "a".repeat(8192));
                }),
                after("endless chunks", c -> {
                    c.send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n");
                    endless(c, "4\r\naaaa\r\n".repeat(1000));
                }),
                after("endless body until close", c -> {
                    c.send("HTTP/1.1 200 OK\r\n\r\n");
                    endless(c, "a".repeat(8192));
                }),
                after("200 MB in 200 KB of gzip", c -> {
                    byte[] bomb = gzip(200_000_000);
                    c.send("HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: " + bomb.length + "\r\n\r\n");
                    c.send(bomb);
                    c.awaitClose();
                }));
    }

    static Stream<Named<Script>> takesForEver() {
        return Stream.of(
                after("stall", Connection::awaitClose),
                after("stall within the headers", c -> c.send("HTTP/1.1 200 OK\r\nContent-Le")),
                after("stall within the body", c -> c.send("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n{")),
                after(
                        "no end of the chunks",
                        c -> c.send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n")),
                after("no close", c -> c.send("HTTP/1.1 200 OK\r\n\r\n{}")),
                after("header by header", c -> {
                    c.send("HTTP/1.1 200 OK\r\n");
                    drip(c, "a");
                }),
                after("body byte by byte", c -> {
                    c.send("HTTP/1.1 200 OK\r\nContent-Length: 900000\r\n\r\n");
                    drip(c, "a");
                }),
                after("announcement by announcement", c -> drip(c, "HTTP/1.1 102 Processing\r\n\r\n")));
    }

    @ParameterizedTest
    @MethodSource("breaksByItself")
    void brokenAnswerIsNone(Script script) throws Exception {
        try (var upstream = new Upstream(script)) {
            Exchange exchange = GATEWAY.send(upstream.uri("/?token=secret"));

            assertThat(exchange).isInstanceOf(NoAnswer.class);
            assertThat(exchange.toString()).doesNotContain("secret", "token", "localhost");
            assertThat(upstream.connections()).isEqualTo(1);
            upstream.request();
            assertThat(upstream.unreadRequests()).isZero();
        }
    }

    @ParameterizedTest
    @MethodSource("closedByUs")
    void impossibleAnswerIsNoneAndEndsTheConnection(Script script) throws Exception {
        try (var upstream = new Upstream(connection -> {
            script.play(connection);
            connection.awaitClose();
        })) {
            assertThat(GATEWAY.send(upstream.uri("/"))).isInstanceOf(NoAnswer.class);
            upstream.awaitClosedByUs();
            assertThat(upstream.connections()).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @MethodSource("takesForEver")
    void lateAnswerIsNoneAndEndsTheConnection(Script script) throws Exception {
        try (var upstream = new Upstream(connection -> {
            script.play(connection);
            connection.awaitClose();
        })) {
            Exchange exchange = GATEWAY.send(upstream.uri("/"), TransportFixture.SHORT);

            assertThat(exchange).isEqualTo(new NoAnswer("no whole answer came within 200 ms"));
            upstream.awaitClosedByUs();
            assertThat(upstream.connections()).isEqualTo(1);
        }
    }

    @Test
    void interruptLosesNothing() throws Exception {
        var interrupted = new CountDownLatch(1);
        try (var upstream = new Upstream(connection -> {
            connection.read();
            interrupted.await();
            connection.send(TransportFixture.OK);
        })) {
            var kept = new boolean[1];
            var exchange = new Exchange[1];
            Thread caller = Thread.ofVirtual().start(() -> {
                exchange[0] = GATEWAY.send(upstream.uri("/"));
                kept[0] = Thread.currentThread().isInterrupted();
            });
            upstream.request();
            caller.interrupt();
            interrupted.countDown();
            caller.join();

            assertThat(exchange[0]).isInstanceOf(Exchange.Answered.class);
            assertThat(kept[0]).isTrue();
        }
    }

    private static Named<Script> after(String name, Script answer) {
        return Named.of(name, connection -> {
            connection.read();
            answer.play(connection);
        });
    }

    private static void endless(Connection connection, String text) throws IOException {
        while (true) {
            connection.send(text);
        }
    }

    /// A sleep here is the fault itself, not a wait for the other side.
    private static void drip(Connection connection, String text) throws Exception {
        while (true) {
            connection.send(text);
            Thread.sleep(20);
        }
    }

    private static byte[] gzip(int zeros) throws IOException {
        var zipped = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(zipped)) {
            byte[] block = new byte[1000];
            for (int i = 0; i < zeros / block.length; i++) {
                gzip.write(block);
            }
        }
        return zipped.toByteArray();
    }
}
