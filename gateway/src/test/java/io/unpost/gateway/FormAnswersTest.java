package io.unpost.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.unpost.gateway.Api.Word;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What the caller of each form is told, and may wish.
@Timeout(60)
final class FormAnswersTest {

    private static final Form REPOSTS = Form.ofTwitter().get(1);
    private static final Form MESSAGES = Form.ofTwitter().get(2);

    @TempDir
    private static Path folder;

    private static Provider twitter;
    private static Provider weibo;
    private static Gateway gateway;

    @BeforeAll
    static void start() throws IOException {
        twitter = new Provider();
        weibo = Provider.weibo();
        gateway = Gateway.sidecar(folder, Form.accounts(twitter, weibo, ""));
    }

    @AfterAll
    static void nothingWasRefusedByTheProviders() throws IOException {
        gateway.close();
        twitter.close();
        weibo.close();
        assertThat(twitter.refused()).isEmpty();
        assertThat(weibo.refused()).isEmpty();
    }

    @BeforeEach
    void obey() {
        twitter.does(Call::obey);
        weibo.does(Call::obey);
    }

    static Stream<Form> all() {
        return Form.all();
    }

    static Stream<Form> ofWeibo() {
        return Form.ofWeibo().stream();
    }

    /// The provider says yes to the tweet that was named, and that proves nothing.
    @ParameterizedTest
    @ValueSource(strings = {"respond-async", "return=minimal"})
    void unverifiedKeepsItsBodyAndSaysWhatToDo(String preference) {
        twitter.does(call -> call.answer(200, Tweets.tweet(call.id())));
        String id = REPOSTS.newId();

        Told told = gateway.deleteAt(REPOSTS.path(id), "Prefer", preference);

        assertThat(told.status()).isEqualTo(202);
        assertThat(told.claim()).isEqualTo("unverified by none");
        assertThat(told.header("Content-Type")).isEqualTo("application/json");
        assertThat(told.header("Unpost-Outcome")).isEqualTo("unverified");
        assertThat(told.header("Unpost-Evidence")).isEqualTo("none");
        assertThat(told.header("Unpost-Visibility")).isEqualTo("everyone");
        assertThat(told.header("Preference-Applied")).isEmpty();
        assertThat(told.at("/detail")).contains("by its own id");
        assertThat(told.at("/item/id")).isEqualTo(id);
        assertThat(told.at("/item/author/handle")).isEqualTo("tester");
        assertThat(told.at("/provider/status")).isEqualTo("200");
        assertThat(twitter.ledger()).doesNotContainKey(id);
    }

    @ParameterizedTest
    @MethodSource("all")
    void minimalSuccessSaysAsMuchInItsHeaders(Form form) {
        Told told = gateway.deleteAt(form.path(form.newId()), "Prefer", "return=minimal");

        assertThat(told.status()).isEqualTo(204);
        assertThat(told.body()).isEmpty();
        assertThat(told.header("Preference-Applied")).isEqualTo("return=minimal");
        assertThat(told.header("Unpost-Outcome")).isEqualTo("deleted");
        assertThat(told.header("Unpost-Evidence")).isEqualTo(form.evidence());
        assertThat(told.header("Unpost-Visibility")).isEqualTo(form.visibility());
    }

    /// The gateway cuts, in every dialect; whom nobody shows, nobody cuts.
    @ParameterizedTest
    @MethodSource("all")
    void trimmedAuthorIsItsIdInEveryForm(Form form) {
        Told told = gateway.deleteAt(form.path(form.newId()) + "?trim_user=t");

        assertThat(told.status()).isEqualTo(200);
        if (form.itemised()) {
            assertThat(told.json().at("/item/author"))
                    .hasToString("""
                        {"id":"%s","handle":null,"name":null,"url":null,"avatarUrl":null,"verified":null,"protected":null}\
                        """.formatted(form.isOfTwitter() ? "14927800" : "11051"));
        } else {
            assertThat(told.json().at("/item").isNull()).isTrue();
        }
    }

    @ParameterizedTest
    @MethodSource("all")
    void rawBodyIsTheProvidersOwn(Form form) {
        var said = new TreeMap<String, String>();
        Provider provider = form.at(twitter, weibo);
        provider.does(call -> {
            said.put(call.id(), call.said(Word.DELETED).body());
            call.obey();
        });
        String id = form.newId();

        Told told = gateway.deleteAt(form.path(id) + "?raw=true");

        assertThat(told.at("/provider/body")).isEqualTo(said.get(id));
        assertThat(told.at("/provider/bodyTruncated")).isEqualTo("false");
        assertThat(told.at("/provider/body").startsWith("<?xml"))
                .isEqualTo(form.account().endsWith("xml"));
    }

    @ParameterizedTest
    @MethodSource("ofWeibo")
    void refusalKeepsWeibosWords(Form form) {
        String id = form.newId();
        weibo.isForeign(id);

        Told told = gateway.deleteAt(form.path(id) + "?raw=true");

        boolean message = form.kind().equals("messages");
        assertThat(told.status()).isEqualTo(403);
        assertThat(told.what()).isEqualTo("not_owner");
        assertThat(told.at("/provider/status")).isEqualTo("400");
        assertThat(told.at("/provider/code")).isEqualTo(message ? "40021" : "40036");
        assertThat(told.at("/provider/message"))
                .isEqualTo(message ? "40021:Error: not your own direct message!" : "40036:Error: not your own weibo!");
        assertThat(told.at("/provider/body")).contains(form.account().endsWith("xml") ? "<hash>" : "{\"request\":");
    }

    @ParameterizedTest
    @MethodSource("all")
    void dryRunShowsTheFormAndSendsNothing(Form form) {
        String id = form.newId();

        Told told = gateway.deleteAt(form.path(id) + "?dry_run=true&trim_user=true");

        assertThat(told.status()).isEqualTo(200);
        assertThat(told.claim()).isEqualTo("planned by none");
        assertThat(told.at("/visibility")).isEqualTo(form.visibility());
        assertThat(told.at("/attempts")).isEqualTo("0");
        String[] line = form.line().formatted(id).split(" ", 2);
        boolean post = line[0].equals("POST");
        JsonNode request = told.json().at("/request");
        assertThat(request.at("/method").asText()).isEqualTo(line[0]);
        assertThat(request.at("/url").asText())
                .isEqualTo("http://127.0.0.1:" + form.at(twitter, weibo).port()
                        + line[1].replaceFirst("source=.*", "source=***"));
        assertThat(request.at("/headers").properties().stream().map(Map.Entry::getKey))
                .isEqualTo(post ? List.of("Authorization", "Content-Type") : List.of("Authorization"));
        assertThat(request.at("/headers/Authorization").asText())
                .matches(
                        form.account().contains("basic")
                                ? "Basic \\*\\*\\*"
                                : "OAuth oauth_consumer_key=\"\\*\\*\\*\", oauth_nonce=\"[^\"]+\","
                                        + " oauth_signature_method=\"HMAC-SHA1\", oauth_timestamp=\"[0-9]+\","
                                        + " oauth_token=\"\\*\\*\\*\", oauth_version=\"1.0\","
                                        + " oauth_signature=\"\\*\\*\\*\"");
        boolean tweet = form.isOfTwitter() && form.itemised();
        assertThat(request.at("/form")).hasToString(tweet ? "{\"tweet_mode\":\"extended\"}" : "{}");
        assertThat(form.at(twitter, weibo).sends(id)).isZero();
    }

    /// Nothing is read from it, so that its type does not matter.
    @ParameterizedTest
    @ValueSource(strings = {"text/html;charset=utf-8", "application/json", "nonsense"})
    void messageIsDeletedByItsStatusAlone(String type) {
        twitter.does(call -> {
            call.commit();
            call.answer(204, "", "content-type: " + type, "content-length: 0");
        });

        Told told = gateway.deleteAt(MESSAGES.path(MESSAGES.newId()) + "?raw=true");

        assertThat(told.claim()).isEqualTo("deleted by acknowledged");
        assertThat(told.at("/visibility")).isEqualTo("own_view");
        assertThat(told.json().at("/item").isNull()).isTrue();
        assertThat(told.at("/provider/body")).isEmpty();
    }

    /// Such an answer is not the one that is documented, whatever it holds.
    @ParameterizedTest
    @ValueSource(ints = {200, 202, 203, 205})
    void messageIsNotDeletedByAnyOtherSuccess(int status) {
        twitter.does(call -> call.answer(status, ""));

        assertThat(gateway.deleteAt(MESSAGES.path(MESSAGES.newId())).what()).isEqualTo("outcome_unknown");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"{\"destroyed\":false}", "{}", "{\"destroyed\":null}", "{\"destroyed\":\"perhaps\"}", "true"})
    void collectionIsNotDeletedByAnyOtherWord(String body) {
        twitter.does(call -> call.answer(200, body));
        Form collections = Form.ofTwitter().get(3);

        assertThat(gateway.deleteAt(collections.path(collections.newId())).what())
                .isEqualTo("outcome_unknown");
    }
}
