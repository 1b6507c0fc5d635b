package io.unpost.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What a browser is told of every answer.
final class ResponseHeadersTest {

    private static final FakeProvider PROVIDER = new FakeProvider();
    private static final GatewayServer GATEWAY = GatewayServer.before(PROVIDER);

    @AfterAll
    static void stop() {
        GATEWAY.close();
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /health, 200",
        "GET, /problems, 200",
        "GET, /problems/none, 404",
        "GET, /none, 404",
        "GET, /v1/accounts, 401",
        "PUT, /v1/accounts/acme-news/posts/7, 405",
        "DELETE, /v1/accounts/acme-news/posts/7, 401",
    })
    void noAnswerIsAPageOrKept(String method, String path, int status) {
        Reply reply = GATEWAY.anonymously(method, path);

        assertThat(reply.status()).isEqualTo(status);
        assertThat(reply.header("X-Content-Type-Options")).isEqualTo("nosniff");
        assertThat(reply.header("Content-Security-Policy")).isEqualTo("default-src 'none'; frame-ancestors 'none'");
        assertThat(reply.header("Cache-Control")).isEqualTo("no-store");
    }
}
