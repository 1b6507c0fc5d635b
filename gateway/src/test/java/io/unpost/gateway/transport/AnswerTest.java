package io.unpost.gateway.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import io.unpost.gateway.engine.Exchange;
import io.unpost.gateway.engine.Exchange.Answered;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What counts as an answer, and what it becomes.
@Timeout(60)
class AnswerTest {

    private static final TransportFixture GATEWAY = new TransportFixture();

    @AfterAll
    static void stop() {
        GATEWAY.close();
    }

    private static Exchange answer(String text) throws IOException {
        try (var upstream = new Upstream(connection -> {
            connection.read();
            connection.send(text);
        })) {
            return GATEWAY.send(upstream.uri("/"));
        }
    }

    private static String body(Exchange exchange) {
        assertThat(exchange).isInstanceOf(Answered.class);
        return new String(((Answered) exchange).response().body(), StandardCharsets.UTF_8);
    }

    @Test
    void statusHeadersAndBodyAreHandedOver() throws IOException {
        Exchange exchange = answer("HTTP/1.1 403 Forbidden\r\nX-A: 1\r\nx-a: 2\r\nContent-Length: 7\r\n\r\n{\"a\":1}");

        assertThat(exchange).asInstanceOf(type(Answered.class)).satisfies(answered -> {
            assertThat(answered.response().status()).isEqualTo(403);
            assertThat(answered.response().header("X-A")).contains("1, 2");
            assertThat(answered.response().header("content-length")).contains("7");
            assertThat(answered.response().at("/a")).contains("1");
        });
    }

    @Test
    void chunkedAnswerIsWholeWithItsLastChunk() throws IOException {
        Exchange exchange =
                answer("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\n{\"a\r\n4\r\n\":1}\r\n0\r\n\r\n");

        assertThat(body(exchange)).isEqualTo("{\"a\":1}");
    }

    @Test
    void answerFramedByCloseEndsWithTheConnection() throws IOException {
        assertThat(body(answer("HTTP/1.1 200 OK\r\n\r\n{\"a\":1}"))).isEqualTo("{\"a\":1}");
    }

    @Test
    void answerFramedByCloseKeepsNoLength() throws IOException {
        Exchange exchange = answer("HTTP/1.1 200 OK\r\n\r\n{\"a\":1");

        assertThat(((Answered) exchange).response().header("content-length")).isEmpty();
        assertThat(((Answered) exchange).response().header("transfer-encoding")).isEmpty();
        assertThat(((Answered) exchange).response().at("/a")).isEmpty();
    }

    @Test
    void answerWithoutBodyIsWhole() throws IOException {
        assertThat(body(answer("HTTP/1.1 204 No Content\r\n\r\n"))).isEmpty();
    }

    @Test
    void http10AnswerIsRead() throws IOException {
        assertThat(body(answer("HTTP/1.0 200 OK\r\nContent-Length: 2\r\n\r\n{}")))
                .isEqualTo("{}");
    }

    @ParameterizedTest
    @ValueSource(ints = {301, 302, 303, 307, 308})
    void redirectIsAnAnswerAndNotFollowed(int status) throws IOException {
        try (var second = new Upstream(Upstream.Connection::read);
                var first = new Upstream(connection -> {
                    connection.read();
                    connection.send("HTTP/1.1 " + status + " Moved\r\nLocation: " + second.uri("/")
                            + "\r\nContent-Length: 0\r\n\r\n");
                })) {
            Exchange exchange = GATEWAY.send(first.uri("/"));

            assertThat(((Answered) exchange).response().status()).isEqualTo(status);
            assertThat(first.connections()).isEqualTo(1);
            assertThat(second.connections()).isZero();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"100 Continue", "102 Processing", "103 Early Hints"})
    void informationalAnswerIsSkipped(String status) throws IOException {
        assertThat(body(answer("HTTP/1.1 " + status + "\r\nLink: x\r\n\r\n" + TransportFixture.OK)))
                .isEqualTo("{}");
    }

    @Test
    void compressedAnswerIsUndone() throws IOException {
        var zipped = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(zipped)) {
            gzip.write("{\"a\":1}".getBytes(StandardCharsets.UTF_8));
        }
        try (var upstream = new Upstream(connection -> {
            connection.read();
            connection.send(
                    "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: " + zipped.size() + "\r\n\r\n");
            connection.send(zipped.toByteArray());
        })) {
            Exchange exchange = GATEWAY.send(upstream.uri("/"));

            assertThat(body(exchange)).isEqualTo("{\"a\":1}");
            assertThat(((Answered) exchange).response().at("/a")).contains("1");
        }
    }

    @Test
    void longestAnswerIsOneMebibyte() throws IOException {
        String text = "a".repeat(1024 * 1024);

        assertThat(body(answer("HTTP/1.1 200 OK\r\nContent-Length: " + text.length() + "\r\n\r\n" + text)))
                .isEqualTo(text);
    }

    @Test
    void longHeadersAreRead() throws IOException {
        String policy = "a".repeat(24 * 1024);

        assertThat(answer("HTTP/1.1 204 No Content\r\nContent-Security-Policy: " + policy + "\r\n\r\n"))
                .isInstanceOf(Answered.class);
    }

    @Test
    void secondAnswerIsNoAnswerToTheNextRequest() throws Exception {
        BlockingQueue<String> answers = new LinkedBlockingQueue<>();
        answers.add(TransportFixture.OK + "HTTP/1.1 201 Stray\r\nContent-Length: 0\r\n\r\n");
        answers.add("HTTP/1.1 202 Right\r\nContent-Length: 0\r\n\r\n");
        try (var upstream = new Upstream(connection -> {
            connection.read();
            connection.send(answers.take());
            connection.awaitClose();
        })) {
            assertThat(body(GATEWAY.send(upstream.uri("/1")))).isEqualTo("{}");
            upstream.awaitClosedByUs();

            Exchange second = GATEWAY.send(upstream.uri("/2"));

            assertThat(((Answered) second).response().status()).isEqualTo(202);
            assertThat(upstream.connections()).isEqualTo(2);
        }
    }

    @Test
    void lateSecondAnswerClosesTheIdleConnection() throws Exception {
        BlockingQueue<String> strays = new LinkedBlockingQueue<>();
        try (var upstream = new Upstream(connection -> {
            connection.read();
            connection.send(TransportFixture.OK);
            connection.send(strays.take());
            connection.awaitClose();
        })) {
            GATEWAY.send(upstream.uri("/1"));
            strays.add("HTTP/1.1 408 Too Slow\r\nContent-Length: 0\r\n\r\n");

            upstream.awaitClosedByUs();
        }
    }

    @Test
    void connectionThatThePeerWantsClosedIsNotUsedAgain() throws Exception {
        try (var upstream = new Upstream(connection -> {
            connection.read();
            connection.send("HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 0\r\n\r\n");
            connection.awaitClose();
        })) {
            GATEWAY.send(upstream.uri("/1"));
            upstream.awaitClosedByUs();

            assertThat(GATEWAY.send(upstream.uri("/2"))).isInstanceOf(Answered.class);
            assertThat(upstream.connections()).isEqualTo(2);
        }
    }
}
