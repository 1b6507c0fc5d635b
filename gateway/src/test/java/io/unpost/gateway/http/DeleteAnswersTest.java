package io.unpost.gateway.http;

import static io.unpost.gateway.http.FakeProvider.answer;
import static io.unpost.gateway.http.FakeProvider.neverLeft;
import static io.unpost.gateway.http.FakeProvider.noAnswer;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.unpost.dialect.Item;
import io.unpost.dialect.Outcome.Verdict;
import io.unpost.dialect.ProviderSays;
import io.unpost.dialect.RateLimit;
import io.unpost.dialect.Reason;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What a caller is told, for each way a delete can end.
final class DeleteAnswersTest {

    private static final FakeProvider PROVIDER = new FakeProvider();
    private static final GatewayServer GATEWAY = GatewayServer.before(PROVIDER);

    private static final String ID = "240854986559455234";
    private static final String PATH = "/v1/accounts/acme-news/posts/" + ID;
    private static final ProviderSays OK = new ProviderSays(200, null, null, null);

    private static final Item TWEET = new Item(
            ID,
            "\"Tea\" – 茶 \uD83C\uDF75\n</script>",
            Instant.parse("2012-08-29T16:54:38Z"),
            new Item.Source("Tweet Button", null),
            null,
            new Item.Counts(1L, null, null),
            new Item.Author(
                    "14927800",
                    "jasoncosta",
                    "Jason Costa",
                    "http://t.co/YCA3ZKY",
                    "https://a.example/1.png",
                    false,
                    true));

    @AfterAll
    static void stop() {
        GATEWAY.close();
    }

    @Test
    void deletedByEchoIs200WithTheItem() {
        PROVIDER.says(Verdict.Deleted.echo(
                TWEET,
                new ProviderSays(200, null, null, new RateLimit(50, 49, Instant.parse("2026-11-23T18:40:00Z")))));

        Reply reply = GATEWAY.delete(PATH, "X-Request-Id: r-1");

        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.header("Content-Type")).isEqualTo("application/json");
        assertThat(outcomeHeaders(reply)).containsExactly("deleted", "echo", "everyone");
        assertThat(reply.json()).isEqualTo(Reply.json("""
            {
              "outcome": "deleted",
              "evidence": "echo",
              "account": "acme-news", "dialect": "fake", "kind": "posts", "id": "240854986559455234",
              "visibility": "everyone",
              "at": "2026-11-23T18:25:43.511Z",
              "attempts": 1,
              "item": {
                "id": "240854986559455234",
                "text": "\\"Tea\\" – 茶 \uD83C\uDF75\\n</script>",
                "createdAt": "2012-08-29T16:54:38Z",
                "source": { "name": "Tweet Button", "url": null },
                "inReplyTo": null,
                "counts": { "reposts": 1, "likes": null, "replies": null },
                "author": { "id": "14927800", "handle": "jasoncosta", "name": "Jason Costa",
                            "url": "http://t.co/YCA3ZKY", "avatarUrl": "https://a.example/1.png",
                            "verified": false, "protected": true }
              },
              "provider": { "status": 200,
                            "rateLimit": { "limit": 50, "remaining": 49, "resetAt": "2026-11-23T18:40:00Z" } },
              "requestId": "r-1"
            }\
            """));
    }

    @Test
    void itemOfWhichNothingIsKnownHasEveryFieldNull() {
        PROVIDER.deletes("7");

        Reply reply = GATEWAY.delete("/v1/accounts/acme-news/posts/7");

        assertThat(reply.json().get("item")).isEqualTo(Reply.json("""
            {"id": "7", "text": null, "createdAt": null, "source": null, "inReplyTo": null,
             "counts": {"reposts": null, "likes": null, "replies": null}, "author": null}\
            """));
        assertThat(reply.json().get("provider")).isEqualTo(Reply.json("{\"status\": 200, \"rateLimit\": null}"));
    }

    @Test
    void authorOfWhomNothingIsKnownHasEveryFieldNull() {
        PROVIDER.says(Verdict.Deleted.echo(
                new Item(
                        "7",
                        "",
                        null,
                        new Item.Source("web", "http://x.example"),
                        new Item.InReplyTo("6", null),
                        new Item.Counts(0L, 9223372036854775807L, 2L),
                        new Item.Author(null, null, null, null, null, null, null)),
                OK));

        JsonNode item = GATEWAY.delete("/v1/accounts/acme-news/posts/7").json().get("item");

        assertThat(item).isEqualTo(Reply.json("""
            {"id": "7", "text": "", "createdAt": null, "source": {"name": "web", "url": "http://x.example"},
             "inReplyTo": {"id": "6", "authorId": null},
             "counts": {"reposts": 0, "likes": 9223372036854775807, "replies": 2},
             "author": {"id": null, "handle": null, "name": null, "url": null, "avatarUrl": null,
                        "verified": null, "protected": null}}\
            """));
    }

    @ParameterizedTest
    @ValueSource(strings = {"240854986559455234", "9223372036854775807", "9007199254740993", "007"})
    void idsAreStringsAndSurvive(String id) {
        PROVIDER.deletes(id);

        JsonNode answer = GATEWAY.delete("/v1/accounts/acme-news/posts/" + id).json();

        assertThat(answer.get("id").isTextual()).isTrue();
        assertThat(answer.get("id").textValue()).isEqualTo(id);
        assertThat(answer.at("/item/id").isTextual()).isTrue();
        assertThat(answer.at("/item/id").textValue()).isEqualTo(id);
        assertThat(PROVIDER.sent())
                .singleElement()
                .extracting(request -> request.uri().getPath())
                .isEqualTo("/posts/" + id);
    }

    @Test
    void acknowledgedWithoutAnItemIs200() {
        PROVIDER.says(Verdict.Deleted.acknowledged(null, new ProviderSays(204, null, null, null)));

        Reply reply = GATEWAY.delete(PATH);

        assertThat(reply.status()).isEqualTo(200);
        assertThat(outcomeHeaders(reply)).containsExactly("deleted", "acknowledged", "everyone");
        assertThat(reply.at("/evidence")).isEqualTo("acknowledged");
        assertThat(reply.json().get("item").isNull()).isTrue();
        assertThat(reply.json().at("/provider/status").intValue()).isEqualTo(204);
    }

    @Test
    void alreadyGoneIs200ByAbsence() {
        PROVIDER.says(new Verdict.AlreadyGone(new ProviderSays(404, "144", "No status found with that ID.", null)));

        Reply reply = GATEWAY.delete(PATH);

        assertThat(reply.status()).isEqualTo(200);
        assertThat(outcomeHeaders(reply)).containsExactly("already_gone", "absence", "everyone");
        assertThat(reply.at("/outcome")).isEqualTo("already_gone");
        assertThat(reply.at("/evidence")).isEqualTo("absence");
        assertThat(reply.json().get("item").isNull()).isTrue();
        assertThat(reply.json().has("detail")).isFalse();
        assertThat(reply.json().has("request")).isFalse();
    }

    @Test
    void absenceAfterALostAnswerIsDeletedByAbsence() {
        PROVIDER.plays(
                noAnswer("the connection was reset"),
                answer(new Verdict.AlreadyGone(new ProviderSays(404, "144", null, null))));

        Reply reply = GATEWAY.delete(PATH);

        assertThat(reply.status()).isEqualTo(200);
        assertThat(outcomeHeaders(reply)).containsExactly("deleted", "absence", "everyone");
        assertThat(reply.at("/attempts")).isEqualTo("2");
        assertThat(reply.json().get("item").isNull()).isTrue();
    }

    @Test
    void messagesAreGoneFromTheOwnViewOnly() {
        PROVIDER.deletes("7");

        Reply reply = GATEWAY.delete("/v1/accounts/acme-news/messages/7");

        assertThat(outcomeHeaders(reply)).containsExactly("deleted", "echo", "own_view");
        assertThat(reply.at("/visibility")).isEqualTo("own_view");
        assertThat(reply.at("/kind")).isEqualTo("messages");
    }

    @Test
    void unverifiedIs202AndSaysWhatToDo() {
        PROVIDER.says(new Verdict.Unverified("Pass the repost's own id.", TWEET, OK));

        Reply reply = GATEWAY.delete(PATH);

        assertThat(reply.status()).isEqualTo(202);
        assertThat(reply.header("Content-Type")).isEqualTo("application/json");
        assertThat(outcomeHeaders(reply)).containsExactly("unverified", "none", "everyone");
        assertThat(reply.at("/outcome")).isEqualTo("unverified");
        assertThat(reply.at("/evidence")).isEqualTo("none");
        assertThat(reply.at("/detail")).isEqualTo("Pass the repost's own id.");
        assertThat(reply.at("/item/author/handle")).isEqualTo("jasoncosta");
    }

    @Test
    void problemHasEveryFieldOfTheContract() {
        PROVIDER.says(new Verdict.Throttled(null, new ProviderSays(403, "40308", "out of limit", null)));

        Reply reply = GATEWAY.delete("/v1/accounts/acme-news/posts/123?raw=false", "X-Request-Id: r-2");

        assertThat(reply.status()).isEqualTo(429);
        assertThat(reply.header("Content-Type")).isEqualTo("application/problem+json");
        assertThat(reply.header("Unpost-Outcome")).isEqualTo("not_deleted");
        assertThat(reply.headers()).doesNotContainKeys("Unpost-Evidence", "Unpost-Visibility");
        ObjectNode problem = (ObjectNode) reply.json();
        assertThat(problem.remove("detail").textValue()).endsWith(".");
        assertThat(problem).isEqualTo(Reply.json("""
            {
              "type": "/problems/rate_limited", "title": "A rate limit is reached", "status": 429,
              "instance": "/v1/accounts/acme-news/posts/123",
              "code": "rate_limited", "outcome": "not_deleted", "mayBeGone": false, "retryable": true,
              "account": "acme-news", "dialect": "fake", "kind": "posts", "id": "123", "attempts": 1,
              "provider": { "status": 403, "code": "40308", "message": "out of limit" }, "requestId": "r-2"
            }\
            """));
    }

    @ParameterizedTest
    @CsvSource({
        "INVALID_REQUEST, 400, invalid_request",
        "NOT_OWNER, 403, not_owner",
        "REFUSED, 403, refused",
        "CREDENTIALS_REJECTED, 502, credentials_rejected",
        "CLOCK_REJECTED, 502, credentials_rejected",
        "PERMISSION_MISSING, 502, permission_missing",
        "ACCOUNT_LOCKED, 502, account_locked",
        "ENDPOINT_RETIRED, 502, endpoint_retired"
    })
    void refusalsAreNamedAndNotTriedAgain(Reason reason, int status, String code) {
        PROVIDER.says(new Verdict.Refused(reason, new ProviderSays(403, "183", "No.", null)));

        Reply reply = GATEWAY.delete(PATH);

        assertThat(reply.status()).isEqualTo(status);
        assertThat(reply.at("/status")).isEqualTo(String.valueOf(status));
        assertThat(reply.at("/code")).isEqualTo(code);
        assertThat(reply.at("/type")).isEqualTo("/problems/" + code);
        assertThat(reply.at("/outcome")).isEqualTo("not_deleted");
        assertThat(reply.header("Unpost-Outcome")).isEqualTo("not_deleted");
        assertThat(reply.at("/mayBeGone")).isEqualTo("false");
        assertThat(reply.at("/retryable")).isEqualTo("false");
        assertThat(reply.at("/attempts")).isEqualTo("1");
        assertThat(reply.at("/provider/message")).isEqualTo("No.");
        assertThat(reply.headers()).doesNotContainKey("Retry-After");
        assertThat(PROVIDER.sent()).hasSize(1);
    }

    @Test
    void wrongClockIsNamed() {
        PROVIDER.says(new Verdict.Refused(Reason.CLOCK_REJECTED, new ProviderSays(401, "135", null, null)));

        assertThat(GATEWAY.delete(PATH).at("/detail")).contains("clock");
    }

    @Test
    void notFoundMayBeGone() {
        PROVIDER.says(new Verdict.NotFound(new ProviderSays(404, "34", null, null)));

        Reply reply = GATEWAY.delete(PATH);

        assertThat(reply.status()).isEqualTo(404);
        assertThat(reply.at("/code")).isEqualTo("not_found");
        assertThat(reply.at("/outcome")).isEqualTo("not_deleted");
        assertThat(reply.at("/mayBeGone")).isEqualTo("true");
        assertThat(reply.at("/retryable")).isEqualTo("false");
    }

    @ParameterizedTest
    @CsvSource({"PT0S, 1", "PT0.001S, 1", "PT1S, 1", "PT1.001S, 2", "PT59.9S, 60", "PT15M, 900", "PT20M, 900"})
    void waitForALimitIsRoundedUpToWholeSeconds(Duration asked, String retryAfter) {
        PROVIDER.says(new Verdict.Throttled(asked, new ProviderSays(429, null, null, null)));

        Reply reply = GATEWAY.delete(PATH);

        assertThat(reply.status()).isEqualTo(429);
        assertThat(reply.header("Retry-After")).isEqualTo(retryAfter);
    }

    @Test
    void limitWithoutAnEndHasARetryAfterAllTheSame() {
        PROVIDER.says(new Verdict.Throttled(null, new ProviderSays(420, null, null, null)));

        assertThat(GATEWAY.delete(PATH).header("Retry-After")).isEqualTo("60");
    }

    @Test
    void providersOwnWordThatItDidNothingIs503() {
        PROVIDER.says(new Verdict.Unavailable(Duration.ofSeconds(7), new ProviderSays(503, "130", "Over", null)));

        Reply reply = GATEWAY.delete(PATH);

        assertThat(reply.status()).isEqualTo(503);
        assertThat(reply.at("/code")).isEqualTo("provider_unavailable");
        assertThat(reply.at("/outcome")).isEqualTo("not_deleted");
        assertThat(reply.at("/mayBeGone")).isEqualTo("false");
        assertThat(reply.at("/retryable")).isEqualTo("true");
        assertThat(reply.at("/provider/code")).isEqualTo("130");
        assertThat(reply.header("Retry-After")).isEqualTo("7");
    }

    @Test
    void nothingSentIs503WithoutAProvider() {
        PROVIDER.plays(neverLeft("the connection was refused"));

        Reply reply = GATEWAY.delete(PATH);

        assertThat(reply.status()).isEqualTo(503);
        assertThat(reply.at("/code")).isEqualTo("provider_unavailable");
        assertThat(reply.at("/detail")).contains("the connection was refused");
        assertThat(reply.at("/mayBeGone")).isEqualTo("false");
        assertThat(reply.at("/retryable")).isEqualTo("true");
        assertThat(reply.at("/attempts")).isEqualTo("3");
        assertThat(reply.json().has("provider")).isFalse();
        assertThat(Integer.parseInt(reply.header("Retry-After"))).isPositive();
    }

    @Test
    void noAnswerIs504AndMayBeGone() {
        PROVIDER.plays(noAnswer("the connection was reset"));

        Reply reply = GATEWAY.delete(PATH);

        assertThat(reply.status()).isEqualTo(504);
        assertThat(reply.header("Content-Type")).isEqualTo("application/problem+json");
        assertThat(reply.header("Unpost-Outcome")).isEqualTo("unknown");
        assertThat(reply.at("/code")).isEqualTo("outcome_unknown");
        assertThat(reply.at("/outcome")).isEqualTo("unknown");
        assertThat(reply.at("/detail")).contains("the connection was reset", "safe");
        assertThat(reply.at("/mayBeGone")).isEqualTo("true");
        assertThat(reply.at("/retryable")).isEqualTo("true");
        assertThat(reply.at("/attempts")).isEqualTo("3");
        assertThat(reply.json().has("provider")).isFalse();
        assertThat(reply.headers()).doesNotContainKey("Retry-After");
    }

    @Test
    void answerThatProvesNothingIs504WithTheProvider() {
        PROVIDER.says(new Verdict.Faulted("status 500 proves nothing", new ProviderSays(500, null, null, null)));

        Reply reply = GATEWAY.delete(PATH);

        assertThat(reply.status()).isEqualTo(504);
        assertThat(reply.at("/mayBeGone")).isEqualTo("true");
        assertThat(reply.json().get("provider")).isEqualTo(Reply.json("{\"status\": 500}"));
    }

    @Test
    void echoOfAnotherIdIsNoProof() {
        PROVIDER.says(Verdict.Deleted.echo(FakeProvider.item("8"), OK));

        Reply reply = GATEWAY.delete("/v1/accounts/acme-news/posts/7");

        assertThat(reply.status()).isEqualTo(504);
        assertThat(reply.at("/provider/status")).isEqualTo("200");
    }

    @Test
    void limitAfterALostAnswerIs504WithTheLimitsRetryAfter() {
        PROVIDER.plays(
                noAnswer("the connection was reset"),
                answer(new Verdict.Throttled(Duration.ofMinutes(5), new ProviderSays(429, "88", "Slow down", null))));

        Reply reply = GATEWAY.delete(PATH);

        assertThat(reply.status()).isEqualTo(504);
        assertThat(reply.at("/outcome")).isEqualTo("unknown");
        assertThat(reply.at("/provider/code")).isEqualTo("88");
        assertThat(reply.header("Retry-After")).isEqualTo("300");
    }

    @Test
    void answerThatCannotBeReadNamesItsStatus() {
        PROVIDER.plays(new FakeProvider.Step(answer(new Verdict.NotFound(OK)).exchange(), () -> {
            throw new IllegalStateException("c4nary");
        }));

        Reply reply = GATEWAY.delete(PATH);

        assertThat(reply.status()).isEqualTo(504);
        assertThat(reply.body()).doesNotContain("c4nary");
        assertThat(reply.at("/provider/status")).isEqualTo("200");
    }

    @Test
    void secretsThatTheProviderEchoesAreRedacted() {
        String echoed = String.join(" ", GatewayServer.SECRETS) + " key%2Fc4nary%2B1 a2V5L2M0bmFyeSsx";
        PROVIDER.says(new Verdict.Refused(Reason.REFUSED, new ProviderSays(403, echoed, "You sent " + echoed, null)));

        Reply refused = GATEWAY.delete(PATH);
        PROVIDER.says(Verdict.Deleted.echo(
                new Item(
                        ID,
                        echoed,
                        null,
                        new Item.Source(echoed, echoed),
                        new Item.InReplyTo(echoed, echoed),
                        new Item.Counts(null, null, null),
                        new Item.Author(echoed, echoed, echoed, echoed, echoed, null, null)),
                OK));
        Reply deleted = GATEWAY.delete(PATH);
        PROVIDER.says(new Verdict.Unverified(echoed, null, OK));
        Reply unverified = GATEWAY.delete(PATH);
        PROVIDER.says(new Verdict.Faulted("a redirect to " + echoed, OK));
        Reply faulted = GATEWAY.delete(PATH);

        assertThat(List.of(refused.at("/provider/message"), deleted.at("/item/text"), unverified.at("/detail")))
                .allSatisfy(text -> assertThat(text).contains("*** *** *** ***"));
        assertThat(List.of(refused.body(), deleted.body(), unverified.body(), faulted.body()))
                .allSatisfy(body -> assertThat(body).doesNotContain("c4nary", "a2V5L2M0bmFyeSsx"));
    }

    private static List<String> outcomeHeaders(Reply reply) {
        return List.of(
                reply.header("Unpost-Outcome"), reply.header("Unpost-Evidence"), reply.header("Unpost-Visibility"));
    }
}
