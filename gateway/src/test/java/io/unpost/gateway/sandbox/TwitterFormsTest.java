package io.unpost.gateway.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The deletes beside that of a tweet.
class TwitterFormsTest {

    private static final String RETWEET = "241259202004267009";
    private static final String ORIGINAL = "240556426106372096";
    private static final String MESSAGE = "938178981337088004";
    private static final String COLLECTION = "custom-390882285743898624";
    private static final String NO_STATUS = """
        404 {"errors":[{"code":144,"message":"No status found with that ID."}]}\
        """;
    private static final String NO_PAGE = """
        404 {"errors":[{"code":34,"message":"Sorry, that page does not exist."}]}\
        """;
    private static final String NO_ID = """
        403 {"errors":[{"code":38,"message":"id parameter is missing."}]}\
        """;
    private static final String READ_ONLY = """
        401 {"request":"/1.1/statuses/unretweet/401000.json","error":"Read-only application cannot POST."}\
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
    void retweetAnswersWithItsOriginal() throws Exception {
        JsonNode original = json(unretweet(RETWEET));

        assertThat(original.at("/id_str").textValue()).isEqualTo(ORIGINAL);
        assertThat(original.at("/user/screen_name").textValue()).isEqualTo("somebody_else");
        assertThat(json(unretweet("1349969223154606082")).at("/id_str").textValue())
                .isEqualTo("20");
    }

    @Test
    void retweetIsGoneAfterwards() {
        unretweet(RETWEET);

        assertThat(said(unretweet(RETWEET))).isEqualTo(NO_STATUS);
    }

    @ParameterizedTest
    @ValueSource(strings = {ORIGINAL, "20", "1001"})
    void sourceAnswersWithItselfAndNothingHappens(String source) throws Exception {
        for (int call = 0; call < 2; call++) {
            assertThat(json(unretweet(source)).at("/id_str").textValue()).isEqualTo(source);
        }
        assertThat(json(unretweet(RETWEET)).at("/id_str").textValue()).isEqualTo(ORIGINAL);
        assertThat(server.destroy("1001").statusCode()).isEqualTo(200);
    }

    @Test
    void retweetIsDestroyedByItsOwnIdToo() throws Exception {
        assertThat(json(server.destroy(RETWEET)).at("/id_str").textValue()).isEqualTo(RETWEET);
        assertThat(said(server.destroy(RETWEET))).isEqualTo(NO_STATUS);
        assertThat(said(unretweet(RETWEET))).isEqualTo(NO_STATUS);
    }

    @Test
    void retweetOfSomebodyElseStays() {
        assertThat(said(unretweet("2002"))).startsWith("403 {\"errors\":[{\"code\":183,");
        assertThat(said(unretweet("2002"))).startsWith("403 {\"errors\":[{\"code\":183,");
    }

    @ParameterizedTest
    @ValueSource(strings = {"999", "5030001"})
    void unknownRetweetIsMissing(String id) {
        assertThat(said(unretweet(id))).isEqualTo(NO_STATUS);
    }

    @ParameterizedTest
    @ValueSource(strings = {RETWEET, ORIGINAL})
    void originalIsWrittenAsAsked(String id) throws Exception {
        String path = "/statuses/unretweet/" + id + ".json";
        JsonNode original = json(server.twitter("POST", path + "?tweet_mode=extended", Map.of("trim_user", "1")));

        assertThat(original.at("/user").toString()).isEqualTo("{\"id\":12,\"id_str\":\"12\"}");
        assertThat(original.at("/full_text").textValue()).startsWith("Somebody else's");
        assertThat(original.at("/text").isMissingNode()).isTrue();
    }

    @Test
    void messageAnswersWithNothingSaidToBeHtml() {
        HttpResponse<String> answer = message(MESSAGE);

        assertThat(said(answer)).isEqualTo("204");
        assertThat(answer.headers().map())
                .containsEntry("content-type", List.of("text/html;charset=utf-8"))
                .containsEntry("status", List.of("204 No Content"))
                .containsEntry("x-access-level", List.of("read-write-directmessages"));
        assertThat(said(message(MESSAGE))).isEqualTo(NO_PAGE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"999", "abc", RETWEET})
    void unknownMessageIsAMissingPage(String id) {
        assertThat(said(message(id))).isEqualTo(NO_PAGE);
    }

    @Test
    void messageIsNamedInTheQueryAlone() {
        String path = "/direct_messages/events/destroy.json";

        assertThat(said(server.twitter("DELETE", path, Map.of()))).isEqualTo(NO_ID);
        assertThat(said(server.twitter("DELETE", path + "?id=", Map.of()))).isEqualTo(NO_ID);
        assertThat(said(server.twitter("DELETE", path, Map.of("id", MESSAGE)))).isEqualTo(NO_ID);
        assertThat(said(message(MESSAGE))).isEqualTo("204");
    }

    @Test
    void collectionIsDestroyedOnce() {
        HttpResponse<String> answer = collection(COLLECTION);

        assertThat(said(answer)).isEqualTo("200 {\"destroyed\": true}");
        assertThat(answer.headers().map()).containsEntry("content-type", List.of("application/json;charset=utf-8"));
        assertThat(said(collection(COLLECTION))).isEqualTo(NO_PAGE);
    }

    @Test
    void collectionIsNamedInQueryOrForm() {
        String path = "/collections/destroy.json";

        assertThat(said(server.twitter("POST", path, Map.of()))).isEqualTo(NO_ID);
        assertThat(said(server.twitter("POST", path, Map.of("id", COLLECTION)))).isEqualTo("200 {\"destroyed\": true}");
        assertThat(said(collection("custom-999"))).isEqualTo(NO_PAGE);
        assertThat(said(collection("390882285743898624"))).isEqualTo(NO_PAGE);
    }

    @ParameterizedTest
    @CsvSource({
        "POST, /statuses/unretweet/241259202004267009.json",
        "DELETE, /direct_messages/events/destroy.json?id=938178981337088004",
        "POST, /collections/destroy.json?id=custom-4001"
    })
    void nothingHappensWithoutAuthentication(String method, String path) {
        assertThat(said(server.send(method, "/sandbox/twitter/1.1" + path)))
                .startsWith("400 {\"errors\":[{\"code\":215,");
        assertThat(server.twitter(method, path, Map.of()).statusCode()).isLessThan(205);
    }

    @Test
    void magicIdsOfEveryKindAnswer() throws IOException {
        assertThat(said(unretweet("401000"))).isEqualTo(READ_ONLY);
        assertThat(said(unretweet("429088"))).startsWith("429 {\"errors\":[{\"code\":88,");
        assertThat(unretweet("429088").headers().firstValue("retry-after")).hasValue("900");
        assertThat(said(message("403093"))).startsWith("403 {\"errors\":[{\"code\":93,");
        assertThat(said(collection("custom-200000"))).isEqualTo("200 {\"destroyed\": false}");
        assertThat(said(collection("custom-200000"))).isEqualTo("200 {\"destroyed\": false}");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        POST   | /statuses/unretweet/900001.json                 | 404 {"errors":[{"code":144,
        DELETE | /direct_messages/events/destroy.json?id=900001  | 404 {"errors":[{"code":34,
        POST   | /collections/destroy.json?id=custom-900001      | 404 {"errors":[{"code":34,
        """)
    void answerIsLostAfterADelete(String method, String path, String then) throws IOException {
        assertThat(server.twitterRaw(method, path)).isEmpty();
        assertThat(said(server.twitter(method, path, Map.of()))).startsWith(then);
    }

    @ParameterizedTest
    @CsvSource({
        "POST, /statuses/unretweet/900008.json, 200",
        "DELETE, /direct_messages/events/destroy.json?id=900008, 204",
        "POST, /collections/destroy.json?id=custom-900008, 200"
    })
    void connectionEndsOnceBeforeADelete(String method, String path, int then) throws IOException {
        assertThat(server.twitterRaw(method, path)).isEmpty();
        assertThat(server.twitter(method, path, Map.of()).statusCode()).isEqualTo(then);
    }

    private static HttpResponse<String> unretweet(String id) {
        return server.twitter("POST", "/statuses/unretweet/" + id + ".json", Map.of());
    }

    private static HttpResponse<String> message(String id) {
        return server.twitter("DELETE", "/direct_messages/events/destroy.json?id=" + id, Map.of());
    }

    private static HttpResponse<String> collection(String id) {
        return server.twitter("POST", "/collections/destroy.json?id=" + id, Map.of());
    }

    private static String said(HttpResponse<String> answer) {
        return (answer.statusCode() + " " + answer.body()).strip();
    }

    private static JsonNode json(HttpResponse<String> answer) throws Exception {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return new ObjectMapper().readTree(answer.body());
    }
}
