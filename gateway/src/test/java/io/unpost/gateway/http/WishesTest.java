package io.unpost.gateway.http;

import static io.unpost.gateway.http.FakeProvider.answer;
import static io.unpost.gateway.http.FakeProvider.neverLeft;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.micronaut.http.HttpRequest;
import io.unpost.dialect.Item;
import io.unpost.dialect.Outcome.Verdict;
import io.unpost.dialect.ProviderSays;
import io.unpost.dialect.Reason;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// How a caller can have a delete done and answered.
final class WishesTest {

    private static final FakeProvider PROVIDER = new FakeProvider();
    private static final GatewayServer GATEWAY = GatewayServer.before(PROVIDER);

    private static final String PATH = "/v1/accounts/acme-news/posts/7";
    private static final ProviderSays OK = new ProviderSays(200, null, null, null);
    private static final Item ITEM = new Item(
            "7",
            null,
            null,
            null,
            null,
            new Item.Counts(null, null, null),
            new Item.Author("1", "ann", "Ann", "http://ann.example", "https://a.example/1.png", true, false));
    private static final Verdict DELETED = Verdict.Deleted.echo(ITEM, OK);
    private static final int LIMIT = 64 << 10;

    @AfterAll
    static void stop() {
        GATEWAY.close();
    }

    @BeforeEach
    void delete() {
        PROVIDER.says(DELETED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"true", "t", "1"})
    void trimmedAuthorIsItsIdAlone(String yes) {
        assertThat(author("?trim_user=" + yes)).isEqualTo(Reply.json("""
            {"id": "1", "handle": null, "name": null, "url": null, "avatarUrl": null, "verified": null,
             "protected": null}\
            """));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "?", "?trim_user=false", "?trim_user=f", "?trim_user=0"})
    void authorIsWholeOtherwise(String query) {
        assertThat(author(query).get("handle").textValue()).isEqualTo("ann");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "trim_user=yes",
                "trim_user=",
                "trim_user",
                "trim_user=TRUE",
                "trim_user=true&trim_user=true",
                "raw=2",
                "dry_run=on",
                "dry_run=true&dry_run=false",
                "dryrun=true",
                "dry-run=true",
                "DRY_RUN=true",
                "dry_run%20=true",
                "=true",
                "id=8",
                "a",
                "%zz=1",
                "dry_run=%zz",
                "dry_run=%FF"
            })
    void wrongParameterIsRefusedAndNothingSent(String query) {
        Reply reply = GATEWAY.delete(PATH + "?" + query);

        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.at("/code")).isEqualTo("invalid_request");
        assertThat(reply.header("Content-Type")).isEqualTo("application/problem+json");
        assertThat(PROVIDER.sent()).isEmpty();
    }

    @Test
    void wrongParameterIsNamed() {
        assertThat(GATEWAY.delete(PATH + "?raw=2").at("/detail")).contains("raw", "true, t or 1");
        assertThat(GATEWAY.delete(PATH + "?dryrun=1").at("/detail")).contains("trim_user, raw and dry_run");
    }

    @Test
    void rawAnswerIsGivenAsReceived() {
        PROVIDER.plays(answer(DELETED, "{\"id\": 7, \"text\": \"茶\"}\n"));

        Reply reply = GATEWAY.delete(PATH + "?raw=true");

        assertThat(reply.at("/provider/body")).isEqualTo("{\"id\": 7, \"text\": \"茶\"}\n");
        assertThat(reply.json().at("/provider/bodyTruncated").isBoolean()).isTrue();
        assertThat(reply.json().at("/provider/bodyTruncated").booleanValue()).isFalse();
    }

    @Test
    void rawAnswerIsThereForProblemsToo() {
        PROVIDER.plays(answer(
                new Verdict.Refused(Reason.REFUSED, new ProviderSays(403, null, null, null)), "<html>No</html>"));

        Reply reply = GATEWAY.delete(PATH + "?raw=1");

        assertThat(reply.status()).isEqualTo(403);
        assertThat(reply.at("/provider/body")).isEqualTo("<html>No</html>");
        assertThat(reply.at("/provider/bodyTruncated")).isEqualTo("false");
    }

    @Test
    void emptyRawAnswerIsEmpty() {
        JsonNode provider = GATEWAY.delete(PATH + "?raw=t").json().get("provider");

        assertThat(provider.get("body").textValue()).isEmpty();
    }

    @Test
    void rawAnswerIsNotThereUnasked() {
        assertThat(GATEWAY.delete(PATH).json().get("provider").has("body")).isFalse();
        assertThat(GATEWAY.delete(PATH + "?raw=false").json().get("provider").has("bodyTruncated"))
                .isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        // one, two, three and four bytes a character
        "a, 65536, 65536, false",
        "a, 65537, 65536, true",
        "é, 32768, 32768, false",
        "é, 32769, 32768, true",
        "茶, 21845, 21845, false",
        "茶, 21846, 21845, true",
        "🍵, 16384, 16384, false",
        "🍵, 16385, 16384, true"
    })
    void rawAnswerIsCutAt64KibibytesBetweenCharacters(String character, int given, int shown, boolean truncated) {
        PROVIDER.plays(answer(DELETED, character.repeat(given)));

        Reply reply = GATEWAY.delete(PATH + "?raw=true");

        assertThat(reply.at("/provider/body")).isEqualTo(character.repeat(shown));
        assertThat(reply.json().at("/provider/bodyTruncated").booleanValue()).isEqualTo(truncated);
    }

    @Test
    void badBytesBecomeReplacementCharacters() {
        PROVIDER.plays(answer(DELETED, new byte[] {'a', (byte) 0xFF, (byte) 0xC3, 'b', 0, (byte) 0xE8, (byte) 0x8C}));

        assertThat(GATEWAY.delete(PATH + "?raw=true").at("/provider/body")).isEqualTo("a\uFFFD\uFFFDb\u0000\uFFFD");
    }

    @Test
    void badBytesCountAsTheyAreWritten() {
        byte[] bad = new byte[LIMIT];
        Arrays.fill(bad, (byte) 0xFF);
        PROVIDER.plays(answer(DELETED, bad));

        Reply reply = GATEWAY.delete(PATH + "?raw=true");

        assertThat(reply.at("/provider/body").getBytes(UTF_8)).hasSizeBetween(LIMIT - 2, LIMIT);
        assertThat(reply.at("/provider/bodyTruncated")).isEqualTo("true");
    }

    @Test
    void secretIsRedactedInTheRawAnswer() {
        PROVIDER.plays(answer(DELETED, "token=" + GatewayServer.SECRETS.get(2) + ";"));

        assertThat(GATEWAY.delete(PATH + "?raw=true").at("/provider/body")).isEqualTo("token=***;");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 5, 13})
    void secretAcrossTheCutIsRedacted(int before) {
        PROVIDER.plays(answer(DELETED, "a".repeat(LIMIT - before) + GatewayServer.SECRETS.get(2) + "b".repeat(99)));

        Reply reply = GATEWAY.delete(PATH + "?raw=true");

        assertThat(reply.at("/provider/body"))
                .doesNotContain("t", "c4nary")
                .endsWith("*".repeat(Math.min(before, 3)) + "b".repeat(Math.max(0, before - 3)));
        assertThat(reply.at("/provider/bodyTruncated")).isEqualTo("true");
    }

    @Test
    void dryRunShowsTheRequestAndSendsNothing() {
        PROVIDER.plays();

        Reply reply = GATEWAY.delete(PATH + "?dry_run=true", "X-Request-Id: r-3");

        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.header("Content-Type")).isEqualTo("application/json");
        assertThat(reply.header("Unpost-Outcome")).isEqualTo("planned");
        assertThat(reply.header("Unpost-Evidence")).isEqualTo("none");
        assertThat(reply.header("Unpost-Visibility")).isEqualTo("everyone");
        var answer = (ObjectNode) reply.json();
        var headers = (ObjectNode) answer.at("/request/headers");
        assertThat(headers.remove("Authorization").textValue())
                .startsWith("OAuth ")
                .contains(
                        "oauth_consumer_key=\"***\"",
                        "oauth_token=\"***\"",
                        "oauth_signature=\"***\"",
                        "oauth_timestamp=\"" + StoppedTime.NOW.getEpochSecond() + "\"");
        headers.removeAll();
        assertThat(answer).isEqualTo(Reply.json("""
            {"outcome": "planned", "evidence": "none", "account": "acme-news", "dialect": "fake", "kind": "posts",
             "id": "7", "visibility": "everyone", "at": "2026-11-23T18:25:43.511Z", "attempts": 0, "item": null,
             "provider": null,
             "request": {"method": "POST", "url": "https://fake.example/posts/7", "headers": {},
                         "form": {"mode": "full text"}},
             "requestId": "r-3"}\
            """));
        assertThat(PROVIDER.sent()).isEmpty();
    }

    @Test
    void dryRunShowsNoSecret() {
        String body = GATEWAY.delete(PATH + "?dry_run=1").body();

        assertThat(body).doesNotContain("c4nary");
    }

    @Test
    void dryRunWorksWhileTheProviderIsDown() {
        PROVIDER.plays(neverLeft("the connection was refused"));

        assertThat(GATEWAY.delete(PATH + "?dry_run=t&raw=true&trim_user=1").at("/outcome"))
                .isEqualTo("planned");
    }

    @Test
    void dryRunOfAWrongIdIsRefused() {
        assertThat(GATEWAY.delete("/v1/accounts/acme-news/posts/x?dry_run=true").status())
                .isEqualTo(400);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Prefer: return=minimal",
                "prefer: RETURN=minimal",
                "Prefer: return=\"minimal\"",
                "Prefer: return = minimal",
                "Prefer: wait=5, return=minimal",
                "Prefer: wait=5,return=minimal,respond-async",
                "Prefer: return=minimal; foo=\"some, thing\"",
                "Prefer: priority=5; x=\"return=representation\", return=minimal",
                "Prefer: respond-async\r\nPrefer: return=minimal",
                "Prefer: ,, return=minimal ,"
            })
    void minimalSuccessIs204WithoutABody(String line) {
        Reply reply = GATEWAY.delete(PATH, line);

        assertThat(reply.status()).isEqualTo(204);
        assertThat(reply.body()).isEmpty();
        assertThat(reply.headers()).doesNotContainKeys("Content-Type", "Content-Length", "Transfer-Encoding");
        assertThat(reply.header("Preference-Applied")).isEqualTo("return=minimal");
        assertThat(reply.header("Unpost-Outcome")).isEqualTo("deleted");
        assertThat(reply.header("Unpost-Evidence")).isEqualTo("echo");
        assertThat(reply.header("Unpost-Visibility")).isEqualTo("everyone");
        assertThat(reply.header("X-Request-Id")).isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Prefer: return=representation",
                "Prefer: return",
                "Prefer: return=",
                "Prefer: minimal",
                "Prefer: returns=minimal",
                "Prefer: return=minimalist",
                "Prefer: return=representation, return=minimal",
                "Prefer: return=representation\r\nPrefer: return=minimal",
                "Prefer: foo=\"a, return=minimal, b\"",
                "Prefer: foo=\"a, return=minimal, b",
                "Prefer: foo; return=minimal",
                "Prefer: \"return=minimal\"",
                "Prefer: =minimal",
                "Prefer:",
                "X-Prefer: return=minimal"
            })
    void otherPreferencesLeaveTheBody(String line) {
        Reply reply = GATEWAY.delete(PATH, line);

        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.headers()).doesNotContainKey("Preference-Applied");
        assertThat(reply.at("/outcome")).isEqualTo("deleted");
    }

    @Test
    void minimalAlreadyGoneIs204() {
        PROVIDER.says(new Verdict.AlreadyGone(new ProviderSays(404, "144", null, null)));

        Reply reply = GATEWAY.delete(PATH, "Prefer: return=minimal");

        assertThat(reply.status()).isEqualTo(204);
        assertThat(reply.header("Unpost-Outcome")).isEqualTo("already_gone");
        assertThat(reply.header("Unpost-Evidence")).isEqualTo("absence");
    }

    @Test
    void minimalUnverifiedKeepsItsBody() {
        PROVIDER.says(new Verdict.Unverified("Pass the repost's own id.", null, OK));

        Reply reply = GATEWAY.delete(PATH, "Prefer: return=minimal");

        assertThat(reply.status()).isEqualTo(202);
        assertThat(reply.at("/detail")).isEqualTo("Pass the repost's own id.");
        assertThat(reply.headers()).doesNotContainKey("Preference-Applied");
    }

    @Test
    void minimalDryRunKeepsItsBody() {
        Reply reply = GATEWAY.delete(PATH + "?dry_run=true", "Prefer: return=minimal");

        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.at("/request/method")).isEqualTo("POST");
        assertThat(reply.headers()).doesNotContainKey("Preference-Applied");
    }

    @Test
    void minimalProblemKeepsItsBody() {
        PROVIDER.says(new Verdict.NotFound(new ProviderSays(404, "34", null, null)));

        Reply reply = GATEWAY.delete(PATH, "Prefer: return=minimal");

        assertThat(reply.at("/code")).isEqualTo("not_found");
        assertThat(reply.headers()).doesNotContainKey("Preference-Applied");
    }

    @ParameterizedTest
    @CsvSource({
        "wait=1, PT1S",
        "wait=2, PT2S",
        "WAIT=\"2\", PT2S",
        "'return=minimal, wait=2', PT2S",
        "'wait=2, wait=1', PT2S",
        // beyond what the account allows
        "wait=11, PT10S",
        "wait=100, PT10S",
        "wait=99999999999999999999, PT10S",
        // no number of seconds
        "wait=0, PT10S",
        "wait=-1, PT10S",
        "wait=1.5, PT10S",
        "wait=1s, PT10S",
        "wait=１, PT10S",
        "wait=, PT10S",
        "wait, PT10S"
    })
    void waitShortensTheDeadlineOnly(String preference, Duration patience) {
        Wishes wishes = Wishes.of(HttpRequest.DELETE("/").header("Prefer", preference));

        assertThat(wishes.patience(Duration.ofSeconds(10))).isEqualTo(patience);
    }

    /// What a request is given is the account's; somebody else may have joined it.
    @Test
    void waitShortensNoRequest() {
        GATEWAY.delete(PATH, "Prefer: wait=1");

        assertThat(PROVIDER.limits()).containsExactly(Duration.ofSeconds(3));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Accept: text/html",
                "Accept: text/html,application/xhtml+xml,application/xml;q=0.9",
                "Accept: application/xml",
                "Accept: image/png;q=1",
                "Accept: nonsense",
                "Accept: */*;q=0",
                "Accept:",
                "X-Accept: none"
            })
    void answersAreJsonWhateverIsAccepted(String line) {
        Reply success = GATEWAY.delete(PATH, line);
        List<Reply> lists = List.of(
                GATEWAY.call("GET", "/v1/accounts", line),
                GATEWAY.call("GET", "/v1/dialects", line),
                GATEWAY.call("GET", "/problems", line),
                GATEWAY.call("GET", "/problems/refused", line));
        List<Reply> problems = List.of(
                GATEWAY.delete("/v1/accounts/acme-news/posts/x", line),
                GATEWAY.call("GET", "/nowhere", line),
                GATEWAY.call("PUT", "/v1/accounts", line),
                GATEWAY.anonymously("DELETE", PATH, line),
                GATEWAY.anonymously("GET", "/v1/accounts", line),
                GATEWAY.call("GET", "/problems/none", line));

        assertThat(success.status()).isEqualTo(200);
        assertThat(success.header("Content-Type")).isEqualTo("application/json");
        assertThat(lists)
                .allSatisfy(reply -> assertThat(reply.status()).isEqualTo(200))
                .allSatisfy(reply -> assertThat(reply.header("Content-Type")).isEqualTo("application/json"));
        assertThat(problems).extracting(Reply::status).containsExactly(400, 404, 405, 401, 401, 404);
        assertThat(problems)
                .allSatisfy(reply -> assertThat(reply.header("Content-Type")).isEqualTo("application/problem+json"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "application/json",
                "application/xml",
                "application/x-www-form-urlencoded",
                "multipart/form-data; boundary=x",
                "multipart/form-data",
                "text/plain; charset=nonsense",
                "nonsense"
            })
    void bodyOfADeleteIsIgnored(String contentType) {
        Reply reply = GATEWAY.raw("DELETE " + PATH + " HTTP/1.1\r\nHost: localhost\r\n"
                + Tokens.bearer(Tokens.everything()) + "\r\nContent-Type: " + contentType
                + "\r\nContent-Length: 12\r\n\r\n{\"dry_run\":1");

        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.at("/outcome")).isEqualTo("deleted");
        assertThat(PROVIDER.sent()).hasSize(1);
    }

    /// In one chunk or in many.
    @ParameterizedTest
    @CsvSource({"16384, 16384", "16384, 100", "16384, 1"})
    void bodyOf16KibibytesIsIgnored(int bytes, int chunk) {
        String length = "Content-Length: " + bytes + "\r\n\r\n" + "x".repeat(bytes);

        assertThat(withBody(length).status()).isEqualTo(200);
        assertThat(withBody(chunked(bytes, chunk)).status()).isEqualTo(200);
        assertThat(PROVIDER.sent()).hasSize(2);
    }

    @ParameterizedTest
    @CsvSource({"16385, 16385", "16385, 100", "16385, 1", "1000000, 1000000", "1000000, 1000"})
    void largerBodyIs413AndNothingIsSent(int bytes, int chunk) {
        String length = "Content-Length: " + bytes + "\r\n\r\n" + "x".repeat(bytes);

        for (Reply reply : List.of(withBody(length), withBody(chunked(bytes, chunk)))) {
            assertThat(reply.status()).isEqualTo(413);
            assertThat(reply.at("/code")).isEqualTo("request_too_large");
            assertThat(reply.header("Unpost-Outcome")).isEqualTo("not_deleted");
        }
        assertThat(PROVIDER.sent()).isEmpty();
    }

    private static Reply withBody(String framed) {
        return GATEWAY.raw("DELETE " + PATH + " HTTP/1.1\r\nHost: localhost\r\n" + Tokens.bearer(Tokens.everything())
                + "\r\n" + framed);
    }

    private static String chunked(int bytes, int chunk) {
        var body = new StringBuilder("Transfer-Encoding: chunked\r\n\r\n");
        for (int rest = bytes; rest > 0; rest -= chunk) {
            int size = Math.min(rest, chunk);
            body.append(Integer.toHexString(size))
                    .append("\r\n")
                    .append("x".repeat(size))
                    .append("\r\n");
        }
        return body.append("0\r\n\r\n").toString();
    }

    private static JsonNode author(String query) {
        return GATEWAY.delete(PATH + query).json().at("/item/author");
    }
}
