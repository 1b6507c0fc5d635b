package io.unpost.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Twitter's page on this call shows an answer that is no JSON: quotes stand unescaped within the text.
@Timeout(60)
final class DocumentedSampleTest {

    /// A tweet with that defect, its fields in the page's order.
    private static final String SAMPLE = """
        {
          "coordinates": null,
          "favorited": false,
          "created_at": "Wed Aug 29 16:54:38 +0000 2012",
          "truncated": false,
          "id_str": "ID",
          "entities": {
            "urls": [
              {
                "expanded_url": "http://example.com/2012/08/29/sharing/#.UD5JLsYptSs",
                "url": "http://t.co/abcdefgh",
                "indices": [
                  46,
                  66
                ],
                "display_url": "example.com/2012/08/29/sha…"
              }
            ],
            "hashtags": [
            ],
            "user_mentions": [
            ]
          },
          "in_reply_to_user_id_str": "783214",
          "text": ""Sharing is easier than it was last week": http://t.co/abcdefgh",
          "contributors": null,
          "retweet_count": 1,
          "id": ID,
          "in_reply_to_status_id_str": "240136858829479936",
          "geo": null,
          "retweeted": false,
          "user": {
            "name": "A Tester",
            "id_str": "14927800",
            "url": "http://t.co/tester",
            "id": 14927800,
            "screen_name": "tester"
          },
          "source": "Tweet Button"
        }
        """;

    @TempDir
    private static Path folder;

    private static Provider provider;
    private static Gateway gateway;

    @FunctionalInterface
    interface Framing {
        void send(Call call, String body) throws IOException;
    }

    @BeforeAll
    static void start() throws IOException {
        provider = new Provider();
        gateway = Gateway.sidecar(folder, Gateway.accounts(provider, Map.of("acme", "", "once", "attempts: 1")));
    }

    @AfterAll
    static void stop() throws IOException {
        gateway.close();
        provider.close();
    }

    static Stream<Named<Framing>> framings() {
        return Stream.of(
                Named.of("Content-Length", (call, body) -> call.answer(200, body)),
                Named.of("chunked", (call, body) -> {
                    call.send(call.head(200, "Transfer-Encoding: chunked"));
                    for (int i = 0; i < body.length(); i += 100) {
                        String part = body.substring(i, Math.min(i + 100, body.length()));
                        call.send(Integer.toHexString(part.getBytes(UTF_8).length) + "\r\n" + part + "\r\n");
                    }
                    call.send("0\r\n\r\n");
                }));
    }

    @ParameterizedTest
    @MethodSource("framings")
    void defectiveSampleIsReadAsTheSuccessItShows(Framing framing) {
        String id = "240854986559455234";
        provider.does(call -> framing.send(call, SAMPLE.replace("ID", call.id())));

        Told told = gateway.delete("acme", id + "?raw=true");

        assertThat(told.status()).isEqualTo(200);
        assertThat(told.claim()).isEqualTo("deleted by echo");
        assertThat(told.at("/attempts")).isEqualTo("1");
        assertThat(told.at("/item/id")).isEqualTo(id);
        assertThat(told.at("/item/createdAt")).isEqualTo("2012-08-29T16:54:38Z");
        assertThat(told.at("/item/inReplyTo/authorId")).isEqualTo("783214");
        // The defect is in the text, and what follows it cannot be read.
        assertThat(told.json().at("/item/text").isNull()).isTrue();
        assertThat(told.json().at("/item/inReplyTo/id").isNull()).isTrue();
        assertThat(told.json().at("/item/source").isNull()).isTrue();
        assertThat(told.json().at("/item/author").isNull()).isTrue();
        assertThat(told.json().at("/item/counts/reposts").isNull()).isTrue();
        assertThat(told.at("/provider/body")).isEqualTo(SAMPLE.replace("ID", id));
    }

    /// Without a length, only a body that can be read to its end shows that it is whole.
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void defectiveSampleFramedByTheEndOfTheConnectionConfirmsNothing(boolean cut) {
        provider.does(call -> call.answerUntilClose(
                200, SAMPLE.replace("ID", call.id()).substring(0, cut ? SAMPLE.length() / 2 : SAMPLE.length())));

        assertThat(gateway.delete("once", "1000").what()).isEqualTo("outcome_unknown");
    }

    /// A double holds neither of the long ones; the short one is of 2007.
    @ParameterizedTest
    @ValueSource(strings = {"240854986559455234", "9223372036854775807", "145344012", "9007199254740993", "1"})
    void idComesBackAsTheStringItIs(String id) {
        provider.does(call -> call.answer(200, SAMPLE.replace("ID", call.id())));

        Told told = gateway.delete("acme", id);

        assertThat(told.body())
                .containsOnlyOnce("\"item\":{\"id\":\"" + id + "\"")
                .doesNotContain("\"id\":" + id);
        assertThat(told.body().replace("\"item\":{\"id\":\"" + id + "\"", ""))
                .containsOnlyOnce("\"id\":\"" + id + "\"");
        assertThat(provider.refused()).isEmpty();
    }
}
