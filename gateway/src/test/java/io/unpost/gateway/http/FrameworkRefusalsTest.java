package io.unpost.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.unpost.gateway.accounts.AccountSource;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What the framework refuses on its own, in the gateway's words.
final class FrameworkRefusalsTest {

    private static final FakeProvider PROVIDER = new FakeProvider();
    private static final GatewayServer GATEWAY = GatewayServer.before(PROVIDER);

    @AfterAll
    static void stop() {
        GATEWAY.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"/nowhere", "/", "/v1", "/v2/accounts", "/favicon.ico", "/beans", "/env", "/metrics", "/login"})
    void unknownAddressIs404ForEverybody(String path) {
        for (Reply reply : List.of(GATEWAY.call("GET", path), GATEWAY.anonymously("GET", path))) {
            refused(reply, 404, "unknown_route");
            assertThat(reply.at("/instance")).isEqualTo(path);
            assertThat(reply.json().has("attempts")).isFalse();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /v1/accounts/acme-news/posts/7, DELETE",
        "POST, /v1/accounts/acme-news/posts/7, DELETE",
        "PATCH, /v1/accounts/acme-news/posts/7, DELETE",
        "OPTIONS, /v1/accounts/acme-news/posts/7, DELETE",
        "DELETE, /v1/accounts, 'GET, HEAD'",
        "POST, /v1/dialects, 'GET, HEAD'",
        "PUT, /problems/refused, 'GET, HEAD'",
        "BREW, /v1/accounts, 'GET, HEAD'",
        "DELETE, /health, 'GET, HEAD'",
        "DELETE, /prometheus, 'GET, HEAD'"
    })
    void wrongMethodIs405AndSaysWhichAreRight(String method, String path, String allowed) {
        Reply reply = GATEWAY.call(method, path);

        refused(reply, 405, "method_not_allowed");
        assertThat(Arrays.stream(String.join(",", reply.headers().get("Allow")).split(","))
                        .map(String::strip))
                .containsExactlyInAnyOrder(allowed.split(", "));
    }

    @ParameterizedTest
    @ValueSource(strings = {"POST", "DELETE"})
    void requestThatIsTooLargeIs413(String method) {
        Reply reply = GATEWAY.raw(method + " /v1/accounts/acme-news/posts/7 HTTP/1.1\r\nHost: localhost\r\n"
                + Tokens.bearer(Tokens.everything()) + "\r\nContent-Length: 99999999\r\n\r\n");

        refused(reply, 413, "request_too_large");
        assertThat(PROVIDER.sent()).isEmpty();
    }

    @Test
    void defectIs500WithoutItsCause() {
        AccountSource broken = () -> {
            throw new IllegalStateException("c4nary");
        };
        try (GatewayServer gateway = GatewayServer.before(new FakeProvider(), broken, Map.of())) {
            for (Reply reply :
                    List.of(gateway.delete("/v1/accounts/acme-news/posts/7"), gateway.call("GET", "/v1/accounts"))) {
                refused(reply, 500, "internal_error");
                assertThat(reply.body()).doesNotContain("c4nary", "IllegalState", "broken");
            }
        }
    }

    @Test
    void headIsAGetWithoutABody() {
        Reply reply = GATEWAY.call("HEAD", "/v1/accounts");

        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.header("Content-Type")).isEqualTo("application/json");
        assertThat(GATEWAY.anonymously("HEAD", "/problems/refused").status()).isEqualTo(200);
        assertThat(GATEWAY.call("HEAD", "/nowhere").status()).isEqualTo(404);
    }

    @Test
    void webPagesOfOtherOriginsAreGrantedNothing() {
        Reply reply = GATEWAY.call(
                "OPTIONS",
                "/v1/accounts/acme-news/posts/7",
                "Origin: http://evil.example",
                "Access-Control-Request-Method: DELETE");

        assertThat(reply.headers().keySet())
                .noneMatch(name -> name.toLowerCase(Locale.ROOT).startsWith("access-control-"));
    }

    @ParameterizedTest
    @CsvSource({
        "invalid_request, 400, false",
        "unauthenticated, 401, false",
        "forbidden, 403, false",
        "unknown_account, 404, false",
        "not_found, 404, false",
        "not_owner, 403, false",
        "refused, 403, false",
        "unsupported_kind, 422, false",
        "idempotency_mismatch, 422, false",
        "idempotency_in_progress, 409, true",
        "unknown_route, 404, false",
        "method_not_allowed, 405, false",
        "misdirected, 421, false",
        "request_too_large, 413, false",
        "rate_limited, 429, true",
        "credentials_rejected, 502, false",
        "permission_missing, 502, false",
        "account_locked, 502, false",
        "endpoint_retired, 502, false",
        "provider_unavailable, 503, true",
        "overloaded, 503, true",
        "outcome_unknown, 504, true",
        "internal_error, 500, false"
    })
    void everyCodeIsExplained(String code, int status, boolean retryable) {
        Reply reply = GATEWAY.anonymously("GET", "/problems/" + code);

        assertThat(reply.status()).isEqualTo(200);
        JsonNode problem = reply.json();
        assertThat(problem.get("code").textValue()).isEqualTo(code);
        assertThat(problem.get("status").intValue()).isEqualTo(status);
        assertThat(problem.get("retryable").booleanValue()).isEqualTo(retryable);
        assertThat(problem.get("mayBeGone").booleanValue())
                .isEqualTo(code.equals("not_found") || code.equals("outcome_unknown"));
        assertThat(problem.get("title").textValue()).isNotBlank();
        assertThat(problem.get("explanation").textValue()).endsWith(".");
    }

    @Test
    void thereIsNoOtherCode() {
        Stream<String> codes = StreamSupport.stream(
                        GATEWAY.anonymously("GET", "/problems")
                                .json()
                                .get("problems")
                                .spliterator(),
                        false)
                .map(problem -> problem.get("code").textValue());

        assertThat(codes).hasSize(23).doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @ValueSource(strings = {"none", "Refused", "REFUSED", "refused%20", "%2e%2e"})
    void unknownCodeIs404(String code) {
        refused(GATEWAY.anonymously("GET", "/problems/" + code), 404, "unknown_route");
    }

    private static void refused(Reply reply, int status, String code) {
        assertThat(reply.status()).isEqualTo(status);
        assertThat(reply.header("Content-Type")).isEqualTo("application/problem+json");
        assertThat(reply.header("Unpost-Outcome")).isEqualTo("not_deleted");
        JsonNode problem = reply.json();
        assertThat(problem.get("code").textValue()).isEqualTo(code);
        assertThat(problem.get("type").textValue()).isEqualTo("/problems/" + code);
        assertThat(problem.get("status").intValue()).isEqualTo(status);
        assertThat(problem.get("title").textValue()).isNotBlank();
        assertThat(problem.get("detail").textValue()).isNotBlank();
        assertThat(problem.get("outcome").textValue()).isEqualTo("not_deleted");
        assertThat(problem.get("mayBeGone").booleanValue()).isFalse();
        assertThat(problem.get("requestId").textValue()).isEqualTo(reply.header("X-Request-Id"));
        assertThat(problem.has("_links")).isFalse();
    }
}
