package io.unpost.gateway;

import static java.util.Map.entry;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What callers are told of everything that Twitter v1.1 can answer to a delete.
@Timeout(120)
final class ProviderAnswersTest {

    /// What a word of the contract means to a caller: status, outcome, whether it may be gone, whether to try again.
    private record Meaning(int status, String outcome, boolean mayBeGone, boolean retryable) {}

    private static final Map<String, Meaning> CONTRACT = Map.ofEntries(
            entry("deleted", new Meaning(200, "deleted", false, false)),
            entry("already_gone", new Meaning(200, "already_gone", false, false)),
            entry("invalid_request", new Meaning(400, "not_deleted", false, false)),
            entry("not_found", new Meaning(404, "not_deleted", true, false)),
            entry("not_owner", new Meaning(403, "not_deleted", false, false)),
            entry("refused", new Meaning(403, "not_deleted", false, false)),
            entry("rate_limited", new Meaning(429, "not_deleted", false, true)),
            entry("credentials_rejected", new Meaning(502, "not_deleted", false, false)),
            entry("permission_missing", new Meaning(502, "not_deleted", false, false)),
            entry("account_locked", new Meaning(502, "not_deleted", false, false)),
            entry("endpoint_retired", new Meaning(502, "not_deleted", false, false)),
            entry("provider_unavailable", new Meaning(503, "not_deleted", false, true)),
            entry("outcome_unknown", new Meaning(504, "unknown", true, true)));

    private static final String READ_ONLY = "Read-only application cannot POST.";
    private static final String NONE = "";

    /// An answer of the provider, and what the caller is told of it.
    ///
    /// @param headers lines
    /// @param told the gateway's word
    /// @param retryAfter the seconds a caller is told to wait; empty for no such header
    /// @param code what is passed on as the provider's code; empty for none
    /// @param message what is passed on as the provider's text; empty for none
    record Row(
            String name,
            int status,
            List<String> headers,
            String body,
            String told,
            String retryAfter,
            String code,
            String message) {

        /// An error in the usual form.
        static Row coded(int status, int code, String told) {
            return new Row(
                    status + ", code " + code,
                    status,
                    List.of(),
                    Tweets.error(code),
                    told,
                    told.equals("rate_limited") || told.equals("provider_unavailable") ? "60" : NONE,
                    Integer.toString(code),
                    Tweets.message(code));
        }

        /// An answer without a code.
        static Row plain(int status, String what, String body, String told) {
            String retryAfter = told.equals("rate_limited") ? "60" : NONE;
            return new Row(status + ", " + what, status, List.of(), body, told, retryAfter, NONE, NONE);
        }

        static Row page(int status, String told) {
            return plain(status, "a page", Tweets.html("Twitter / Error"), told);
        }

        static Row empty(int status, String told) {
            return plain(status, "empty", "", told);
        }

        /// The same under this header, which makes callers wait so long.
        Row with(String header, String retryAfter) {
            return new Row(name + ", " + header, status, List.of(header), body, told, retryAfter, code, message);
        }

        Row saying(String code, String message) {
            return new Row(name, status, headers, body, told, retryAfter, code, message);
        }
    }

    static Stream<Named<Row>> table() {
        return Stream.of(
                        // By code.
                        Row.coded(400, 3, "invalid_request"),
                        Row.coded(404, 17, "not_found"),
                        Row.coded(401, 32, "credentials_rejected"),
                        Row.coded(404, 34, "not_found"),
                        Row.coded(403, 36, "invalid_request"),
                        Row.coded(403, 38, "invalid_request"),
                        Row.coded(400, 44, "invalid_request"),
                        Row.coded(404, 50, "not_found"),
                        Row.coded(403, 63, "refused"),
                        Row.coded(403, 64, "account_locked"),
                        Row.coded(410, 68, "endpoint_retired"),
                        Row.coded(403, 87, "permission_missing"),
                        Row.coded(429, 88, "rate_limited"),
                        Row.coded(401, 89, "credentials_rejected"),
                        Row.coded(403, 89, "credentials_rejected"),
                        Row.coded(403, 92, "refused"),
                        Row.coded(403, 93, "permission_missing"),
                        Row.coded(403, 99, "credentials_rejected"),
                        Row.coded(503, 130, "provider_unavailable"),
                        Row.coded(500, 131, "outcome_unknown"),
                        Row.coded(401, 135, "credentials_rejected"),
                        Row.coded(401, 136, "refused"),
                        Row.coded(404, 144, "already_gone"),
                        Row.coded(403, 179, "refused"),
                        Row.coded(403, 183, "not_owner"),
                        Row.coded(403, 185, "rate_limited"),
                        Row.coded(400, 215, "credentials_rejected"),
                        Row.coded(403, 220, "permission_missing"),
                        Row.coded(403, 226, "refused"),
                        Row.coded(401, 231, "credentials_rejected"),
                        Row.coded(410, 251, "endpoint_retired"),
                        Row.coded(403, 261, "permission_missing"),
                        Row.coded(403, 326, "account_locked"),
                        Row.coded(401, 416, "permission_missing"),
                        Row.coded(404, 421, "not_found"),
                        Row.coded(404, 422, "not_found"),
                        Row.coded(403, 453, "permission_missing"),
                        // Codes that belong to other calls, and codes that nobody knows: by status.
                        Row.coded(403, 139, "refused"),
                        Row.coded(403, 187, "refused"),
                        Row.coded(403, 272, "refused"),
                        Row.coded(400, 324, "invalid_request"),
                        Row.coded(409, 355, "invalid_request"),
                        Row.coded(401, 417, "credentials_rejected"),
                        Row.coded(200, 99_999, "outcome_unknown"),
                        Row.coded(302, 99_999, "outcome_unknown"),
                        Row.coded(400, 99_999, "invalid_request"),
                        Row.coded(401, 99_999, "credentials_rejected"),
                        Row.coded(403, 99_999, "refused"),
                        Row.coded(404, 99_999, "not_found"),
                        Row.coded(410, 99_999, "endpoint_retired"),
                        Row.coded(420, 99_999, "rate_limited"),
                        Row.coded(429, 99_999, "rate_limited"),
                        Row.coded(500, 99_999, "outcome_unknown"),
                        Row.coded(503, 99_999, "outcome_unknown"),
                        // A code that its status belies proves nothing.
                        Row.coded(500, 144, "outcome_unknown"),
                        Row.coded(502, 183, "outcome_unknown"),
                        Row.coded(302, 144, "outcome_unknown"),
                        Row.coded(200, 131, "outcome_unknown"),
                        // Other forms.
                        Row.plain(403, "a string of errors", "{\"errors\":\"Not this one.\"}", "refused")
                                .saying(NONE, "Not this one."),
                        Row.plain(404, "version 1", "{\"error\":\"Not Found\",\"request\":\"/1/x.json\"}", "not_found")
                                .saying(NONE, "Not Found"),
                        Row.plain(401, "read-only", "{\"error\":\"" + READ_ONLY + "\"}", "permission_missing")
                                .saying(NONE, READ_ONLY),
                        Row.plain(401, "read-only, code 89", error("89", READ_ONLY), "permission_missing")
                                .saying("89", READ_ONLY),
                        Row.plain(403, "version 2", "{\"code\":183,\"message\":\"Not yours\"}", "not_owner")
                                .saying("183", "Not yours"),
                        Row.plain(404, "a code in quotes", error("\"144\"", "a"), "already_gone")
                                .saying("144", "a"),
                        Row.plain(404, "144, then an unknown code", errors(144, 99_999), "not_found")
                                .saying("144", Tweets.message(144)),
                        Row.plain(404, "an unknown code, then 144", errors(99_999, 144), "not_found")
                                .saying("99999", Tweets.message(99_999)),
                        Row.plain(403, "144, then 64", errors(144, 64), "account_locked")
                                .saying("64", Tweets.message(64)),
                        Row.plain(
                                404,
                                "144 twice in one object",
                                "{\"errors\":[{\"code\":144,\"code\":34}]}",
                                "not_found"),
                        Row.plain(404, "XML", "<hash><request>/1</request><error>Not Found</error></hash>", "not_found")
                                .saying(NONE, "Not Found"),
                        // By status.
                        Row.empty(200, "outcome_unknown"),
                        Row.page(200, "outcome_unknown"),
                        Row.plain(200, "an empty object", "{}", "outcome_unknown"),
                        Row.plain(200, "an empty list", "[]", "outcome_unknown"),
                        Row.empty(204, "outcome_unknown"),
                        Row.empty(301, "outcome_unknown").with("Location: /elsewhere", NONE),
                        Row.empty(302, "outcome_unknown").with("Location: http://169.254.169.254/", NONE),
                        Row.empty(303, "outcome_unknown").with("Location: file:///etc/passwd", NONE),
                        Row.empty(304, "outcome_unknown"),
                        Row.empty(307, "outcome_unknown").with("Location: //elsewhere", NONE),
                        Row.empty(308, "outcome_unknown").with("Location: :", NONE),
                        Row.page(400, "invalid_request"),
                        Row.empty(401, "credentials_rejected"),
                        Row.page(401, "credentials_rejected"),
                        Row.empty(403, "refused"),
                        Row.page(403, "refused"),
                        Row.page(404, "not_found"),
                        Row.empty(404, "not_found"),
                        Row.page(406, "invalid_request"),
                        Row.page(407, "outcome_unknown"),
                        Row.page(408, "outcome_unknown"),
                        Row.page(410, "endpoint_retired"),
                        Row.page(422, "invalid_request"),
                        Row.page(425, "outcome_unknown"),
                        Row.page(451, "refused"),
                        Row.page(499, "outcome_unknown"),
                        Row.page(500, "outcome_unknown"),
                        Row.page(502, "outcome_unknown"),
                        Row.page(503, "outcome_unknown"),
                        Row.page(504, "outcome_unknown"),
                        Row.page(599, "outcome_unknown"),
                        // How long to wait.
                        Row.page(420, "rate_limited"),
                        Row.page(429, "rate_limited"),
                        Row.page(420, "rate_limited").with("Retry-After: 30", "30"),
                        Row.coded(429, 88, "rate_limited").with("Retry-After: 7", "7"),
                        Row.coded(429, 88, "rate_limited").with("Retry-After: 0", "1"),
                        Row.coded(429, 88, "rate_limited").with("Retry-After: 1000000000", "900"),
                        Row.coded(429, 88, "rate_limited").with("Retry-After: 99999999999999999999", "60"),
                        Row.coded(429, 88, "rate_limited").with("Retry-After: -1", "60"),
                        Row.coded(429, 88, "rate_limited").with("Retry-After: soon", "60"),
                        Row.coded(429, 88, "rate_limited").with("Retry-After: Sat, 01 Jan 2000 00:00:00 GMT", "60"),
                        Row.coded(429, 88, "rate_limited").with("x-rate-limit-reset: 9999999999", "900"),
                        Row.coded(429, 88, "rate_limited").with("x-rate-limit-reset: 1", "60"),
                        Row.coded(403, 185, "rate_limited").with("x-app-limit-24hour-reset: 9999999999", "900"),
                        Row.coded(503, 130, "provider_unavailable").with("Retry-After: 7", "7"),
                        Row.page(503, "outcome_unknown").with("Retry-After: 7", "7"),
                        Row.coded(404, 144, "already_gone").with("Retry-After: 7", NONE),
                        Row.coded(403, 183, "not_owner").with("Retry-After: 7", NONE))
                .map(row -> Named.of(row.name(), row));
    }

    private static final AtomicLong IDS = new AtomicLong(1);

    @TempDir
    private static Path folder;

    private static final Map<String, Row> ROWS = new ConcurrentHashMap<>();

    private static Provider provider;
    private static Gateway gateway;

    @BeforeAll
    static void start() throws IOException {
        provider = new Provider();
        provider.does(call -> {
            Row row = requireNonNull(ROWS.get(call.id()));
            call.answer(row.status(), row.body(), row.headers().toArray(String[]::new));
        });
        gateway = Gateway.sidecar(folder, Gateway.accounts(provider, Map.of("once", "attempts: 1", "usual", "")));
    }

    @BeforeEach
    void forget() {
        gateway.forget();
    }

    @AfterAll
    static void stop() throws IOException {
        gateway.close();
        provider.close();
    }

    @ParameterizedTest
    @MethodSource("table")
    void answerIsToldAsTheContractSays(Row row) {
        String id = id(row);

        Told told = gateway.delete("once", id);

        Meaning meaning = requireNonNull(CONTRACT.get(row.told()));
        boolean success = meaning.status() == 200;
        assertThat(told.what()).isEqualTo(row.told());
        assertThat(told.status()).isEqualTo(meaning.status());
        assertThat(told.at("/outcome")).isEqualTo(meaning.outcome());
        assertThat(told.header("Unpost-Outcome")).isEqualTo(meaning.outcome());
        assertThat(told.header("Retry-After")).isEqualTo(row.retryAfter());
        assertThat(told.at("/provider/status")).isEqualTo(Integer.toString(row.status()));
        assertThat(told.at("/id")).isEqualTo(id);
        assertThat(told.at("/attempts")).isEqualTo("1");
        assertThat(told.header("Content-Type")).isEqualTo(success ? "application/json" : "application/problem+json");
        if (success) {
            assertThat(told.at("/evidence")).isEqualTo("absence");
        } else {
            assertThat(told.at("/mayBeGone")).isEqualTo(Boolean.toString(meaning.mayBeGone()));
            assertThat(told.at("/retryable")).isEqualTo(Boolean.toString(meaning.retryable()));
            assertThat(told.at("/status")).isEqualTo(Integer.toString(meaning.status()));
            assertThat(told.at("/type")).isEqualTo("/problems/" + row.told());
            assertThat(told.at("/provider/code")).isEqualTo(row.code());
            assertThat(told.at("/provider/message")).isEqualTo(row.message());
        }
        assertThat(provider.sends(id)).isEqualTo(1);
        assertThat(provider.refused()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 401, 402, 403, 404, 405, 406, 409, 410, 411, 413, 414, 415, 422, 431, 451})
    void unknownCodeOfARefusalIsNotTriedAgain(int status) {
        String id = id(Row.coded(status, 99_999, "?"));

        Told told = gateway.delete("usual", id);

        assertThat(told.status()).isGreaterThanOrEqualTo(400);
        assertThat(told.at("/outcome")).isEqualTo("not_deleted");
        assertThat(told.at("/retryable")).isEqualTo("false");
        assertThat(provider.sends(id)).isEqualTo(1);
    }

    /// No status makes a success of an answer that does not name the tweet.
    @ParameterizedTest
    @MethodSource("statuses")
    void unknownCodeIsNeverASuccess(int status) {
        Told told = gateway.delete("once", id(Row.coded(status, 99_999, "?")));

        assertThat(told.status()).isGreaterThanOrEqualTo(400);
        assertThat(told.at("/outcome")).isIn("not_deleted", "unknown");
        assertThat(told.at("/outcome")).isEqualTo(status >= 400 && status < 500 ? told.at("/outcome") : "unknown");
    }

    static IntStream statuses() {
        return IntStream.of(
                200, 201, 202, 203, 205, 206, 207, 226, 299, 300, 305, 306, 399, 418, 426, 444, 450, 460, 501, 505,
                599);
    }

    /// A tweet that comes with any other status than a 2xx confirms nothing.
    @ParameterizedTest
    @ValueSource(ints = {300, 301, 302, 400, 401, 403, 404, 410, 429, 500, 503})
    void tweetConfirmsNothingButInASuccess(int status) {
        String id = Long.toString(IDS.getAndIncrement());
        ROWS.put(id, Row.plain(status, "the tweet", Tweets.tweet(id), "?"));

        assertThat(gateway.delete("once", id).at("/outcome")).isIn("not_deleted", "unknown");
    }

    @ParameterizedTest
    @ValueSource(strings = {"x-rate-limit-reset", "x-app-limit-24hour-reset", "x-user-limit-24hour-reset"})
    void limitEndsWhenItsWindowDoes(String header) {
        long reset = Instant.now().plusSeconds(600).getEpochSecond();
        String id = id(Row.coded(429, 88, "rate_limited").with(header + ": " + reset, "?"));

        String retryAfter = gateway.delete("once", id).header("Retry-After");

        assertThat(Long.parseLong(retryAfter)).isBetween(480L, 600L);
    }

    private static String id(Row row) {
        String id = Long.toString(IDS.getAndIncrement());
        ROWS.put(id, row);
        return id;
    }

    private static String error(String code, String message) {
        return "{\"errors\":[{\"message\":\"" + message + "\",\"code\":" + code + "}]}";
    }

    private static String errors(int first, int second) {
        return """
            {"errors":[{"code":%d,"message":"%s"},{"code":%d,"message":"%s"}]}\
            """.formatted(first, Tweets.message(first), second, Tweets.message(second));
    }
}
