package io.unpost.dialect.twitter;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.unpost.dialect.DeleteCommand;
import io.unpost.dialect.Kind;
import io.unpost.dialect.Outcome.Verdict;
import io.unpost.dialect.RateLimit;
import io.unpost.dialect.WireResponse;
import io.unpost.dialect.testkit.Transcript;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TwitterErrorsTest {

    private static final DeleteCommand DELETE = new DeleteCommand(Kind.POSTS, "20");
    private static final Instant NOW = Instant.ofEpochSecond(1_700_000_000);
    private static final String READ_ONLY = "Error processing your OAuth request: Read-only application cannot POST";

    /// Every code that a delete can meet, with the status Twitter documents for it.
    @ParameterizedTest
    @CsvSource({
        "3,   400, Refused INVALID_REQUEST",
        "17,  404, NotFound",
        "32,  401, Refused CREDENTIALS_REJECTED",
        "34,  404, NotFound",
        "36,  403, Refused INVALID_REQUEST",
        "38,  403, Refused INVALID_REQUEST",
        "44,  400, Refused INVALID_REQUEST",
        "50,  404, NotFound",
        "63,  403, Refused REFUSED",
        "64,  403, Refused ACCOUNT_LOCKED",
        "68,  410, Refused ENDPOINT_RETIRED",
        "87,  403, Refused PERMISSION_MISSING",
        "88,  429, Throttled",
        "89,  401, Refused CREDENTIALS_REJECTED",
        "89,  403, Refused CREDENTIALS_REJECTED",
        "92,  403, Refused REFUSED",
        "93,  403, Refused PERMISSION_MISSING",
        "99,  403, Refused CREDENTIALS_REJECTED",
        "130, 503, Unavailable",
        "131, 500, Faulted",
        "135, 401, Refused CLOCK_REJECTED",
        "136, 401, Refused REFUSED",
        "136, 403, Refused REFUSED",
        "144, 404, AlreadyGone",
        "179, 403, Refused REFUSED",
        "183, 403, Refused NOT_OWNER",
        "185, 403, Throttled",
        "215, 400, Refused CREDENTIALS_REJECTED",
        "220, 403, Refused PERMISSION_MISSING",
        "226, 403, Refused REFUSED",
        "231, 401, Refused CREDENTIALS_REJECTED",
        "251, 410, Refused ENDPOINT_RETIRED",
        "261, 403, Refused PERMISSION_MISSING",
        "326, 403, Refused ACCOUNT_LOCKED",
        "416, 401, Refused PERMISSION_MISSING",
        "421, 404, NotFound",
        "422, 404, NotFound",
        "453, 403, Refused PERMISSION_MISSING"
    })
    void codeDecidesInEachShapeAndBeforeTheStatus(int code, int status, String verdict) {
        assertThat(words(status, "{\"errors\":[{\"code\":%d,\"message\":\"x\"}]}".formatted(code)))
                .isEqualTo(verdict);
        assertThat(words(status, "{\"errors\":[{\"message\":\"x\",\"code\":\"%d\"}]}".formatted(code)))
                .as("as a string")
                .isEqualTo(verdict);
        assertThat(words(status, "{\"code\":%d,\"message\":\"x\"}".formatted(code)))
                .as("at the top")
                .isEqualTo(verdict);
        assertThat(words(418, "{\"errors\":[{\"code\":%d}]}".formatted(code)))
                .as("with an odd status")
                .isEqualTo(verdict);
        assertThat(words(200, "{\"errors\":[{\"code\":%d}]}".formatted(code)))
                .as("with a 200")
                .isEqualTo(verdict);
        assertThat(words(200, "{\"id_str\":\"20\",\"errors\":[{\"code\":%d}]}".formatted(code)))
                .as("beside a tweet")
                .isEqualTo("Faulted");
    }

    @ParameterizedTest
    @CsvSource({
        "200, Faulted",
        "202, Faulted",
        "204, Faulted",
        "302, Faulted",
        "304, Faulted",
        "400, Refused INVALID_REQUEST",
        "401, Refused CREDENTIALS_REJECTED",
        "402, Refused PERMISSION_MISSING",
        "403, Refused REFUSED",
        "404, NotFound",
        "406, Refused INVALID_REQUEST",
        "408, Faulted",
        "460, Faulted",
        "409, Refused INVALID_REQUEST",
        "410, Refused ENDPOINT_RETIRED",
        "420, Throttled",
        "422, Refused INVALID_REQUEST",
        "429, Throttled",
        "451, Refused REFUSED",
        "500, Faulted",
        "502, Faulted",
        "503, Faulted",
        "504, Faulted"
    })
    void statusDecidesWhereNoKnownCodeDoes(int status, String verdict) {
        assertThat(words(status, "")).as("no body").isEqualTo(verdict);
        assertThat(words(status, "<html><title>Twitter / Error</title></html>"))
                .as("a page")
                .isEqualTo(verdict);
        assertThat(words(status, "{\"errors\":[{\"code\":99999,\"message\":\"new\"}]}"))
                .as("an unknown code")
                .isEqualTo(verdict);
        assertThat(words(status, "{\"errors\":[{\"message\":\"no code\"}]}"))
                .as("no code")
                .isEqualTo(verdict);
        assertThat(words(status, "{\"errors\":\"You have already retweeted this Tweet.\"}"))
                .as("errors as a string")
                .isEqualTo(verdict);
        assertThat(words(status, "{\"error\":\"Not Found\",\"request\":\"/1/x.json\"}"))
                .as("an error string")
                .isEqualTo(verdict);
        assertThat(words(status, "{\"code\":99999,\"message\":\"new\"}"))
                .as("an unknown code at the top")
                .isEqualTo(verdict);
    }

    @Test
    void readOnlyAppIsSeenThroughEachDisguise() {
        String expected = "Refused PERMISSION_MISSING";
        assertThat(words(401, "{\"request\":\"/x\",\"error\":\"Read-only application cannot POST.\"}"))
                .isEqualTo(expected);
        assertThat(words(401, "{\"errors\":[{\"message\":\"" + READ_ONLY + "\",\"code\":89}]}"))
                .isEqualTo(expected);
        assertThat(words(401, "{\"errors\":[{\"message\":\"" + READ_ONLY + "\",\"code\":32}]}"))
                .isEqualTo(expected);
        assertThat(words(401, "{\"errors\":\"" + READ_ONLY + "\"}")).isEqualTo(expected);
        assertThat(words(
                        403, "{\"errors\":[{\"message\":\"Application cannot perform write actions.\",\"code\":261}]}"))
                .isEqualTo(expected);
        assertThat(words(500, "{\"errors\":[{\"message\":\"" + READ_ONLY + "\",\"code\":89}]}"))
                .isEqualTo("Faulted");
    }

    @ParameterizedTest
    @CsvSource({
        "88,  144, Throttled",
        "144, 88,  Throttled",
        "144, 144, AlreadyGone",
        "144, 999, NotFound",
        "999, 144, NotFound",
        "999, 183, Refused NOT_OWNER",
        "34,  32,  NotFound",
        "32,  34,  Refused CREDENTIALS_REJECTED"
    })
    void firstKnownErrorDecidesAndAbsenceOnlyAlone(int first, int second, String verdict) {
        assertThat(words(404, "{\"errors\":[{\"code\":%d},{\"code\":%d}]}".formatted(first, second)))
                .isEqualTo(verdict);
    }

    @Test
    void absenceBesideAnErrorInWordsIsNone() {
        assertThat(words(404, "{\"errors\":[{\"code\":144}],\"error\":\"Rate limit\"}"))
                .isEqualTo("NotFound");
    }

    @ParameterizedTest
    @ValueSource(ints = {500, 502, 503, 504, 520})
    void serverErrorIsBelievedInNothingButOverCapacity(int status) {
        for (int code : new int[] {32, 34, 88, 131, 144, 183, 215}) {
            assertThat(words(status, "{\"errors\":[{\"code\":%d}]}".formatted(code)))
                    .isEqualTo("Faulted");
        }
        assertThat(words(status, "{\"errors\":[{\"code\":130}]}")).isEqualTo("Unavailable");
    }

    @ParameterizedTest
    @ValueSource(ints = {300, 301, 302, 303, 304, 307, 308})
    void redirectIsBelievedInNothing(int status) {
        assertThat(words(status, "{\"errors\":[{\"code\":144}]}")).isEqualTo("Faulted");
        assertThat(words(status, "{\"errors\":[{\"code\":130}]}")).isEqualTo("Faulted");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"id_str\":\"20\",\"errors\":[{}]}", "{\"id_str\":\"20\",\"errors\":[{\"title\":\"x\"}]}",
                "{\"id_str\":\"20\",\"errors\":{\"x\":1}}", "{\"id_str\":\"20\",\"errors\":\"x\"}",
                "{\"id_str\":\"20\",\"error\":\"x\"}", "{\"id_str\":\"20\",\"error\":{\"code\":1}}",
                "{\"id_str\":\"20\",\"error\":1,\"error\":2}", "{\"id_str\":\"20\",\"code\":89,\"message\":\"x\"}"
            })
    void errorOfAnyShapeBesideATweetIsNoSuccess(String body) {
        assertThat(words(200, body)).isEqualTo("Faulted");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"id_str\":\"20\",\"errors\":[]}",
                "{\"id_str\":\"20\",\"errors\":null}",
                "{\"id_str\":\"20\",\"error\":null}"
            })
    void emptyErrorsAreNone(String body) {
        assertThat(words(200, body)).isEqualTo("Deleted echo");
    }

    @Test
    void wordsOfTheProviderAreKept() {
        Verdict verdict =
                decode(404, Map.of(), "{\"errors\":[{\"code\":144,\"message\":\"No \\\"status\\\" found\"}]}");
        assertThat(verdict.says().code()).isEqualTo("144");
        assertThat(verdict.says().message()).isEqualTo("No \"status\" found");
        assertThat(decode(403, Map.of(), "{\"errors\":\"Not this one.\"}")
                        .says()
                        .message())
                .isEqualTo("Not this one.");
        assertThat(decode(502, Map.of(), "<html>").says().message()).isNull();
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                // retry-after, then remaining and seconds to the reset of each window, then the wait
                "60, 0, 900, -, -, -, -, PT1M",
                "-,  0, 900, -, -, -, -, PT15M",
                "-,  -, 900, -, -, -, -, PT15M",
                "-,  5, 900, -, -, -, -, -",
                "-,  0, 900, 0, 7200, -, -, PT2H",
                "-,  0, 900, 0, 7200, 0, 9000, PT2H30M",
                "-,  0, 900, 3, 7200, 4, 9000, PT15M",
                "-,  9, 900, 0, 7200, 4, 9000, PT2H",
                "-,  0, -900, -, -, -, -, -",
                "-,  0, 0, -, -, -, -, -",
                "-,  -, -, -, -, -, -, -",
                "soon, 0, 900, -, -, -, -, PT15M",
                "-1, 0, 900, -, -, -, -, PT15M",
            })
    void limitIsOverWhenAllUsedUpWindowsAre(
            @Nullable String retryAfter,
            @Nullable String remaining,
            @Nullable Long reset,
            @Nullable String appRemaining,
            @Nullable Long appReset,
            @Nullable String userRemaining,
            @Nullable Long userReset,
            @Nullable Duration wait) {
        var headers = new HashMap<String, String>();
        put(headers, "Retry-After", retryAfter);
        put(headers, "X-Rate-Limit-Remaining", remaining);
        put(headers, "X-Rate-Limit-Reset", epochSecond(reset));
        put(headers, "X-App-Limit-24Hour-Remaining", appRemaining);
        put(headers, "X-App-Limit-24Hour-Reset", epochSecond(appReset));
        put(headers, "X-User-Limit-24Hour-Remaining", userRemaining);
        put(headers, "X-User-Limit-24Hour-Reset", epochSecond(userReset));
        for (int status : new int[] {420, 429}) {
            assertThat(decode(status, headers, ""))
                    .isInstanceOfSatisfying(
                            Verdict.Throttled.class,
                            throttled -> assertThat(throttled.retryAfter()).isEqualTo(wait));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "99999999999999999999, 0, 1",
        "300, -1, 1",
        "300, x, 1",
        "300, 301, 1",
        "300, 0, 1700000000000",
        "300, 0, ''"
    })
    void absurdRateLimitIsNone(String limit, String remaining, String reset) {
        assertThat(decode(429, limit(limit, remaining, reset), "").says().rateLimit())
                .isNull();
    }

    @Test
    void wholeRateLimitIsToldAlsoBesideASuccess() {
        assertThat(decode(200, limit("300", "299", "1700000900"), "{\"id_str\":\"20\"}")
                        .says()
                        .rateLimit())
                .isEqualTo(new RateLimit(300, 299, NOW.plusSeconds(900)));
    }

    @Test
    void halfARateLimitIsNone() {
        assertThat(decode(200, Map.of("X-Rate-Limit-Limit", "300"), "{\"id_str\":\"20\"}")
                        .says()
                        .rateLimit())
                .isNull();
    }

    private static Map<String, String> limit(String limit, String remaining, String reset) {
        return Map.of("X-Rate-Limit-Limit", limit, "X-Rate-Limit-Remaining", remaining, "X-Rate-Limit-Reset", reset);
    }

    private static void put(Map<String, String> headers, String name, @Nullable String value) {
        if (value != null) {
            headers.put(name, value);
        }
    }

    private static @Nullable String epochSecond(@Nullable Long fromNow) {
        return fromNow == null ? null : Long.toString(NOW.getEpochSecond() + fromNow);
    }

    private static String words(int status, String body) {
        return Transcript.words(decode(status, Map.of(), body));
    }

    private static Verdict decode(int status, Map<String, String> headers, String body) {
        var framed = new HashMap<>(headers);
        framed.put("Content-Length", Integer.toString(body.getBytes(UTF_8).length));
        return new TwitterDialect().decode(DELETE, new WireResponse(status, framed, body.getBytes(UTF_8), NOW));
    }
}
