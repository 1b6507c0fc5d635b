package io.unpost.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What a browser is told of every answer.
final class ResponseHeadersTest {

    private static final FakeProvider PROVIDER = new FakeProvider();
    private static final GatewayServer GATEWAY = GatewayServer.before(PROVIDER);
    private static final GatewayServer SIDECAR = GatewayServer.before(
            PROVIDER, Map.of("micronaut.server.port", -1, "unpost.management.port", -1), "sidecar");

    @AfterAll
    static void stop() {
        GATEWAY.close();
        SIDECAR.close();
    }

    @BeforeEach
    void delete() {
        PROVIDER.deletes("7");
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
        isNoPage(GATEWAY.anonymously(method, path), status);
    }

    @ParameterizedTest
    @CsvSource({
        "posts/7, X-Line: 1, 200",
        "posts/7, Prefer: return=minimal, 204",
        "posts/7?dry_run=true, X-Line: 1, 200",
        "posts/x, X-Line: 1, 400",
        "posts/7, Host: evil.example, 400",
        "posts/7, no colon, 400",
        "posts/7, Content-Length: 16385, 413",
        "likes/7, X-Line: 1, 422",
    })
    void noAnswerToADeleteIs(String target, String line, int status) {
        isNoPage(GATEWAY.delete("/v1/accounts/acme-news/" + target, line), status);
    }

    @ParameterizedTest
    @CsvSource({
        "api, DELETE, /v1/accounts/acme-news/posts/7, Host: localhost, 200",
        "api, DELETE, /v1/accounts/acme-news/posts/x, Host: localhost, 400",
        "api, GET, /v1/accounts, Host: localhost, 200",
        "api, GET, /prometheus, Host: localhost, 200",
        "api, GET, /v1/accounts, Host: evil.example, 421",
        "api, GET, /v1/accounts, no colon, 400",
        "management, GET, /health, Host: 10.1.2.3, 200",
        "management, GET, /prometheus, Host: 10.1.2.3, 200",
        "management, DELETE, /v1/accounts/acme-news/posts/7, Host: localhost, 404",
        "management, GET, /health, no colon, 400",
    })
    void noAnswerOfASidecarIs(String listener, String method, String path, String line, int status) {
        String request = method + " " + path + " HTTP/1.1\r\n" + line + "\r\nConnection: close\r\n\r\n";

        isNoPage(GatewayServer.exchange(SIDECAR.port(listener), request, true), status);
    }

    @ParameterizedTest
    @CsvSource({"Host: localhost, Origin: http://evil.example, 403", "Host: localhost, X-Large: %s, 413"})
    void noRefusalOfASidecarIs(String host, String line, int status) {
        String request = "DELETE /v1/accounts/acme-news/posts/7 HTTP/1.1\r\n" + host + "\r\n"
                + line.formatted("x".repeat(20_000)) + "\r\nConnection: close\r\n\r\n";

        isNoPage(GatewayServer.exchange(SIDECAR.port("api"), request, true), status);
    }

    private static void isNoPage(Reply reply, int status) {
        assertThat(reply.status()).isEqualTo(status);
        assertThat(reply.header("X-Content-Type-Options")).isEqualTo("nosniff");
        assertThat(reply.header("Content-Security-Policy")).isEqualTo("default-src 'none'; frame-ancestors 'none'");
        assertThat(reply.header("Cache-Control")).isEqualTo("no-store");
    }
}
