package io.unpost.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The gateway beside one application: no token, and nobody else.
final class SidecarTest {

    private static final FakeProvider PROVIDER = new FakeProvider();
    private static final Map<String, Object> RANDOM_PORTS =
            Map.of("micronaut.server.port", -1, "unpost.management.port", -1);
    private static final GatewayServer GATEWAY = GatewayServer.before(PROVIDER, RANDOM_PORTS, "sidecar", "sandbox");
    private static final int API = GATEWAY.port("api");
    private static final int MANAGEMENT = GATEWAY.port("management");
    private static final String PATH = "/v1/accounts/acme-news/posts/7";

    @AfterAll
    static void stop() {
        GATEWAY.close();
    }

    @BeforeEach
    void delete() {
        PROVIDER.deletes("7");
    }

    @Test
    void applicationNeedsNoToken() {
        assertThat(api("DELETE", PATH, "Host: localhost").status()).isEqualTo(200);
        assertThat(api("DELETE", PATH, "Host: localhost", "Authorization: Bearer nonsense")
                        .status())
                .isEqualTo(200);
        assertThat(api("GET", "/v1/accounts", "Host: localhost").body()).contains("acme-news", "other");
        assertThat(api("GET", "/v1/dialects", "Host: localhost").status()).isEqualTo(200);
    }

    @Test
    void allCallersShareTheIdempotencyKeys() {
        String key = "Idempotency-Key: shared";
        assertThat(api("DELETE", PATH, "Host: localhost", key).headers()).doesNotContainKey("Idempotent-Replayed");

        Reply replay = api("DELETE", PATH, "Host: 127.0.0.1", key, "Authorization: Bearer nonsense");

        assertThat(replay.header("Idempotent-Replayed")).isEqualTo("true");
        assertThat(PROVIDER.sent()).hasSize(1);
    }

    @Test
    void unknownAccountIs404() {
        Reply reply = api("DELETE", "/v1/accounts/Acme_News/posts/7", "Host: localhost");

        assertThat(reply.status()).isEqualTo(404);
        assertThat(reply.at("/code")).isEqualTo("unknown_account");
    }

    @Test
    void apiIsBoundToOneLoopbackAddress() {
        assertThatThrownBy(() -> {
                    try (var socket = new Socket(InetAddress.ofLiteral("127.0.0.2"), API)) {
                        throw new AssertionError("connected to " + socket);
                    }
                })
                .isInstanceOf(SocketException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "localhost",
                "localhost:8080",
                "LocalHost:1",
                "127.0.0.1",
                "127.0.0.1:8080",
                "[::1]",
                "[::1]:8080"
            })
    void namesOfTheLoopbackAreServed(String host) {
        assertThat(api("DELETE", PATH, "Host: " + host).status()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "evil.example",
                "evil.example:8080",
                "localhost.",
                "localhost.evil.example",
                "evil.localhost",
                "evil@localhost",
                "localhost@evil.example",
                "localhost, evil.example",
                "localhost evil.example",
                "localhost/",
                "localhost:",
                "localhost:x",
                "localhost:80:80",
                "127.0.0.2",
                "127.1",
                "2130706433",
                "0.0.0.0",
                "::1",
                "[::1",
                "::1]",
                "[::1].evil.example",
                "[127.0.0.1]",
                "gateway.internal"
            })
    void otherNamesAreMisdirected(String host) {
        Reply reply = api("DELETE", PATH, "Host: " + host);

        refused(reply, 421, "misdirected");
        refused(api("GET", "/v1/accounts", "Host: " + host), 421, "misdirected");
        refused(api("GET", "/nowhere", "Host: " + host), 421, "misdirected");
    }

    @Test
    void exactlyOneHostIsServed() {
        refused(api("DELETE", PATH), 421, "misdirected");
        refused(api("DELETE", PATH, "Host: localhost", "Host: evil.example"), 421, "misdirected");
        refused(api("DELETE", PATH, "Host: localhost", "Host: localhost"), 421, "misdirected");
    }

    @Test
    void requestLineMayNameTheLoopback() {
        assertThat(api("DELETE", "http://localhost:8080" + PATH, "Host: localhost")
                        .status())
                .isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource({
        "http://evil.example, localhost",
        "http://localhost, evil.example",
        "https://evil.example, localhost",
        "HTTP://EVIL.EXAMPLE, localhost",
        "http://localhost@evil.example, localhost",
        "http://evil:1@localhost, localhost",
        "//evil.example, localhost",
        "http://, localhost"
    })
    void requestLineThatNamesAnotherHostIsMisdirected(String origin, String host) {
        refused(api("DELETE", origin + PATH, "Host: " + host), 421, "misdirected");
    }

    @Test
    void furtherHostsCanBeAllowed() {
        Map<String, Object> settings = Map.of(
                "micronaut.server.port", -1,
                "unpost.management.port", -1,
                "unpost.allowed-hosts", List.of("gateway.internal", "gw"));
        try (GatewayServer gateway = GatewayServer.before(PROVIDER, settings, "sidecar")) {
            int port = gateway.port("api");

            assertThat(List.of("gateway.internal", "Gateway.Internal:8080", "gw", "localhost", "evil.example"))
                    .extracting(host ->
                            exchange(port, "DELETE", PATH, "Host: " + host).status())
                    .containsExactly(200, 200, 200, 200, 421);
        }
    }

    @Test
    void ownOriginIsServed() {
        assertThat(api("DELETE", PATH, "Host: localhost:" + API, "Origin: http://localhost:" + API)
                        .status())
                .isEqualTo(200);
        assertThat(api("DELETE", PATH, "Host: [::1]:" + API, "Origin: http://[::1]:" + API)
                        .status())
                .isEqualTo(200);
        assertThat(api("DELETE", PATH, "Host: LOCALHOST", "Origin: http://localhost")
                        .status())
                .isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://evil.example",
                "null",
                "",
                "http://localhost",
                "http://localhost:81",
                "https://localhost:80",
                "http://127.0.0.1:80",
                "http://localhost:80/",
                "http://localhost:80 http://evil.example",
                "localhost:80",
                "file://"
            })
    void otherOriginsAreForbidden(String origin) {
        refused(api("DELETE", PATH, "Host: localhost:80", "Origin: " + origin), 403, "forbidden");
        refused(api("GET", "/v1/accounts", "Host: localhost:80", "Origin: " + origin), 403, "forbidden");
        refused(
                api(
                        "OPTIONS",
                        PATH,
                        "Host: localhost:80",
                        "Origin: " + origin,
                        "Access-Control-Request-Method: DELETE"),
                403,
                "forbidden");
    }

    @Test
    void everyOriginOfSeveralCounts() {
        refused(
                api("DELETE", PATH, "Host: localhost", "Origin: http://localhost", "Origin: http://evil.example"),
                403,
                "forbidden");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/health", "/health/liveness", "/health/readiness"})
    void healthIsServedOnBothListenersToProbesOfAnyName(String path) {
        assertThat(api("GET", path, "Host: localhost").at("/status")).isEqualTo("UP");
        assertThat(exchange(MANAGEMENT, "GET", path, "Host: 10.1.2.3:8081").at("/status"))
                .isEqualTo("UP");
        assertThat(exchange(MANAGEMENT, "GET", path, "Host: evil.example").headers())
                .containsKey("X-Request-Id");
    }

    @Test
    void metricsAreServedOnBothListeners() {
        for (Reply reply : List.of(
                api("GET", "/prometheus", "Host: localhost"),
                exchange(MANAGEMENT, "GET", "/prometheus", "Host: 10.1.2.3:8081"))) {
            assertThat(reply.status()).isEqualTo(200);
            assertThat(reply.body()).contains("\nunpost_build_info{");
        }
        refused(api("GET", "/prometheus", "Host: evil.example"), 421, "misdirected");
        refused(api("GET", "/prometheus", "Host: localhost", "Origin: http://evil.example"), 403, "forbidden");
    }

    @Test
    void withTokensOnlyTheManagementListenerShowsMetricsToEverybody() {
        Map<String, Object> settings = Map.of(
                "micronaut.server.port", -1,
                "unpost.management.port", -1,
                "micronaut.security.enabled", true);
        try (GatewayServer gateway = GatewayServer.before(PROVIDER, settings, "sidecar")) {
            int api = gateway.port("api");
            int management = gateway.port("management");
            String token = Tokens.bearer(Tokens.everything());

            refused(exchange(api, "GET", "/prometheus", "Host: localhost"), 401, "unauthenticated");
            assertThat(exchange(api, "GET", "/prometheus", "Host: localhost", token)
                            .status())
                    .isEqualTo(200);
            assertThat(exchange(management, "GET", "/prometheus", "Host: 10.1.2.3")
                            .status())
                    .isEqualTo(200);
            refused(exchange(management, "DELETE", PATH, "Host: localhost", token), 404, "unknown_route");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "DELETE, /v1/accounts/acme-news/posts/7",
        "GET, /prometheus/",
        "GET, /prometheus/x",
        "GET, /metrics",
        "GET, /v1/accounts",
        "GET, /v1/dialects",
        "GET, /problems",
        "GET, /problems/refused",
        "GET, /sandbox",
        "POST, /sandbox/reset",
        "POST, /sandbox/twitter/1.1/statuses/destroy/1.json",
        "DELETE, /sandbox/weibo/statuses/destroy/1.xml",
        "GET, /",
        "GET, /nowhere",
        "GET, /healthy",
        "GET, /v1/accounts?/health",
        "DELETE, /health/../v1/accounts/acme-news/posts/7",
        "DELETE, /health/%2e%2e/v1/accounts/acme-news/posts/7",
        "DELETE, //v1/accounts/acme-news/posts/7",
        "DELETE, http://localhost/v1/accounts/acme-news/posts/7",
        "DELETE, /v1/accounts/acme-news/posts/7#/health"
    })
    void nothingElseIsServedOnTheManagementListener(String method, String path) {
        refused(exchange(MANAGEMENT, method, path, "Host: localhost"), 404, "unknown_route");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Host: evil.example\r\nno colon\r\n",
                "no colon\r\nHost: evil.example\r\n",
                "Host: evil.example\r\nContent-Length: x\r\n",
                "Host: evil.example\r\nTransfer-Encoding: chunked\r\nContent-Length: 5\r\n",
                "Host: evil.example\r\nX-Nul: \0\r\n"
            })
    void malformedRequestsDoNotSlipPast(String headers) {
        for (int port : new int[] {API, MANAGEMENT}) {
            Reply reply = GatewayServer.exchange(port, "DELETE " + PATH + " HTTP/1.1\r\n" + headers + "\r\n", true);

            refused(reply, 400, "invalid_request");
        }
    }

    @Test
    void requestsThatAreTooLargeDoNotSlipPast() {
        for (int port : new int[] {API, MANAGEMENT}) {
            refused(
                    exchange(port, "DELETE", PATH, "Host: evil.example", "X-Large: " + "x".repeat(20_000)),
                    413,
                    "request_too_large");
        }
    }

    @Test
    void withoutTokensTheApiIsNotOpenToTheNetwork() {
        refusedToStart(Map.of("micronaut.security.enabled", false, "micronaut.server.host", "0.0.0.0"));
        refusedToStart(Map.of("micronaut.security.enabled", false, "micronaut.server.host", "gateway.example"));
        refusedToStart(Map.of("micronaut.server.netty.listeners.api.host", "0.0.0.0"), "sidecar");
        refusedToStart(Map.of("micronaut.server.netty.listeners.api.host", "::"), "sidecar");
        refusedToStart(Map.of("micronaut.server.netty.listeners.further.port", -1), "sidecar");
    }

    @Test
    void withoutTokensTheLoopbackMayBeServed() {
        try (GatewayServer gateway = GatewayServer.before(
                PROVIDER, Map.of("micronaut.security.enabled", false, "micronaut.server.host", "127.0.0.1"))) {
            assertThat(exchange(gateway.port(), "DELETE", PATH, "Host: localhost")
                            .status())
                    .isEqualTo(200);
            assertThat(exchange(gateway.port(), "DELETE", PATH, "Host: evil.example")
                            .status())
                    .isEqualTo(421);
        }
    }

    private static void refusedToStart(Map<String, Object> settings, String... environments) {
        assertThatThrownBy(() ->
                        GatewayServer.before(PROVIDER, settings, environments).close())
                .rootCause()
                .isInstanceOf(StartRefused.class)
                .hasMessageContaining("127.0.0.1, localhost or ::1 only");
    }

    private static Reply api(String method, String path, String... lines) {
        return exchange(API, method, path, lines);
    }

    private static Reply exchange(int port, String method, String path, String... lines) {
        String request = method + " " + path + " HTTP/1.1\r\n" + String.join("\r\n", lines)
                + (lines.length == 0 ? "" : "\r\n") + "Connection: close\r\n\r\n";
        return GatewayServer.exchange(port, request, true);
    }

    private static void refused(Reply reply, int status, String code) {
        assertThat(PROVIDER.sent()).isEmpty();
        assertThat(reply.status()).isEqualTo(status);
        assertThat(reply.header("Content-Type")).isEqualTo("application/problem+json");
        assertThat(reply.at("/code")).isEqualTo(code);
        assertThat(reply.at("/requestId")).isNotEmpty().isEqualTo(reply.header("X-Request-Id"));
    }
}
