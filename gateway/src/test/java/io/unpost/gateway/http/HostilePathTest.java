package io.unpost.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.unpost.gateway.engine.SignedRequest;
import java.net.URI;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Addresses that mean to confuse, sent as they are written.
final class HostilePathTest {

    private static final FakeProvider PROVIDER = new FakeProvider();
    private static final GatewayServer GATEWAY = GatewayServer.before(PROVIDER);
    private static final String POSTS = "/v1/accounts/acme-news/posts/";

    @AfterAll
    static void stop() {
        GATEWAY.close();
    }

    @BeforeEach
    void delete() {
        PROVIDER.deletes("7");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "7%2F8 | 7/8",
                "7%2f..%2f8 | 7/../8",
                "%2E%2E | ..",
                ".. | ..",
                ". | .",
                "7+8 | 7+8",
                "7%2B8 | 7+8",
                "7;8 | 7;8",
                "7;jsessionid=1 | 7;jsessionid=1",
                "7,8 | 7,8",
                "7%3Fdry_run=true | 7?dry_run=true",
                "7%26id=8 | 7&id=8",
                "7%238 | 7#8",
                "7%258 | 7%8",
                "7.json | 7.json",
                "7%2Ejson | 7.json",
                "%EF%BC%97 | ７",
                "-7 | -7",
                "07x | 07x",
                "{id} | ",
                "7%5C8 | 7\\8",
                "7@evil.example | 7@evil.example",
                "12345678901234567890 | 12345678901234567890"
            })
    void idsOfAnotherFormAreRefusedAsTheyWereMeant(String written, String meant) {
        Reply reply = GATEWAY.delete(POSTS + written);

        refused(reply, 400, "invalid_request");
        if (meant != null) {
            assertThat(reply.at("/id")).isEqualTo(meant);
            assertThat(reply.at("/instance")).isEqualTo(POSTS + written);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "7%00",
                "%00",
                "7%0D%0AHost:%20evil",
                "7%0A",
                "7%20",
                "%207",
                "7%09",
                "%C0%AF",
                "7%C0%AE",
                "%FF",
                "7%ED%A0%80",
                "%zz",
                "7%",
                "7%2",
                "%u0037",
                "7%E2%80%8B",
                "7\\8",
                "７",
                "7\"8",
                "7<8>",
                "7|8",
                "7^8",
                "7`8",
                "7[8]",
                "7#8"
            })
    void idsThatAreNoTextOfThatFormAreRefused(String written) {
        refused(GATEWAY.delete(POSTS + written), 400, "invalid_request");
    }

    @Test
    void percentEncodedDigitsAreDigits() {
        Reply reply = GATEWAY.delete("/v1/accounts/acme%2Dnews/p%6Fsts/%37");

        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.at("/id")).isEqualTo("7");
        assertThat(reply.at("/account")).isEqualTo("acme-news");
        assertThat(PROVIDER.sent())
                .extracting(SignedRequest::uri)
                .containsExactly(URI.create("https://fake.example/posts/7"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/v1/accounts/acme-news/posts/",
                "/v1/accounts/acme-news/posts",
                "/v1/accounts/acme-news/posts/7/",
                "/v1/accounts/acme-news/posts/7//",
                "/v1/accounts/acme-news/posts//7",
                "/v1/accounts/acme-news//posts/7",
                "/v1/accounts//posts/7",
                "/v1//accounts/acme-news/posts/7",
                "//v1/accounts/acme-news/posts/7",
                "/v1/accounts/acme-news/posts/7/8",
                "/v1/accounts/acme-news/posts/7/.",
                "/v1/accounts/acme-news/posts/7/..",
                "/v1/accounts/acme-news/posts/8/../7",
                "/v1/accounts/other/../acme-news/posts/7",
                "/./v1/accounts/acme-news/posts/7",
                "/v1;x=1/accounts/acme-news/posts/7",
                "/V1/accounts/acme-news/posts/7",
                "/v1/accounts%2Facme-news%2Fposts%2F7",
                "/v1%2Faccounts/acme-news/posts/7",
                "/"
            })
    void addressesOfAnotherShapeLeadNowhere(String path) {
        Reply reply = GATEWAY.delete(path);

        assertThat(PROVIDER.sent()).isEmpty();
        assertThat(reply.header("Content-Type")).isEqualTo("application/problem+json");
        assertThat(reply.at("/code")).isIn("unknown_route", "method_not_allowed");
        assertThat(reply.status()).isIn(404, 405);
    }

    @ParameterizedTest
    @ValueSource(ints = {20, 3_000})
    void longIdIsRefused(int length) {
        refused(GATEWAY.delete(POSTS + "7".repeat(length)), 400, "invalid_request");
    }

    @ParameterizedTest
    @ValueSource(ints = {10_000, 100_000})
    void hugeIdIsTooLarge(int length) {
        refused(GATEWAY.delete(POSTS + "7".repeat(length)), 413, "request_too_large");
    }

    @Test
    void hugeHeaderIsTooLarge() {
        refused(GATEWAY.delete(POSTS + "7", "X-Large: " + "x".repeat(20_000)), 413, "request_too_large");
    }

    @Test
    void absoluteFormIsTheSameAddress() {
        Reply reply = GATEWAY.delete("http://localhost:" + GATEWAY.port() + POSTS + "7");

        assertThat(reply.status()).isEqualTo(200);
        assertThat(PROVIDER.sent()).hasSize(1);
    }

    @Test
    void absoluteFormOfAProblemHasThePathAsItsInstance() {
        Reply reply = GATEWAY.delete("http://localhost:" + GATEWAY.port() + POSTS + "x");

        refused(reply, 400, "invalid_request");
        assertThat(reply.at("/instance")).isEqualTo(POSTS + "x");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                // RFC 9112 section 3.2: exactly one Host
                "",
                "Host: localhost\r\nHost: localhost\r\n",
                "Host: localhost\r\nHost: evil.example\r\n",
                // framing
                "Host: localhost\r\nContent-Length: 1\r\nContent-Length: 2\r\n",
                "Host: localhost\r\nContent-Length: -1\r\n",
                "Host: localhost\r\nContent-Length: x\r\n",
                "Host: localhost\r\nTransfer-Encoding: chunked\r\nContent-Length: 5\r\n",
                // headers
                "Host: localhost\r\nno colon\r\n",
                "Host: localhost\r\nBad Name: x\r\n",
                "Host: localhost\r\nX-Nul: a\0b\r\n",
                "Host : localhost\r\n"
            })
    void malformedHeadersAreRefused(String headers) {
        Reply reply = GATEWAY.raw("DELETE " + POSTS + "7 HTTP/1.1\r\n" + Tokens.bearer(Tokens.everything()) + "\r\n"
                + headers + "\r\n0\r\n\r\n");

        refused(reply, 400, "invalid_request");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "nonsense\r\n\r\n",
                "DELETE\r\n\r\n",
                "DELETE /v1/accounts/acme-news/posts/7 HTTP/1.1 x\r\nHost: localhost\r\n\r\n",
                "DELETE /v1/accounts/acme-news/posts/7 HTTPS/9\r\nHost: localhost\r\n\r\n",
                "DELETE /v1/accounts/acme-news/posts/7 8 HTTP/1.1\r\nHost: localhost\r\n\r\n",
                "\0\0\0\0\r\n\r\n"
            })
    void malformedRequestLinesAreRefused(String request) {
        refused(GATEWAY.raw(request), 400, "invalid_request");
    }

    private static void refused(Reply reply, int status, String code) {
        assertThat(PROVIDER.sent()).isEmpty();
        assertThat(reply.status()).isEqualTo(status);
        assertThat(reply.header("Content-Type")).isEqualTo("application/problem+json");
        assertThat(reply.header("X-Request-Id"))
                .isEqualTo(reply.at("/requestId"))
                .isNotEmpty();
        assertThat(reply.at("/code")).isEqualTo(code);
        assertThat(reply.at("/status")).isEqualTo(String.valueOf(status));
        assertThat(reply.body()).doesNotContain("Exception", "\tat ", "<html");
    }
}
