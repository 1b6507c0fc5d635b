package io.unpost.gateway.http;

import static io.unpost.gateway.http.FakeProvider.answer;
import static io.unpost.gateway.http.FakeProvider.neverLeft;
import static io.unpost.gateway.http.FakeProvider.noAnswer;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.nimbusds.jwt.JWTClaimsSet;
import io.unpost.dialect.Item;
import io.unpost.dialect.Outcome.Verdict;
import io.unpost.dialect.ProviderSays;
import io.unpost.dialect.Reason;
import io.unpost.gateway.http.FakeProvider.Step;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What callers see of an idempotency key. Each test has keys of its own.
final class IdempotentCallsTest {

    private static final FakeProvider PROVIDER = new FakeProvider();
    private static final GatewayServer GATEWAY = GatewayServer.before(PROVIDER);

    private static final String PATH = "/v1/accounts/acme-news/posts/7";
    private static final String REPLAYED = "Idempotent-Replayed";
    private static final int LIMIT = 64 << 10;
    private static final ProviderSays OK = new ProviderSays(200, null, null, null);
    private static final Verdict DELETED = Verdict.Deleted.echo(
            new Item(
                    "7",
                    "Hello",
                    null,
                    null,
                    null,
                    new Item.Counts(1L, null, 2L),
                    new Item.Author("1", "ann", "Ann", "http://ann.example", "https://a.example/1.png", true, false)),
            OK);

    private String key = "";

    @AfterAll
    static void stop() {
        GATEWAY.close();
    }

    @BeforeEach
    void deletes(TestInfo test) {
        key = "Idempotency-Key: " + test.getTestMethod().orElseThrow().getName() + " "
                + test.getDisplayName().hashCode();
        PROVIDER.plays(answer(DELETED, "{\"id\": 7}"));
    }

    @Test
    void replayIsTheFirstAnswerWithItsOwnRequestId() {
        PROVIDER.plays(noAnswer("a reset"), answer(DELETED));
        Reply first = GATEWAY.delete(PATH, key, "X-Request-Id: one");

        Reply replay = GATEWAY.delete(PATH, key, "X-Request-Id: two");

        assertThat(first.headers()).doesNotContainKey(REPLAYED);
        assertThat(first.at("/attempts")).isEqualTo("2");
        assertThat(replay.status()).isEqualTo(200);
        assertThat(replay.header(REPLAYED)).isEqualTo("true");
        assertThat(replay.header("X-Request-Id")).isEqualTo("two");
        assertThat(replay.body()).isEqualTo(first.body().replace("\"one\"", "\"two\""));
        assertThat(PROVIDER.sent()).hasSize(2);
    }

    @Test
    void callsWithoutAKeyAreNotReplayed() {
        GATEWAY.delete(PATH, key);

        assertThat(GATEWAY.delete(PATH).headers()).doesNotContainKey(REPLAYED);
        assertThat(GATEWAY.delete(PATH, key + "2").headers()).doesNotContainKey(REPLAYED);
        assertThat(PROVIDER.sent()).hasSize(3);
    }

    @ParameterizedTest
    @ValueSource(strings = {"other/posts/7", "acme-news/reposts/7", "acme-news/posts/8", "acme-news/posts/07"})
    void keyBelongsToOneTarget(String other) {
        GATEWAY.delete(PATH, key);
        PROVIDER.plays();

        Reply reply = GATEWAY.delete("/v1/accounts/" + other, key);

        assertThat(reply.status()).isEqualTo(422);
        assertThat(reply.at("/code")).isEqualTo("idempotency_mismatch");
        assertThat(reply.at("/retryable")).isEqualTo("false");
        assertThat(reply.at("/attempts")).isEqualTo("0");
        assertThat(reply.header("Unpost-Outcome")).isEqualTo("not_deleted");
        assertThat(GATEWAY.delete(PATH, key).header(REPLAYED)).isEqualTo("true");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"acme-news/posts/%37", "%61cme-news/posts/7", "acme-news/%70osts/7", "acme-news/posts/7?raw=1"})
    void spellingOfTheAddressDoesNotMatter(String same) {
        GATEWAY.delete(PATH, key);

        assertThat(GATEWAY.delete("/v1/accounts/" + same, key).header(REPLAYED)).isEqualTo("true");
        assertThat(PROVIDER.sent()).hasSize(1);
    }

    @Test
    void everyCallerHasKeysOfItsOwn() {
        List<String> callers = Stream.of(
                        Tokens.everything(),
                        Tokens.everything().issuer("https://a.example"),
                        Tokens.everything().issuer("https://b.example"),
                        Tokens.everything().issuer("null"),
                        Tokens.everything().subject("another"),
                        Tokens.everything().issuer("https://a.example").subject("another"))
                .map(Tokens::bearer)
                .toList();

        for (String caller : callers) {
            Reply first = GATEWAY.anonymously("DELETE", PATH, caller, key);
            assertThat(first.headers()).as(caller).doesNotContainKey(REPLAYED);
        }
        assertThat(PROVIDER.sent()).hasSize(callers.size());
        for (String caller : callers) {
            assertThat(GATEWAY.anonymously("DELETE", PATH, caller, key).header(REPLAYED))
                    .isEqualTo("true");
        }
        assertThat(PROVIDER.sent()).hasSize(callers.size());
    }

    @Test
    void callerIsTheSubjectWhateverNamesItInMicronaut() {
        try (var gateway = GatewayServer.before(PROVIDER, Map.of("micronaut.security.token.name-key", "team"))) {
            JWTClaimsSet.Builder ann = Tokens.everything().subject("ann").claim("team", "t");
            JWTClaimsSet.Builder bob = Tokens.everything().subject("bob").claim("team", "t");

            gateway.anonymously("DELETE", PATH, Tokens.bearer(ann), key);
            Reply reply = gateway.anonymously("DELETE", PATH, Tokens.bearer(bob), key);

            assertThat(reply.headers()).doesNotContainKey(REPLAYED);
        }
    }

    @ParameterizedTest
    @CsvSource({"'',?raw=true", "?raw=true,''", "'',?trim_user=true", "?trim_user=true,''", "?raw=1,?raw=1&trim_user=1"
    })
    void wishesAreTheReplayingCallers(String first, String second) {
        GATEWAY.delete(PATH + first, key);

        Reply replay = GATEWAY.delete(PATH + second, key, "X-Request-Id: r");

        assertThat(replay.header(REPLAYED)).isEqualTo("true");
        assertThat(replay.body())
                .isEqualTo(GATEWAY.delete(PATH + second, "X-Request-Id: r").body());
    }

    @Test
    void replayCanBeMinimal() {
        GATEWAY.delete(PATH, key);

        Reply replay = GATEWAY.delete(PATH, key, "Prefer: return=minimal");

        assertThat(replay.status()).isEqualTo(204);
        assertThat(replay.body()).isEmpty();
        assertThat(replay.header(REPLAYED)).isEqualTo("true");
        assertThat(replay.header("Preference-Applied")).isEqualTo("return=minimal");
        assertThat(replay.header("Unpost-Outcome")).isEqualTo("deleted");
        assertThat(replay.header("Unpost-Evidence")).isEqualTo("echo");
        assertThat(replay.header("Unpost-Visibility")).isEqualTo("everyone");
    }

    @Test
    void minimalAnswerIsReplayedInFull() {
        assertThat(GATEWAY.delete(PATH, key, "Prefer: return=minimal").status()).isEqualTo(204);

        Reply replay = GATEWAY.delete(PATH, key);

        assertThat(replay.status()).isEqualTo(200);
        assertThat(replay.at("/item/text")).isEqualTo("Hello");
    }

    static Stream<Arguments> rawBodies() {
        String secret = GatewayServer.SECRETS.getLast();
        return Stream.of(
                Arguments.of("the limit", "x".repeat(LIMIT)),
                Arguments.of("one more", "x".repeat(LIMIT + 1)),
                Arguments.of("a megabyte", "茶".repeat(300_000)),
                Arguments.of("half a character", "x".repeat(LIMIT - 1) + "茶"),
                Arguments.of("half a surrogate pair", "x".repeat(LIMIT - 2) + "🍵🍵"),
                Arguments.of("a secret at the limit", "x".repeat(LIMIT - 2) + secret),
                Arguments.of("secrets only", secret.repeat(20_000)),
                Arguments.of("nothing", ""));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("rawBodies")
    void rawBodyIsTheSameAtReplay(String name, String body) {
        PROVIDER.plays(answer(DELETED, body));
        JsonNode first = GATEWAY.delete(PATH + "?raw=true", key).json().get("provider");

        Reply replay = GATEWAY.delete(PATH + "?raw=true", key);

        assertThat(replay.header(REPLAYED)).as(name).isEqualTo("true");
        assertThat(replay.json().get("provider")).isEqualTo(first);
    }

    static Stream<Arguments> finalAnswers() {
        return Stream.concat(
                Stream.of(
                        Arguments.of(200, "already_gone", new Verdict.AlreadyGone(said(404))),
                        Arguments.of(202, "unverified", new Verdict.Unverified("It was not named.", null, OK)),
                        Arguments.of(404, "not_found", new Verdict.NotFound(said(404)))),
                Arrays.stream(Reason.values()).map(reason -> {
                    int status = switch (reason) {
                        case INVALID_REQUEST -> 400;
                        case NOT_OWNER, REFUSED -> 403;
                        case CREDENTIALS_REJECTED,
                                CLOCK_REJECTED,
                                PERMISSION_MISSING,
                                ACCOUNT_LOCKED,
                                ENDPOINT_RETIRED -> 502;
                    };
                    String code = reason == Reason.CLOCK_REJECTED ? "CREDENTIALS_REJECTED" : reason.name();
                    return Arguments.of(status, code.toLowerCase(Locale.ROOT), new Verdict.Refused(reason, said(403)));
                }));
    }

    @ParameterizedTest(name = "{1} {2}")
    @MethodSource("finalAnswers")
    void finalAnswerIsReplayed(int status, String what, Verdict verdict) {
        PROVIDER.says(verdict);
        Reply first = GATEWAY.delete(PATH, key, "X-Request-Id: r");
        PROVIDER.plays();

        Reply replay = GATEWAY.delete(PATH, key, "X-Request-Id: r");

        assertThat(first.status()).isEqualTo(status);
        assertThat(first.body()).contains('"' + what + '"');
        assertThat(replay.status()).isEqualTo(status);
        assertThat(replay.body()).isEqualTo(first.body());
        assertThat(replay.header(REPLAYED)).isEqualTo("true");
        assertThat(replay.header("Unpost-Outcome")).isEqualTo(first.header("Unpost-Outcome"));
        assertThat(replay.header("Content-Type")).isEqualTo(first.header("Content-Type"));
    }

    static Stream<Arguments> passingTroubles() {
        return Stream.of(
                Arguments.of(504, noAnswer("a reset")),
                Arguments.of(504, answer(new Verdict.Faulted("a bare 503", said(503)))),
                Arguments.of(503, neverLeft("connection refused")),
                Arguments.of(503, answer(new Verdict.Unavailable(null, said(503)))),
                Arguments.of(429, answer(new Verdict.Throttled(null, said(429)))));
    }

    @ParameterizedTest
    @MethodSource("passingTroubles")
    void keyIsFreeAfterATroubleThatPasses(int status, Step trouble) {
        PROVIDER.plays(trouble);
        assertThat(GATEWAY.delete(PATH, key).status()).isEqualTo(status);
        PROVIDER.says(DELETED);

        Reply second = GATEWAY.delete("/v1/accounts/acme-news/posts/7", key);

        assertThat(second.status()).isEqualTo(200);
        assertThat(second.headers()).doesNotContainKey(REPLAYED);
        assertThat(GATEWAY.delete(PATH, key).header(REPLAYED)).isEqualTo("true");
    }

    static Stream<String> unusableKeys() {
        return Stream.of(
                "Idempotency-Key:",
                "Idempotency-Key:  ",
                "Idempotency-Key: " + "x".repeat(256),
                "Idempotency-Key: schlüssel",
                "Idempotency-Key: 鍵",
                "Idempotency-Key: a\tb",
                "Idempotency-Key: a\u007fb",
                "Idempotency-Key: a\r\nIdempotency-Key: b",
                "Idempotency-Key: a\r\nidempotency-key: a");
    }

    @ParameterizedTest
    @MethodSource("unusableKeys")
    void unusableKeyIsRefusedAndNothingSent(String lines) {
        PROVIDER.plays();

        Reply reply = GATEWAY.delete(PATH, lines.split("\r\n"));

        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.at("/code")).isEqualTo("invalid_request");
        assertThat(reply.headers()).doesNotContainKey(REPLAYED);
    }

    @Test
    void unusableKeyIsToldWhatIsUsable() {
        assertThat(GATEWAY.delete(PATH, "Idempotency-Key:").at("/detail"))
                .contains("Idempotency-Key", "1 to 255 printable ASCII characters", "at most once");
    }

    @ParameterizedTest
    @MethodSource("usableKeys")
    void everyPrintableCharacterMayStandInAKey(String usable) {
        assertThat(GATEWAY.delete(PATH, "Idempotency-Key: " + usable).status()).isEqualTo(200);
        assertThat(GATEWAY.delete(PATH, "idempotency-key:" + usable).header(REPLAYED))
                .isEqualTo("true");
        assertThat(GATEWAY.delete(PATH, "Idempotency-Key: " + usable.replace('x', 'X') + "'")
                        .headers())
                .doesNotContainKey(REPLAYED);
    }

    static Stream<String> usableKeys() {
        return Stream.of(
                "x",
                "\"x\"",
                "x, y",
                "x".repeat(254),
                IntStream.rangeClosed('!', '~').mapToObj(Character::toString).reduce("", String::concat));
    }

    @Test
    void longestKeyHas255Characters() {
        String longest = "Idempotency-Key: " + "y".repeat(255);

        assertThat(GATEWAY.delete(PATH, longest).status()).isEqualTo(200);
        assertThat(GATEWAY.delete(PATH, longest).header(REPLAYED)).isEqualTo("true");
    }

    @ParameterizedTest
    @CsvSource({
        "401, unauthenticated, none, acme-news/posts/7",
        "403, forbidden, other, acme-news/posts/7",
        "404, unknown_account, all, acme-none/posts/7",
        "422, unsupported_kind, all, acme-news/likes/7",
        "400, invalid_request, all, acme-news/posts/x",
        "400, invalid_request, all, acme-news/posts/7?raw=maybe"
    })
    void everyOtherRefusalComesFirst(int status, String code, String caller, String rest) {
        GATEWAY.delete(PATH, key);
        PROVIDER.plays();
        String token = switch (caller) {
            case "none" -> "X-Token: none";
            case "other" -> Tokens.bearer(Tokens.claims(List.of("other"), "delete"));
            default -> Tokens.bearer(Tokens.everything());
        };

        // The same once the key is taken, and where it could not be one.
        for (String line : List.of(key, "Idempotency-Key:")) {
            Reply reply = GATEWAY.anonymously("DELETE", "/v1/accounts/" + rest, token, line);

            assertThat(reply.status()).isEqualTo(status);
            assertThat(reply.at("/code")).isEqualTo(code);
            assertThat(reply.at("/detail")).doesNotContain("Idempotency-Key");
            assertThat(reply.headers()).doesNotContainKey(REPLAYED);
        }
        assertThat(GATEWAY.delete(PATH, key).header(REPLAYED)).isEqualTo("true");
    }

    @Test
    void dryRunNeitherReadsNorTakesAKey() {
        PROVIDER.plays();
        assertThat(GATEWAY.delete(PATH + "?dry_run=true", key).at("/outcome")).isEqualTo("planned");
        assertThat(GATEWAY.delete(PATH + "?dry_run=true", "Idempotency-Key:").status())
                .isEqualTo(400);
        PROVIDER.deletes("8");

        Reply first = GATEWAY.delete("/v1/accounts/acme-news/posts/8", key);
        Reply dry = GATEWAY.delete(PATH + "?dry_run=true", key);

        assertThat(first.status()).isEqualTo(200);
        assertThat(first.headers()).doesNotContainKey(REPLAYED);
        assertThat(dry.at("/outcome")).isEqualTo("planned");
        assertThat(dry.headers()).doesNotContainKey(REPLAYED);
    }

    private static ProviderSays said(int status) {
        return new ProviderSays(status, "4", "no", null);
    }
}
