package io.unpost.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The answers on the providers' pages, defects included, are the successes that they document.
@Timeout(60)
final class DocumentedFormsTest {

    /// A status with the defect on Weibo's page: an ampersand stands bare in a time zone.
    private static final String STATUS = """
        <?xml version="1.0" encoding="UTF-8"?>
        <status>
         <created_at>Tue Apr 07 22:52:51 +0000 2009</created_at>
         <id>ID</id>
         <text>RT @oven: bread & butter, you're right</text>
         <source><a href="http://www.deck.example/">Deck</a></source>
         <truncated>false</truncated>
         <in_reply_to_status_id></in_reply_to_status_id>
         <in_reply_to_user_id></in_reply_to_user_id>
         <favorited>false</favorited>
         <in_reply_to_screen_name></in_reply_to_screen_name>
         <user>
           <id>1401882</id>
           <name>The Baker</name>
           <screen_name>baker</screen_name>
           <profile_image_url>avatar_normal.png</profile_image_url>
           <url>http://www.baker.example</url>
           <protected>false</protected>
           <time_zone>Eastern Time (US & Canada)</time_zone>
           <verified>true</verified>
         </user>
        </status>
        """;

    /// A tweet with the defect on Twitter's page on unretweet: a word that is no JSON. Its id is another one.
    private static final String TWEET = """
        {
            "contributors": null,
            "created_at": "Fri Dec 25 23:11:29 +0000 2015",
            "entities": {
                "user_mentions": [
                    {
                        "id": "2244994945",
                        "id_str": "2244994945"
                    }
                ]
            },
            "favorite_count": 78,
            "id": "680526305473867776",
            "id_str": "680526305473867776",
            "in_reply_to_user_id": null,
            "retweet_count": 25,
            "retweeted": tweeted,
            "source": "A Client",
            "text": "Happy holidays!",
            "user": {
              "id": 2244994945,
              "id_str": 2244994945,
              "protected": 0,
              "screen_name": "tester"
            }
        }
        """;

    private static final Form REPOSTS = Form.ofTwitter().get(1);

    @TempDir
    private static Path folder;

    private static Provider twitter;
    private static Provider weibo;
    private static Gateway gateway;

    @FunctionalInterface
    interface Framing {
        void send(Call call, String body) throws IOException;
    }

    @BeforeAll
    static void start() throws IOException {
        twitter = new Provider();
        weibo = Provider.weibo();
        gateway = Gateway.sidecar(folder, Form.accounts(twitter, weibo, "attempts: 1"));
    }

    @AfterAll
    static void stop() throws IOException {
        gateway.close();
        twitter.close();
        weibo.close();
    }

    static Stream<Named<Framing>> framings() {
        return Stream.of(
                Named.of("Content-Length", (call, body) -> call.answer(200, body)),
                Named.of(
                        "chunked",
                        (call, body) -> call.send(call.head(200, "Transfer-Encoding: chunked")
                                + Integer.toHexString(body.getBytes(UTF_8).length) + "\r\n" + body + "\r\n0\r\n\r\n")));
    }

    static Stream<Form> xml() {
        return Form.ofWeibo().stream()
                .filter(form -> form.account().endsWith("xml") && form.kind().equals("posts"));
    }

    @ParameterizedTest
    @MethodSource("xml")
    void bareAmpersandIsTheCharacterItIs(Form form) {
        String id = form.newId();
        weibo.does(call -> call.answer(200, STATUS.replace("ID", call.id())));

        Told told = gateway.deleteAt(form.path(id) + "?raw=true");

        assertThat(told.claim()).isEqualTo("deleted by echo");
        assertThat(told.json().at("/item")).hasToString("""
            {"id":"%s","text":"RT @oven: bread & butter, you're right","createdAt":"2009-04-07T22:52:51Z",\
            "source":{"name":"Deck","url":"http://www.deck.example/"},"inReplyTo":null,\
            "counts":{"reposts":null,"likes":null,"replies":null},\
            "author":{"id":"1401882","handle":"baker","name":"The Baker","url":"http://www.baker.example",\
            "avatarUrl":"avatar_normal.png","verified":true,"protected":false}}\
            """.formatted(id));
        assertThat(told.at("/provider/body")).isEqualTo(STATUS.replace("ID", id));
    }

    /// Nothing in it is left unread, so that its end is seen also where only the connection's end frames it.
    @Test
    void statusFramedByTheEndOfTheConnectionIsReadWhereItIsWhole() {
        Form form = xml().findFirst().orElseThrow();
        weibo.does(call -> call.answerUntilClose(200, STATUS.replace("ID", call.id())));
        assertThat(gateway.deleteAt(form.path(form.newId())).claim()).isEqualTo("deleted by echo");

        for (String end : List.of("</status>", " & Canada", "<user>", "</id>")) {
            weibo.does(call -> call.answerUntilClose(
                    200, STATUS.substring(0, STATUS.indexOf(end)).replace("ID", call.id())));
            assertThat(gateway.deleteAt(form.path(form.newId())).claim()).isEqualTo("outcome_unknown");
        }
    }

    @ParameterizedTest
    @MethodSource("framings")
    void wordThatIsNoJsonHidesWhatFollows(Framing framing) {
        twitter.does(call -> framing.send(call, TWEET));

        Told told = gateway.deleteAt(REPOSTS.path("241259202004267009") + "?raw=true");

        assertThat(told.status()).isEqualTo(200);
        assertThat(told.claim()).isEqualTo("deleted by acknowledged");
        assertThat(told.json().at("/item")).hasToString("""
            {"id":"680526305473867776","text":null,"createdAt":"2015-12-25T23:11:29Z","source":null,"inReplyTo":null,\
            "counts":{"reposts":25,"likes":78,"replies":null},"author":null}\
            """);
        assertThat(told.at("/provider/body")).isEqualTo(TWEET);
    }

    /// The same tweet under the id that was named is the page's other case: nothing may have been done.
    @Test
    void tweetThatWasNamedIsNotUndone() {
        twitter.does(call -> call.answer(200, TWEET));

        Told told = gateway.deleteAt(REPOSTS.path("680526305473867776"));

        assertThat(told.status()).isEqualTo(202);
        assertThat(told.claim()).isEqualTo("unverified by none");
    }

    @Test
    void tweetFramedByTheEndOfTheConnectionConfirmsNothing() {
        twitter.does(call -> call.answerUntilClose(200, TWEET));

        assertThat(gateway.deleteAt(REPOSTS.path("241259202004267010")).claim()).isEqualTo("outcome_unknown");
    }

    @Test
    void messageAndCollectionAreThoseOfTheirPages() {
        twitter.does(call -> {
            if (call.request().method().equals("DELETE")) {
                call.answer(204, "", "content-type: text/html;charset=utf-8", "content-length: 0");
            } else {
                call.answer(200, "{\n  \"destroyed\": true\n}");
            }
        });

        assertThat(gateway.deleteAt("twitter/messages/938178981337088004").claim())
                .isEqualTo("deleted by acknowledged");
        assertThat(gateway.deleteAt("twitter/collections/custom-390882285743898624")
                        .claim())
                .isEqualTo("deleted by acknowledged");
        assertThat(twitter.refused()).isEmpty();
    }
}
