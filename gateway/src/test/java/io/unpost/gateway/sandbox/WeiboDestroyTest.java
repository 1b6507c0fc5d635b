package io.unpost.gateway.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
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

class WeiboDestroyTest {

    private static final String FIRST = "1472669360";
    private static final String FIRST_TEXT = "R&B <live> \"tonight\", it's 今晚 🎉";

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

    @ParameterizedTest
    @CsvSource({"POST, json, ''", "DELETE, json, ''", "POST, xml, status", "DELETE, xml, status"})
    void deletedStatusIsTheAnswer(String method, String format, String root) throws Exception {
        WeiboAnswer status = weibo(method, "/statuses/destroy/" + FIRST + "." + format);

        assertThat(status.status()).isEqualTo(200);
        assertThat(status.root()).isEqualTo(root);
        assertThat(status.at("id")).isEqualTo(FIRST);
        assertThat(status.at("text")).isEqualTo(FIRST_TEXT);
        assertThat(status.at("created_at")).isEqualTo("Thu Dec 02 15:09:11 +0800 2010");
        assertThat(status.at("in_reply_to_status_id")).isEmpty();
        assertThat(status.at("favorited")).isEqualTo("false");
        assertThat(status.at("user/screen_name")).isEqualTo("demo_weibo");
        assertThat(status.at("user/name")).isEqualTo("演示账号");
        assertThat(said(method, "/statuses/destroy/" + FIRST + "." + format))
                .isEqualTo("400 40031:Error: target weibo does not exist!");
    }

    @Test
    void jsonHasNumbersAndMarkupInAString() throws Exception {
        HttpResponse<String> answer = server.weibo("POST", "/statuses/destroy/9223372036854775807.json");
        JsonNode status = new ObjectMapper().readTree(answer.body());

        assertThat(status.at("/id").isNumber()).isTrue();
        assertThat(status.at("/id").longValue()).isEqualTo(Long.MAX_VALUE);
        assertThat(status.at("/user/id").isNumber()).isTrue();
        assertThat(status.at("/source").textValue())
                .isEqualTo("<a href=\"https://unpost.example/?a=1&b=2\" rel=\"nofollow\">Unpost 微博</a>");
        assertThat(status.at("/in_reply_to_user_id").textValue()).isEmpty();
        assertThat(status.at("/truncated").isBoolean()).isTrue();
    }

    @Test
    void xmlHasAnElementAsSourceAndEmptyElements() throws Exception {
        HttpResponse<String> answer = server.weibo("POST", "/statuses/destroy/" + FIRST + ".xml");

        assertThat(answer.body())
                .startsWith("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<status>")
                .contains("<source><a href=\"https://unpost.example/?a=1&amp;b=2\">Unpost 微博</a></source>")
                .contains("<geo></geo>")
                .endsWith("</status>\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"json", "xml"})
    void everyStatusOfTheAccountCanBeDeletedOnce(String format) throws Exception {
        for (Post post : WeiboSeeds.STATUSES) {
            if (post.owner() == Post.Owner.DEMO_ACCOUNT) {
                String path = "/statuses/destroy/" + post.id() + "." + format;
                assertThat(weibo("POST", path).at("text")).isEqualTo(post.text());
                assertThat(server.weibo("POST", path).statusCode()).isEqualTo(400);
            }
        }
    }

    @Test
    void placeholderOfADateIsTheEpochInChina() throws Exception {
        assertThat(weibo("POST", "/statuses/destroy/2004.json").at("created_at"))
                .isEqualTo("Thu Jan 01 08:00:00 +0800 1970");
    }

    @ParameterizedTest
    @ValueSource(strings = {"json", "xml"})
    void repostIsAStatusOfItsOwn(String format) throws Exception {
        WeiboAnswer repost = weibo("DELETE", "/statuses/destroy/3001000000000002." + format);

        assertThat(repost.at("id")).isEqualTo("3001000000000002");
        assertThat(repost.at("user/screen_name")).isEqualTo("demo_weibo");
        assertThat(repost.at("retweeted_status/id")).isEqualTo("3001000000000001");
        assertThat(repost.at("retweeted_status/user/screen_name")).isEqualTo("somebody_else");
    }

    @ParameterizedTest
    @CsvSource({"POST, json, ''", "DELETE, json, ''", "POST, xml, direct_message", "DELETE, xml, direct_message"})
    void deletedMessageIsTheAnswer(String method, String format, String root) throws Exception {
        WeiboAnswer message = weibo(method, "/direct_messages/destroy/4001." + format);

        assertThat(message.status()).isEqualTo(200);
        assertThat(message.root()).isEqualTo(root);
        assertThat(message.at("id")).isEqualTo("4001");
        assertThat(message.at("text")).isEqualTo("A message & \"quotes\" 私信 💌");
        assertThat(message.at("created_at")).isEqualTo("Fri Apr 01 16:00:00 +0800 2011");
        assertThat(message.at("sender/screen_name")).isEqualTo("somebody_else");
        assertThat(message.at("recipient/screen_name")).isEqualTo("demo_weibo");
        assertThat(message.at("recipient_id")).isEqualTo("1401881");
        assertThat(said(method, "/direct_messages/destroy/4001." + format))
                .isEqualTo("400 40010:Error: Direct Message does not exist!");
    }

    @ParameterizedTest
    @CsvSource({
        "/statuses/destroy/999, 400 40031:Error: target weibo does not exist!",
        "/statuses/destroy/4001, 400 40031:Error: target weibo does not exist!",
        "/statuses/destroy/99999999999999999999, 400 40031:Error: target weibo does not exist!",
        "/statuses/destroy/2100, 400 40036:Error: not your own weibo!",
        "/direct_messages/destroy/999, 400 40010:Error: Direct Message does not exist!",
        "/direct_messages/destroy/1472669360, 400 40010:Error: Direct Message does not exist!",
        "/direct_messages/destroy/4100, 400 40021:Error: not your own direct message!"
    })
    void whatIsNotTheAccountsStays(String path, String error) throws Exception {
        for (String method : List.of("POST", "DELETE")) {
            for (String format : List.of("json", "xml")) {
                assertThat(said(method, path + "." + format)).isEqualTo(error);
            }
        }
    }

    @Test
    void errorIsInTheFormatOfThePath() {
        assertThat(server.weibo("POST", "/statuses/destroy/1.json").body()).isEqualTo("""
            {"request":"/statuses/destroy/1.json","error_code":"400",\
            "error":"40031:Error: target weibo does not exist!"}\
            """);
        assertThat(server.weibo("POST", "/statuses/destroy/1.xml").body()).isEqualTo("""
            <?xml version="1.0" encoding="UTF-8"?>
            <hash>
            <request>/statuses/destroy/1.xml</request>
            <error_code>400</error_code>
            <error>40031:Error: target weibo does not exist!</error>
            </hash>
            """);
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /statuses/destroy/1472669360.json, 403 40307:",
        "PUT, /statuses/destroy/1472669360.xml, 403 40307:",
        "PATCH, /direct_messages/destroy/4001.json, 403 40307:",
        "POST, /statuses/destroy/1472669360.rss, 400 40007:",
        "POST, /statuses/destroy/1472669360, 404 there",
        "POST, /statuses/destroy/abc.json, 404 there",
        "POST, /statuses/destroy/%D9%A1.json, 404 there",
        "POST, /statuses/destroy/1%2F2.xml, 404 there",
        "POST, /destroy/1472669360.json, 404 there",
        "POST, /statuses/update.xml, 404 there",
        "GET, /statuses/show/1472669360.json, 404 there"
    })
    void anythingElseIsAnError(String method, String path, String error) throws Exception {
        assertThat(said(method, path)).startsWith(error);
        assertThat(weibo("POST", "/statuses/destroy/1472669360.json").status()).isEqualTo(200);
    }

    @Test
    void oauthNeedsNoAppKey() throws Exception {
        HttpResponse<String> answer = server.weiboSigned("DELETE", "/statuses/destroy/" + FIRST + ".xml", Map.of());

        assertThat(WeiboAnswer.of(answer).at("id")).isEqualTo(FIRST);
    }

    private static WeiboAnswer weibo(String method, String path) throws Exception {
        return WeiboAnswer.of(server.weibo(method, path));
    }

    /// The status and the error.
    private static String said(String method, String path) throws Exception {
        WeiboAnswer answer = weibo(method, path);
        assertThat(answer.at("error_code")).isEqualTo(Integer.toString(answer.status()));
        assertThat(answer.at("request")).isEqualTo(path);
        return answer.status() + " " + answer.at("error");
    }
}
