package io.unpost.dialect.twitter;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.unpost.dialect.DeleteCommand;
import io.unpost.dialect.Item;
import io.unpost.dialect.Kind;
import io.unpost.dialect.Outcome.Verdict;
import io.unpost.dialect.WireResponse;
import io.unpost.dialect.testkit.Transcript;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TwitterUnretweetTest {

    private static final String REPOST = "1349969223154606081";
    private static final String DATE = "\"created_at\":\"Wed Nov 07 21:45:10 +0000 2012\"";
    private static final String COUNT = "\"retweet_count\":0";
    private static final Item ITEM = new Item(
            "266367358078169089",
            "Scones at nine",
            Instant.parse("2012-11-07T21:45:10Z"),
            null,
            null,
            new Item.Counts(6L, null, null),
            new Item.Author("14927801", null, null, null, null, null, null));
    private static final String TWEET = "{" + DATE + ",\"id\":266367358078169089,\"id_str\":\"266367358078169089\","
            + "\"full_text\":\"Scones at nine\",\"user\":{\"id_str\":\"14927801\"},\"retweet_count\":6,"
            + "\"retweeted\":true}";

    @Test
    void otherTweetAcknowledgesAndIsTheItem() {
        Verdict verdict = decode(REPOST, 200, TWEET);
        assertThat(verdict).isEqualTo(Verdict.Deleted.acknowledged(ITEM, verdict.says()));
    }

    @Test
    void namedTweetProvesNothingAndTheCallerIsToldWhatToDo() {
        assertThat(decode("266367358078169089", 200, TWEET))
                .isInstanceOfSatisfying(Verdict.Unverified.class, unverified -> {
                    assertThat(unverified.why())
                            .contains("delete the repost by its own id")
                            .hasSizeLessThan(200)
                            .endsWith(".");
                    assertThat(unverified.item()).isEqualTo(ITEM);
                });
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        266367358078169089  | "id_str":"266367358078169089"                             | Unverified
        266367358078169089  | "id":266367358078169089                                   | Unverified
        266367358078169089  | "id":"266367358078169089"                                 | Unverified
        266367358078169089  | "id_str":266367358078169089                               | Unverified
        266367358078169089  | "id":266367358078169100                                   | Unverified
        266367358078169089  | "id":266367358078169100,"id_str":"266367358078169089"     | Unverified
        266367358078169089  | "id":266367358078169088                                   | Unverified
        9223372036854775807 | "id":9223372036854776000                                  | Unverified
        20                  | "id":20                                                   | Unverified
        20                  | "id":20,"retweeted_status":{"id":21}                      | Unverified
        266367358078169089  | "id":266367358078169200                                   | Deleted acknowledged
        1349969223154606081 | "id_str":"266367358078169089"                             | Deleted acknowledged
        1349969223154606081 | "id":266367358078169100                                   | Deleted acknowledged
        1349969223154606081 | "id":266367358078169100,"id_str":"266367358078169089"     | Deleted acknowledged
        21                  | "id":20                                                   | Deleted acknowledged
        22                  | "id":20,"retweeted_status":{"id":21}                      | Deleted acknowledged
        21                  | "id":20,"retweeted_status":{"id":21}                      | Unverified
        21                  | "id":20,"retweeted_status":{"id_str":"21"}                | Unverified
        20                  | "id":20,"id_str":"21"                                     | Faulted
        22                  | "id":20,"id_str":"21"                                     | Faulted
        21                  | "id":20,"id_str":[20]                                     | Faulted
        21                  | "id":{"x":20},"id_str":"20"                               | Faulted
        21                  | "id":20,"id":20                                           | Faulted
        21                  | "id":20.0                                                 | Faulted
        21                  | "id":2.6636735807816909e17                                | Faulted
        21                  | "id":-20                                                  | Faulted
        21                  | "id":0                                                    | Faulted
        21                  | "id_str":"020"                                            | Faulted
        21                  | "id_str":" 20"                                            | Faulted
        21                  | "id_str":"２０"                                           | Faulted
        21                  | "id_str":"NaN"                                            | Faulted
        21                  | "id_str":"custom-20"                                      | Faulted
        21                  | "id_str":"12345678901234567890"                           | Faulted
        21                  | "id":null                                                 | Faulted
        21                  | "text":"20"                                               | Faulted
        21                  | "retweeted_status":{"id":20}                              | Faulted
        21                  | "destroyed":true                                          | Faulted
        """)
    void onlyAReadableOtherTweetAcknowledges(String named, String fields, String verdict) {
        assertThat(words(named, 200, "{" + COUNT + "," + fields + "}")).isEqualTo(verdict);
        assertThat(words(named, 200, "{" + fields + "," + COUNT + "}"))
                .as("the other way round")
                .isEqualTo(verdict);
        assertThat(words(named, 200, "{" + DATE + ",\"screen_name\":\"u\"," + fields.replace("text", "name") + "}"))
                .as("what has an id and a date, as a user does, and is no tweet")
                .isEqualTo("Faulted");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"errors\":[{\"code\":144}]",
                "\"errors\":[{}]",
                "\"errors\":\"x\"",
                "\"error\":\"x\"",
                "\"code\":327,\"message\":\"x\""
            })
    void errorBesideATweetIsNoSuccess(String error) {
        assertThat(words(REPOST, 200, "{\"id\":20," + COUNT + "," + error + "}"))
                .isEqualTo("Faulted");
        assertThat(words("20", 200, "{\"id\":20," + COUNT + "," + error + "}")).isEqualTo("Faulted");
    }

    @ParameterizedTest
    @CsvSource({
        "302, Faulted",
        "401, Refused CREDENTIALS_REJECTED",
        "404, NotFound",
        "429, Throttled",
        "500, Faulted",
        "503, Faulted"
    })
    void tweetWithAFailureIsNoSuccess(int status, String verdict) {
        assertThat(words(REPOST, status, TWEET)).isEqualTo(verdict);
    }

    @Test
    void unreadableDateIsStillATweets() {
        assertThat(words(REPOST, 200, "{\"id\":20,\"text\":\"x\",\"created_at\":\"yesterday\"}"))
                .isEqualTo("Deleted acknowledged");
    }

    private static String words(String named, int status, String body) {
        return Transcript.words(decode(named, status, body));
    }

    private static Verdict decode(String named, int status, String body) {
        byte[] bytes = body.getBytes(UTF_8);
        var framing = Map.of("Content-Length", Integer.toString(bytes.length));
        var response = new WireResponse(status, framing, bytes, Transcript.RECEIVED_AT);
        return new TwitterDialect().decode(new DeleteCommand(Kind.REPOSTS, named), response);
    }
}
