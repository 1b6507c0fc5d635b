package io.unpost.gateway.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TwitterDestroyTest {

    private static final String FIRST = "240854986559455234";
    private static final String MISSING_PAGE = """
        {"errors":[{"code":34,"message":"Sorry, that page does not exist."}]}\
        """;
    private static SandboxServer server;

    @BeforeAll
    static void start() {
        server = SandboxServer.open();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @BeforeEach
    void reset() {
        server.send("POST", "/sandbox/reset");
    }

    @Test
    void deletedTweetIsTheAnswer() throws Exception {
        HttpResponse<String> answer = server.destroy(FIRST);
        JsonNode tweet = tweet(answer);

        assertThat(tweet.at("/id_str").textValue()).isEqualTo(FIRST);
        assertThat(tweet.at("/id").bigIntegerValue()).isEqualTo(FIRST);
        assertThat(tweet.at("/created_at").textValue()).isEqualTo("Wed Aug 29 16:54:38 +0000 2012");
        assertThat(tweet.at("/text").textValue()).isEqualTo("\"Quotes\": https://t.co/7UlkvZzM");
        assertThat(tweet.at("/full_text").isMissingNode()).isTrue();
        assertThat(tweet.at("/source").textValue())
                .isEqualTo("<a href=\"https://unpost.example\" rel=\"nofollow\">Unpost</a>");
        assertThat(tweet.at("/user/screen_name").textValue()).isEqualTo("demo_twitter");
        assertThat(tweet.at("/in_reply_to_status_id").isNull()).isTrue();
        assertThat(answer.body()).hasSizeBetween(2000, 2600);
    }

    @Test
    void answerHasTheRecordedHeaders() {
        var headers = server.destroy(FIRST).headers();

        assertThat(headers.map())
                .containsEntry("status", List.of("200 OK"))
                .containsEntry("content-type", List.of("application/json;charset=utf-8"))
                .containsEntry("content-disposition", List.of("attachment; filename=json.json"))
                .containsEntry("x-access-level", List.of("read-write-directmessages"))
                .containsKeys("set-cookie", "cache-control", "content-length", "date", "expires", "last-modified")
                .containsKeys("pragma", "server", "strict-transport-security", "x-connection-hash", "x-response-time")
                .containsKeys("x-transaction", "x-twitter-response-tags");
        assertThat(headers.map().keySet()).noneMatch(name -> name.startsWith("x-rate-limit"));
    }

    @Test
    void secondDeleteFindsNothing() {
        server.destroy(FIRST);
        HttpResponse<String> second = server.destroy(FIRST);

        assertThat(second.statusCode()).isEqualTo(404);
        assertThat(second.headers().map()).containsEntry("status", List.of("404 Not Found"));
        assertThat(second.body()).isEqualTo("""
            {"errors":[{"code":144,"message":"No status found with that ID."}]}\
            """);
    }

    @Test
    void everyTweetOfTheAccountCanBeDeletedOnce() throws Exception {
        for (Post post : TwitterSeeds.TWEETS) {
            if (post.owner() == Post.Owner.DEMO_ACCOUNT) {
                assertThat(tweet(server.destroy(post.id())).at("/text").textValue())
                        .isEqualTo(post.text());
                assertThat(server.destroy(post.id()).statusCode()).isEqualTo(404);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"20", "2001", "1050118621198921728"})
    void tweetOfSomebodyElseStays(String id) {
        for (int call = 0; call < 2; call++) {
            HttpResponse<String> answer = server.destroy(id);
            assertThat(answer.statusCode()).isEqualTo(403);
            assertThat(answer.body()).isEqualTo("""
                {"errors":[{"code":183,"message":"You may not delete another user's status."}]}\
                """);
        }
    }

    @Test
    void unknownIdFindsNothing() {
        assertThat(server.destroy("999").body()).contains("\"code\":144");
    }

    @ParameterizedTest
    @CsvSource({"true, true", "t, true", "1, true", "false, false", "TRUE, false", "yes, false"})
    void authorCanBeTrimmed(String trim, boolean trimmed) throws Exception {
        JsonNode byQuery = tweet(server.twitter("POST", path(FIRST) + "?trim_user=" + trim, Map.of()));
        JsonNode byForm = tweet(server.twitter("POST", path("1001"), Map.of("trim_user", trim)));

        assertThat(byQuery.at("/user/id_str").textValue()).isEqualTo("14927800");
        assertThat(byQuery.at("/user").size() == 2).isEqualTo(trimmed);
        assertThat(byForm.at("/user").size() == 2).isEqualTo(trimmed);
    }

    @Test
    void extendedTweetHasItsTextElsewhere() throws Exception {
        JsonNode tweet = tweet(server.twitter("POST", path("1006") + "?tweet_mode=extended", Map.of()));

        assertThat(tweet.at("/full_text").textValue()).isEqualTo("Launch day 🚀");
        assertThat(tweet.at("/display_text_range/1").intValue()).isEqualTo(12);
        assertThat(tweet.at("/text").isMissingNode()).isTrue();
    }

    @Test
    void ofManyAtOnceOneDeletes() {
        List<CompletableFuture<HttpResponse<String>>> calls =
                IntStream.range(0, 32).mapToObj(_ -> server.destroyLater(FIRST)).toList();

        List<Integer> statuses = calls.stream()
                .map(CompletableFuture::join)
                .map(HttpResponse::statusCode)
                .sorted()
                .toList();
        assertThat(statuses.getFirst()).isEqualTo(200);
        assertThat(statuses.subList(1, 32)).containsOnly(404);
    }

    @ParameterizedTest
    @CsvSource({
        "POST, /1.1/statuses/destroy/12a.json",
        "POST, /1.1/statuses/destroy/-1.json",
        "POST, /1.1/statuses/destroy/%D9%A1.json",
        "POST, /1.1/statuses/destroy/1%2F2.json",
        "POST, /1.1/statuses/destroy/.json",
        "POST, /1.1/statuses/destroy/240854986559455234",
        "POST, /1.1/statuses/destroy/240854986559455234.xml",
        "POST, /1.1/statuses/update.json",
        "POST, /x/1.1/statuses/destroy/240854986559455234.json",
        "GET, /1.1/statuses/destroy/240854986559455234.json",
        "DELETE, /1.1/statuses/destroy/240854986559455234.json",
        "DELETE, /1.1/statuses/unretweet/241259202004267009.json",
        "GET, /1.1/statuses/unretweet/241259202004267009.json",
        "POST, /1.1/direct_messages/events/destroy.json?id=938178981337088004",
        "GET, /1.1/direct_messages/events/destroy.json?id=938178981337088004",
        "DELETE, /1.1/direct_messages/events/destroy?id=938178981337088004",
        "DELETE, /1.1/direct_messages/events/destroy/938178981337088004.json",
        "DELETE, /1.1/collections/destroy.json?id=custom-4001",
        "GET, /1.1/collections/destroy.json?id=custom-4001",
        "POST, /1.1/collections/destroy/custom-4001.json",
        "PUT, /1.1/statuses/destroy/240854986559455234.json",
        "PATCH, /1.1/statuses/destroy/240854986559455234.json"
    })
    void anythingElseIsAMissingPage(String method, String path) {
        HttpResponse<String> answer = server.send(method, "/sandbox/twitter" + path);

        assertThat(answer.statusCode()).isEqualTo(404);
        assertThat(answer.body()).isEqualTo(MISSING_PAGE);
    }

    @Test
    void missingAuthenticationIsABadRequest() {
        HttpResponse<String> answer = server.send("POST", "/sandbox/twitter/1.1/statuses/destroy/" + FIRST + ".json");

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).isEqualTo("""
            {"errors":[{"code":215,"message":"Bad Authentication data."}]}\
            """);
    }

    @ParameterizedTest
    @CsvSource({
        "demo-consumer-key, demo-token, wrong, 0, 401, 32",
        "other, demo-token, demo-token-secret, 0, 401, 32",
        "demo-consumer-key, other, demo-token-secret, 0, 401, 89",
        "demo-consumer-key, demo-token, demo-token-secret, 301, 401, 135"
    })
    void wrongAuthenticationIsUnauthorized(
            String key, String token, String tokenSecret, long late, int status, int code) {
        String path = "/sandbox/twitter/1.1/statuses/destroy/" + FIRST + ".json";
        String authorization = JerseySigner.authorization(
                "POST",
                server.at(path).toString(),
                List.of(),
                new OAuth1Verifier.Keys(key, "demo-consumer-secret", token, tokenSecret),
                StandingTime.NOW.getEpochSecond() - late,
                "once");

        HttpResponse<String> answer = server.send("POST", path, "Authorization", authorization);
        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(answer.body()).contains("\"code\":" + code + ",");
        assertThat(server.destroy(FIRST).statusCode()).isEqualTo(200);
    }

    @Test
    void replayIsUnauthorizedAndDeletesNothing() {
        String path = "/sandbox/twitter/1.1/statuses/destroy/20.json";
        String authorization = JerseySigner.authorization(
                "POST",
                server.at(path).toString(),
                List.of(),
                TwitterImitation.KEYS,
                StandingTime.NOW.getEpochSecond(),
                "replayed");

        assertThat(server.send("POST", path, "Authorization", authorization).statusCode())
                .isEqualTo(403);
        HttpResponse<String> replay = server.send("POST", path, "Authorization", authorization);
        assertThat(replay.statusCode()).isEqualTo(401);
        assertThat(replay.body()).contains("\"code\":32,");
    }

    private static String path(String id) {
        return "/statuses/destroy/" + id + ".json";
    }

    private static JsonNode tweet(HttpResponse<String> answer) throws Exception {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return new ObjectMapper().readTree(answer.body());
    }
}
