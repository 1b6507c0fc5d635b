package io.unpost.gateway.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A request that is hidden in another one, where two servers on the way could differ about its end.
final class SmugglingTest {

    private static final FakeProvider PROVIDER = new FakeProvider();
    private static final GatewayServer GATEWAY = GatewayServer.before(PROVIDER);
    private static final Pattern ANSWER = Pattern.compile("HTTP/1\\.1 (\\d+)");
    /// Below the time that a request has: the connection is ended at once, or the test fails.
    private static final int PATIENCE_MILLIS = 5_000;

    @AfterAll
    static void stop() {
        GATEWAY.close();
    }

    @BeforeEach
    void delete() {
        PROVIDER.deletes("7");
    }

    /// Each is read in two ways, at least by somebody.
    @ParameterizedTest
    @ValueSource(
            strings = {
                // Content-Length or Transfer-Encoding
                "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
                "Transfer-Encoding: chunked\r\nContent-Length: 5\r\n\r\n0\r\n\r\n",
                "Transfer-Encoding: chunked\r\nContent-Length: 0\r\n\r\n0\r\n\r\n",
                "Content-Length: 5\r\nTransfer-Encoding: xchunked\r\n\r\n0\r\n\r\n",
                "Content-Length: 5\r\nTransfer-Encoding : chunked\r\n\r\n0\r\n\r\n",
                "Content-Length: 5\r\nTransfer-Encoding:\tchunked\r\n\r\n0\r\n\r\n",
                "Content-Length: 5\r\nTransfer-Encoding:\u000bchunked\r\n\r\n0\r\n\r\n",
                "Content-Length: 5\r\nTransfer-Encoding:\r\n chunked\r\n\r\n0\r\n\r\n",
                // Transfer-Encoding that is not quite chunked
                "Transfer-Encoding: xchunked\r\n\r\n",
                "Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n",
                "Transfer-Encoding : chunked\r\n\r\n0\r\n\r\n",
                "Transfer-Encoding\t: chunked\r\n\r\n0\r\n\r\n",
                "Transfer-Encoding:\u000bchunked\r\n\r\n0\r\n\r\n",
                "Transfer-Encoding: chunked\u000b\r\n\r\n0\r\n\r\n",
                "Transfer-Encoding: \"chunked\"\r\n\r\n0\r\n\r\n",
                "Transfer-Encoding: identity\r\n\r\n",
                "Transfer-Encoding: gzip\r\n\r\n",
                "Transfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\n",
                "Transfer-Encoding: chunked\r\nTransfer-Encoding: gzip\r\n\r\n0\r\n\r\n",
                "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
                // Content-Length that is not one number
                "Content-Length: 0\r\nContent-Length: 5\r\n\r\n",
                "Content-Length: 5\r\nContent-Length: 0\r\n\r\n",
                "Content-Length: 0, 5\r\n\r\n",
                "Content-Length: +0\r\n\r\n",
                "Content-Length: 0x0\r\n\r\n",
                "Content-Length: -0\r\n\r\n",
                "Content-Length:\r\n\r\n",
                "Content-Length : 0\r\n\r\n",
                // ends of lines
                "X-Line: 1\nContent-Length: 5\r\n\r\n",
                "X-Line: 1\rContent-Length: 5\r\n\r\n",
                "X-Line: 1\n\n",
                "X-Line: 1\r\n\n"
            })
    void ambiguousRequestIsRefusedAndNothingAfterItIsDone(String ambiguous) throws IOException {
        assertThat(statuses(request(7) + ambiguous + request(9) + "\r\n")).containsExactly("400");

        assertThat(PROVIDER.sent()).isEmpty();
        assertThat(GATEWAY.audited()).isEmpty();
    }

    /// Nobody knows where such a body ends, so that no answer could be told from the next one's.
    @ParameterizedTest
    @ValueSource(
            strings = {
                "0x0\r\n\r\n",
                "+0\r\n\r\n",
                "-1\r\n\r\n",
                "g\r\n\r\n",
                "\r\n\r\n",
                "0 1\r\n\r\n",
                "0\n\n",
                "0;\n\r\n\r\n",
                "100000000\r\n\r\n",
                "ffffffffffffffff0\r\n\r\n",
                "1\r\nx0\r\n\r\n",
                "1\r\nxyz\r\n0\r\n\r\n",
                "1\nx\n0\n\n",
            })
    void brokenChunkEndsTheConnectionAndNothingIsDone(String body) throws IOException {
        String head = request(7) + "Transfer-Encoding: chunked\r\n\r\n";

        assertThat(statuses(head + body + request(9) + "\r\n")).isEmpty();

        assertThat(PROVIDER.sent()).isEmpty();
        assertThat(GATEWAY.audited()).isEmpty();
    }

    /// So that the tests above can fail.
    @Test
    void requestAfterAWholeOneIsDone() throws IOException {
        try (GatewayServer gateway = GatewayServer.before(PROVIDER)) {
            String whole = request(7) + "Transfer-Encoding: chunked\r\n\r\n1\r\nx\r\n0\r\n\r\n";

            assertThat(statuses(gateway, whole + request(8) + "Connection: close\r\n\r\n"))
                    .hasSize(2);
            assertThat(PROVIDER.sent()).extracting(sent -> sent.uri().getPath()).contains("/posts/7", "/posts/8");
            assertThat(gateway.audited()).hasSize(4);
        }
    }

    /// The lines of a request but for its end.
    private static String request(int id) {
        return "DELETE /v1/accounts/acme-news/posts/" + id + " HTTP/1.1\r\nHost: localhost\r\n"
                + Tokens.bearer(Tokens.everything()) + "\r\n";
    }

    private static List<String> statuses(String requests) throws IOException {
        return statuses(GATEWAY, requests);
    }

    /// What was answered until the gateway ended the connection.
    private static List<String> statuses(GatewayServer gateway, String requests) throws IOException {
        var answers = new StringBuilder();
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), gateway.port())) {
            socket.setSoTimeout(PATIENCE_MILLIS);
            socket.getOutputStream().write(requests.getBytes(UTF_8));
            var in = socket.getInputStream();
            for (int b = in.read(); b != -1; b = in.read()) {
                answers.append((char) b);
            }
        } catch (SocketException _) {
            // Ended while some of what was sent is not read.
        }
        return ANSWER.matcher(answers).results().map(answer -> answer.group(1)).toList();
    }
}
