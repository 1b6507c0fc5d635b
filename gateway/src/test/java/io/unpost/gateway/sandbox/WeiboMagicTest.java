package io.unpost.gateway.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.xml.sax.SAXParseException;

class WeiboMagicTest {

    private static final String GONE = "40031:Error: target weibo does not exist!";

    private static final List<String> CODED = List.of(
            "40040007",
            "40040022",
            "40040028",
            "40040031",
            "40040036",
            "40040070",
            "40040072",
            "40140104",
            "40140105",
            "40140107",
            "40140108",
            "40140113",
            "40340302",
            "40340304",
            "40340305",
            "40340307",
            "40340308",
            "40340312",
            "40340313",
            "40340314");
    private static final List<String> OTHER = List.of(
            "20000000", "20000001", "20000002", "20040028", "40200000", "40300000", "50000000", "50000001", "50200000");

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
    void everyMagicIdButTheNetworksIsTriedHere() {
        List<String> tried = Stream.of(
                        CODED.stream(), OTHER.stream(), Magic.NETWORK.stream().map(Magic::id))
                .flatMap(ids -> ids)
                .toList();

        assertThat(WeiboMagic.STATUSES).extracting(Magic::id).containsExactlyInAnyOrderElementsOf(tried);
    }

    @ParameterizedTest
    @FieldSource("CODED")
    void codedErrorIsSaidEveryTime(String id) throws Exception {
        for (String format : List.of("json", "xml", "json")) {
            WeiboAnswer answer = WeiboAnswer.of(destroy(id, format));
            assertThat(answer.status()).isEqualTo(Integer.parseInt(id.substring(0, 3)));
            assertThat(answer.at("error")).startsWith(id.substring(3) + ":");
            assertThat(answer.at("error_code")).isEqualTo(id.substring(0, 3));
        }
    }

    @Test
    void freeTextIsChineseWithoutAnotherColon() throws Exception {
        assertThat(WeiboAnswer.of(destroy("40040028", "xml")).at("error")).matches("40028:\\p{IsHan}[^:]+");
    }

    @ParameterizedTest
    @CsvSource({
        "20040028, 200, 40028:系统繁忙",
        "40200000, 402, no weibo was opened for this account",
        "40300000, 403, the server refuses"
    })
    void otherErrorIsSaidEveryTime(String id, int status, String error) throws Exception {
        for (String format : List.of("json", "xml", "json")) {
            WeiboAnswer answer = WeiboAnswer.of(destroy(id, format));
            assertThat(answer.status()).isEqualTo(status);
            assertThat(answer.at("error")).isEqualTo(error);
        }
    }

    @ParameterizedTest
    @CsvSource({"20000000, 200, Weibo", "50000000, 500, XID 5555", "50200000, 502, Bad Gateway"})
    void pageIsSaidEveryTime(String id, int status, String text) {
        for (String format : List.of("json", "xml", "json")) {
            HttpResponse<String> answer = destroy(id, format);
            assertThat(answer.statusCode()).isEqualTo(status);
            assertThat(answer.headers().firstValue("content-type")).hasValue("text/html;charset=utf-8");
            assertThat(answer.body()).isEqualTo("<html><body>" + text + "</body></html>");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"json", "xml"})
    void anotherStatusIsNamedAndStillThere(String format) throws Exception {
        assertThat(WeiboAnswer.of(destroy("20000001", format)).at("id")).isEqualTo("2015");
        assertThat(WeiboAnswer.of(destroy("20000001", format)).at("id")).isEqualTo("2015");
        assertThat(destroy("2015", format).statusCode()).isEqualTo(200);
    }

    @Test
    void malformedXmlHidesADelete() throws Exception {
        HttpResponse<String> answer = destroy("20000002", "xml");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).contains("<id>20000002</id>", "<text>Magic: a bare & is not XML</text>");
        assertThatThrownBy(() -> WeiboAnswer.of(answer)).isInstanceOf(SAXParseException.class);
        assertThat(error("20000002")).isEqualTo(GONE);
    }

    @Test
    void malformedJsonHidesADelete() throws Exception {
        HttpResponse<String> answer = destroy("20000002", "json");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).contains("\"source\":\"<a href=\"https://");
        assertThatThrownBy(() -> WeiboAnswer.of(answer)).isInstanceOf(JsonProcessingException.class);
        assertThat(error("20000002")).isEqualTo(GONE);
    }

    @Test
    void pageMayHideADelete() throws Exception {
        assertThat(destroy("50000001", "json").statusCode()).isEqualTo(500);
        assertThat(error("50000001")).isEqualTo(GONE);
    }

    @ParameterizedTest
    @CsvSource({
        "POST, /statuses/destroy/900001.json, 40031",
        "DELETE, /statuses/destroy/900001.xml, 40031",
        "POST, /direct_messages/destroy/900001.xml, 40010",
        "DELETE, /direct_messages/destroy/900001.json, 40010"
    })
    void answerIsLostAfterADelete(String method, String path, String gone) throws Exception {
        assertThat(server.weiboRaw(method, path)).isEmpty();
        assertThat(WeiboAnswer.of(server.weibo(method, path)).at("error")).startsWith(gone + ":");
    }

    @ParameterizedTest
    @CsvSource({
        "POST, /statuses/destroy/900002.xml, <status>",
        "DELETE, /statuses/destroy/900002.json, {\"created_at\":",
        "POST, /direct_messages/destroy/900002.xml, <direct_message>"
    })
    void answerIsCutOffAfterADelete(String method, String path, String beginning) throws Exception {
        String[] answer = server.weiboRaw(method, path).split("\r\n\r\n", 2);

        assertThat(answer[0]).startsWith("HTTP/1.1 200 OK\r\n");
        assertThat(answer[1]).contains(beginning).doesNotContain("</status>", "recipient>", "\"verified\"");
        assertThat(server.weibo(method, path).statusCode()).isEqualTo(400);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/statuses/destroy/900008.xml", "/direct_messages/destroy/900008.json"})
    void connectionEndsOnceBeforeADelete(String path) throws IOException {
        assertThat(server.weiboRaw("POST", path)).isEmpty();
        assertThat(server.weibo("POST", path).statusCode()).isEqualTo(200);
        assertThat(server.weibo("POST", path).statusCode()).isEqualTo(400);
    }

    @ParameterizedTest
    @CsvSource({"40040010, 400, 40010", "40040021, 400, 40021"})
    void magicIdsOfMessagesAnswer(String id, int status, String code) throws Exception {
        WeiboAnswer answer = WeiboAnswer.of(server.weibo("POST", "/direct_messages/destroy/" + id + ".json"));

        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.at("error")).startsWith(code + ":");
    }

    private static HttpResponse<String> destroy(String id, String format) {
        return server.weibo("POST", "/statuses/destroy/" + id + "." + format);
    }

    private static String error(String id) throws Exception {
        return WeiboAnswer.of(destroy(id, "json")).at("error");
    }
}
