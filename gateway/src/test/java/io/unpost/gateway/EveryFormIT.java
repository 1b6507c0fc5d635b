package io.unpost.gateway;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The jar as it is shipped answers every form, at providers that verify every request by themselves.
@Timeout(120)
final class EveryFormIT {

    private static final String JSON = "method: post, format: json";
    private static final String LIMITED = "limited-";
    private static final String XML = "method: delete, format: xml";

    @TempDir
    private static Path folder;

    private static Provider twitter;
    private static Provider weibo;
    private static Jar gateway;

    @BeforeAll
    static void start() throws IOException {
        twitter = new Provider();
        weibo = Provider.weibo();
        String accounts = Form.accounts(twitter, weibo, "");
        gateway = new Jar(folder, accounts + limitedOnes(accounts) + wrongOnes());
    }

    /// The same again: an account that met a limit sends nothing for a while.
    private static String limitedOnes(String accounts) {
        return accounts.replace("accounts:\n", "")
                .replaceAll("(?m)^ +([a-z0-9-]+): \\{dialect", "  " + LIMITED + "$1: {dialect");
    }

    private static String wrongOnes() {
        int port = weibo.port();
        String wrong = Provider.PASSWORD + "x";
        return WeiboApi.account("wrong-user", port, WeiboApi.basic("x", Provider.PASSWORD, Provider.APP_KEY), JSON)
                + WeiboApi.account("wrong-password", port, WeiboApi.basic(Provider.USER, wrong, Provider.APP_KEY), JSON)
                + WeiboApi.account("wrong-app-key", port, WeiboApi.basic(Provider.USER, Provider.PASSWORD, "x"), XML)
                + WeiboApi.account("wrong-secret-json", port, WeiboApi.oauth1("x"), JSON)
                + WeiboApi.account("wrong-secret-xml", port, WeiboApi.oauth1("x"), XML)
                + Gateway.accounts(twitter, Map.of("wrong-at-twitter", ""))
                        .replace("accounts:\n", "")
                        .replace(Provider.TOKEN_SECRET, "x");
    }

    @AfterAll
    static void stop() throws IOException {
        gateway.close();
        twitter.close();
        weibo.close();
    }

    static Stream<Form> forms() {
        return Form.all();
    }

    @ParameterizedTest
    @MethodSource("forms")
    void deletesWhatIsThere(Form form) throws IOException, InterruptedException {
        Provider provider = form.at(twitter, weibo);
        String id = form.newId();

        Told told = gateway.delete(form.path(id));

        assertThat(told.status()).as(told.body()).isEqualTo(200);
        assertThat(told.claim()).isEqualTo("deleted by " + form.evidence());
        assertThat(told.at("/visibility")).isEqualTo(form.visibility());
        assertThat(told.at("/kind")).isEqualTo(form.kind());
        assertThat(told.at("/id")).isEqualTo(id);
        assertThat(told.at("/attempts")).isEqualTo("1");
        assertThat(told.header("Unpost-Outcome")).isEqualTo("deleted");
        assertThat(told.header("Unpost-Evidence")).isEqualTo(form.evidence());
        assertThat(told.header("Unpost-Visibility")).isEqualTo(form.visibility());
        assertThat(told.json().at("/item").isObject()).isEqualTo(form.itemised());
        assertThat(requireNonNull(provider.ledger().get(id)).line())
                .isEqualTo(form.line().formatted(id) + " HTTP/1.1");
        assertThat(provider.refused()).noneMatch(line -> line.contains(id));
        assertThat(provider.sends(id)).isEqualTo(1);
    }

    @ParameterizedTest
    @MethodSource("forms")
    void tellsWhatIsGone(Form form) throws IOException, InterruptedException {
        String id = form.newId();
        gateway.delete(form.path(id));

        Told told = gateway.delete(form.path(id));

        assertThat(told.what()).isEqualTo(form.gone());
        assertThat(told.status()).isEqualTo(form.gone().equals("already_gone") ? 200 : 404);
        assertThat(told.at("/mayBeGone")).isEqualTo(form.gone().equals("already_gone") ? "" : "true");
    }

    @ParameterizedTest
    @MethodSource("forms")
    void tellsWhatIsForeign(Form form) throws IOException, InterruptedException {
        Provider provider = form.at(twitter, weibo);
        String id = form.newId();
        provider.isForeign(id);

        Told told = gateway.delete(form.path(id));

        assertThat(told.what()).isEqualTo(form.foreign());
        assertThat(told.at("/outcome")).isEqualTo("not_deleted");
        assertThat(provider.ledger()).doesNotContainKey(id);
    }

    @ParameterizedTest
    @MethodSource("forms")
    void tellsOfALimit(Form form) throws IOException, InterruptedException {
        Provider provider = form.at(twitter, weibo);
        String id = form.newId();
        provider.isLimited(id);

        Told told = gateway.delete(LIMITED + form.path(id));

        assertThat(told.status()).isEqualTo(429);
        assertThat(told.what()).isEqualTo("rate_limited");
        assertThat(told.header("Retry-After")).isEqualTo("60");
        assertThat(provider.ledger()).doesNotContainKey(id);
    }

    @ParameterizedTest
    @ValueSource(strings = {"posts", "reposts", "messages"})
    void everyFormOfWeiboGivesTheSameItem(String kind) throws IOException, InterruptedException {
        Set<JsonNode> items = new HashSet<>();
        for (Form form : Form.ofWeibo()) {
            if (form.kind().equals(kind)) {
                String id = form.newId();
                var item = (ObjectNode) gateway.delete(form.path(id)).json().at("/item");
                assertThat(item.remove("id").asText()).isEqualTo(id);
                items.add(item);
            }
        }

        boolean message = kind.equals("messages");
        assertThat(items).singleElement().hasToString("""
            {"text":"%s","createdAt":"2010-12-02T07:09:11Z","source":%s,"inReplyTo":%s,\
            "counts":{"reposts":null,"likes":null,"replies":null},\
            "author":{"id":"11051","handle":"cafenine","name":"九号","url":null,\
            "avatarUrl":"http://tp.example/1","verified":true,"protected":null}}\
            """.formatted(
                        Weibos.TEXT.replace("\"", "\\\""),
                        message ? "null" : "{\"name\":\"Oven\",\"url\":\"http://oven.example/?a=1&b=2\"}",
                        message ? "null" : "{\"id\":\"31\",\"authorId\":null}"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "wrong-user",
                "wrong-password",
                "wrong-app-key",
                "wrong-secret-json",
                "wrong-secret-xml",
                "wrong-at-twitter"
            })
    void wrongCredentialsDeleteNothing(String account) throws IOException, InterruptedException {
        Provider provider = account.equals("wrong-at-twitter") ? twitter : weibo;
        for (String kind : List.of("posts", "messages")) {
            String id = Form.all().findFirst().orElseThrow().newId();

            Told told = gateway.delete(account + "/" + kind + "/" + id);

            assertThat(told.status()).isEqualTo(502);
            assertThat(told.what()).isEqualTo("credentials_rejected");
            assertThat(provider.ledger()).doesNotContainKey(id);
            assertThat(provider.refused()).filteredOn(line -> line.contains(id)).hasSize(1);
        }
    }

    /// Twitter's collections are no kind of Weibo's.
    @Test
    void kindThatWeiboDoesNotHaveIsNotSent() throws IOException, InterruptedException {
        assertThat(gateway.delete("weibo-basic-post-json/collections/custom-1").what())
                .isEqualTo("unsupported_kind");
        assertThat(weibo.ledger()).doesNotContainKey("custom-1");
    }
}
