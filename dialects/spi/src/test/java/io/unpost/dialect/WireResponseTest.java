package io.unpost.dialect;

import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.SocketTimeoutException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WireResponseTest {

    private static final Instant NOW = Instant.parse("2026-11-23T18:25:43Z");
    private static final String TWEET =
            "{\"id\":\"20\",\"user\":{\"id\":7,\"tags\":[\"a\",{\"b\":true}]},\"text\":\"x\"}";
    private static final String DEFECTIVE = "{\"id\":\"20\",\"text\":\"\"quoted\" text\",\"user\":{\"id\":7}}";

    @ParameterizedTest
    @CsvSource({"/id, 20", "/user/id, 7", "/user/tags/0, a", "/user/tags/1/b, true", "/text, x"})
    void pointerNamesAField(String pointer, String text) {
        assertThat(whole(TWEET).at(pointer)).contains(text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/none", "/user", "/user/tags", "/user/tags/2", "/user/tags/-1", "/id/0", "/id/x", ""})
    void whatIsNoTextIsEmpty(String pointer) {
        assertThat(whole(TWEET).at(pointer)).isEmpty();
    }

    @Test
    void bodyThatIsGivenAwayIsReadAsACopyIs() {
        byte[] body = TWEET.getBytes(UTF_8);
        var headers = Map.of("Content-Length", Integer.toString(body.length));
        assertThat(WireResponse.owning(200, headers, body, NOW).at("/user/id")).contains("7");
        var copied = new WireResponse(200, headers, body, NOW);
        body[body.length - 1] = ' ';
        assertThat(copied.at("/user/id")).contains("7");
    }

    @Test
    void numbersStayAsTheyWereWritten() {
        WireResponse response = whole("{\"a\":9223372036854775808,\"b\":1.50,\"c\":2e400,\"d\":null,\"e\":false}");
        assertThat(response.at("/a")).contains("9223372036854775808");
        assertThat(response.at("/b")).contains("1.50");
        assertThat(response.at("/c")).contains("2e400");
        assertThat(response.at("/d")).isEmpty();
        assertThat(response.at("/e")).contains("false");
    }

    @Test
    void firstTextOfSeveralFieldsIsTaken() {
        WireResponse response = whole("{\"a\":null,\"b\":\"\",\"c\":\"x\"}");
        assertThat(response.text("/none", "/a", "/c", "/b")).isEqualTo("x");
        assertThat(response.text("/none", "/b", "/c")).isEqualTo("x");
        assertThat(response.text("/none", "/a", "/b")).isNull();
    }

    @Test
    void fieldThatHoldsAnythingIsThere() {
        WireResponse response = whole("{\"a\":[],\"b\":{},\"c\":null,\"d\":\"\",\"e\":[null],\"f\":{\"g\":1},\"h\":0,"
                + "\"i\":1,\"i\":null}");
        assertThat(response.has("/a")).isFalse();
        assertThat(response.has("/b")).isFalse();
        assertThat(response.has("/c")).isFalse();
        assertThat(response.has("/d")).isFalse();
        assertThat(response.has("/none")).isFalse();
        assertThat(response.has("/e")).isTrue();
        assertThat(response.has("/f")).isTrue();
        assertThat(response.has("/h")).isTrue();
        assertThat(response.has("/i")).as("what stands twice").isTrue();
    }

    @Test
    void nameThatStandsTwiceIsNotRead() {
        WireResponse response = whole("{\"id\":\"20\",\"a\":{\"b\":1,\"b\":1,\"c\":2},\"id\":\"21\",\"d\":3}");
        assertThat(response.at("/id")).isEmpty();
        assertThat(response.at("/a/b")).isEmpty();
        assertThat(response.at("/a/c")).contains("2");
        assertThat(response.at("/d")).contains("3");
    }

    @Test
    void nameThatStandsTwiceHidesWhatIsInIt() {
        assertThat(whole("{\"a\":{\"b\":1},\"a\":{\"b\":1}}").at("/a/b")).isEmpty();
    }

    @Test
    void bodyOfTheAnnouncedLengthIsWhole() {
        assertThat(response(Map.of("Content-Length", " " + TWEET.length()), TWEET)
                        .at("/id"))
                .contains("20");
        assertThat(response(Map.of("Transfer-Encoding", "chunked"), TWEET).at("/id"))
                .contains("20");
        assertThat(response(Map.of(), TWEET).at("/id")).as("by close").contains("20");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "59", "61", "600", "160", "6", "060", "+60", "-1", "soon", "", "60, 60"})
    void bodyOfAnotherLengthIsNotRead(String length) {
        String body = "{\"id\":\"20\"}".repeat(1) + " ".repeat(49);
        assertThat(response(Map.of("content-length", "60"), body).at("/id")).contains("20");
        assertThat(response(Map.of("content-length", length), body).at("/id")).isEmpty();
        assertThat(response(Map.of("content-length", length), body).has("/id")).isFalse();
    }

    @Test
    void documentThatEndsEarlyIsNotReadWhateverWasAnnounced() {
        for (int length = 0; length < TWEET.length(); length++) {
            String cut = TWEET.substring(0, length);
            assertThat(whole(cut).at("/id")).as(cut).isEmpty();
            assertThat(response(Map.of("transfer-encoding", "chunked"), cut).at("/id"))
                    .as(cut)
                    .isEmpty();
            assertThat(response(Map.of(), cut).at("/id")).as(cut).isEmpty();
        }
    }

    @Test
    void xmlDocumentThatEndsEarlyIsNotReadWhateverWasAnnounced() {
        String xml = "<status><id>20</id><user><id>7</id></user><status>x</status></status>";
        assertThat(whole(xml).at("/id")).contains("20");
        for (int length = 0; length < xml.length(); length++) {
            String cut = xml.substring(0, length);
            assertThat(whole(cut).at("/id")).as(cut).isEmpty();
            assertThat(response(Map.of(), cut).at("/id")).as(cut).isEmpty();
        }
    }

    @Test
    void whatStandsBeforeADefectIsRead() {
        WireResponse response = whole(DEFECTIVE);
        assertThat(response.at("/id")).contains("20");
        assertThat(response.at("/text")).as("what the defect is in").isEmpty();
        assertThat(response.at("/user/id")).as("what stands behind it").isEmpty();
    }

    @Test
    void defectiveBodyMustEndWithItsOwnEnd() {
        assertThat(whole(DEFECTIVE.substring(0, DEFECTIVE.length() - 1)).at("/id"))
                .as("ends with another brace")
                .isEmpty();
        for (int length = 0; length < DEFECTIVE.length(); length++) {
            assertThat(whole(DEFECTIVE.substring(0, length)).at("/id")).isEmpty();
        }
        assertThat(response(Map.of(), DEFECTIVE).at("/id"))
                .as("by close, only a sound end shows that it is whole")
                .isEmpty();
    }

    @Test
    void xmlReadsAsJsonDoes() {
        WireResponse response = whole("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<status>\n <id>20</id><none></none>"
                + "<user><id>7</id></user><tag>a</tag><tag>b</tag><text>a &lt; b</text></status>");
        assertThat(response.at("/id")).contains("20");
        assertThat(response.at("/user/id")).contains("7");
        assertThat(response.at("/none")).isEmpty();
        assertThat(response.at("/tag")).isEmpty();
        assertThat(response.at("/tag/1")).contains("b");
        assertThat(response.at("/text")).contains("a < b");
    }

    @Test
    void xmlElementThatStandsTwiceIsNotRead() {
        assertThat(whole("<status><id>20</id><id>20</id></status>").at("/id")).isEmpty();
    }

    @Test
    void bareAmpersandIsRepaired() {
        assertThat(whole("<a><b>US & Canada &amp; &#38; &x26; AT&T</b><c>1</c></a>")
                        .at("/b"))
                .contains("US & Canada & & &x26; AT&T");
        assertThat(whole("<a><b>US & Canada &amp; &#38; AT&T</b><c>1</c></a>").at("/b"))
                .contains("US & Canada & & AT&T");
        assertThat(whole("<a><b><![CDATA[US & Canada]]></b></a>").at("/b")).contains("US & Canada");
    }

    @Test
    void entitiesAreNeverReadFromAnywhere(@TempDir Path folder) throws IOException {
        Path canary = Files.writeString(folder.resolve("canary"), "20");
        for (String declaration : new String[] {
            "<!ENTITY x '20'>",
            "<!ENTITY x SYSTEM '" + canary.toUri() + "'>",
            "<!ENTITY % p SYSTEM '" + canary.toUri() + "'> %p;"
        }) {
            String xml = "<!DOCTYPE a [" + declaration + "]><a><id>&x;</id><id2>2&x;0</id2></a>";
            WireResponse response = whole(xml);
            assertThat(response.at("/id")).as(declaration).isEmpty();
            assertThat(response.at("/id2")).as(declaration).isEmpty();
        }
    }

    @Test
    void nothingIsFetched() throws IOException {
        try (var canary = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String url = "http://127.0.0.1:" + canary.getLocalPort() + "/x.dtd";
            whole("<!DOCTYPE a SYSTEM '" + url + "'><a><id>20</id></a>").at("/id");
            whole("<!DOCTYPE a [<!ENTITY x SYSTEM '" + url + "'>]><a><id>&x;</id></a>")
                    .at("/id");
            whole("<a xmlns:xi='http://www.w3.org/2001/XInclude'><xi:include href='" + url + "'/></a>")
                    .at("/id");
            canary.setSoTimeout(1);
            assertThat(accepted(canary)).isFalse();
        }
    }

    private static boolean accepted(ServerSocket canary) throws IOException {
        try (var connection = canary.accept()) {
            return connection.isConnected();
        } catch (SocketTimeoutException _) {
            return false;
        }
    }

    @Test
    void billionLaughsAreNotExpanded() {
        var declarations = new StringBuilder("<!ENTITY a0 \"ha\">");
        for (int i = 1; i < 30; i++) {
            declarations.append("<!ENTITY a%d \"&a%d;&a%d;\">".formatted(i, i - 1, i - 1));
        }
        assertThat(whole("<!DOCTYPE x [" + declarations + "]><x><id>&a29;</id></x>")
                        .at("/id"))
                .isEmpty();
    }

    @Test
    void depthIsLimitedAndNeverAnError() {
        assertThat(whole("{\"a\":".repeat(30) + "1" + "}".repeat(30)).at("/a".repeat(30)))
                .contains("1");
        assertThat(whole("{\"a\":".repeat(100_000) + "1" + "}".repeat(100_000)).at("/a"))
                .isEmpty();
        assertThat(whole("[".repeat(100_000) + "]".repeat(100_000)).at("/0")).isEmpty();
        assertThat(whole("<a>".repeat(100_000) + "</a>".repeat(100_000)).at("/a"))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "{",
                "}",
                "[]",
                "null",
                "1",
                "\"x\"",
                "<",
                "<a",
                "<a>",
                "</a>",
                "<>",
                "\0",
                "{\"a\"}",
                "{]",
                "<html><br></html>",
                "\uFEFF",
                "<!DOCTYPE html>",
                "<?xml?>",
                "{'id':1}"
            })
    void senselessBodyHasNothing(String body) {
        for (Map<String, String> headers : List.<Map<String, String>>of(
                Map.of(), Map.of("transfer-encoding", "chunked"), Map.of("content-length", length(body)))) {
            assertThat(response(headers, body).at("/id")).isEmpty();
            assertThat(response(headers, body).has("/id")).isFalse();
        }
    }

    @Test
    void byteOrderMarkIsPassedOver() {
        assertThat(whole("\uFEFF{\"id\":20}").at("/id")).contains("20");
        assertThat(whole("\uFEFF<a><id>20</id></a>").at("/id")).contains("20");
    }

    @Test
    void otherEncodingIsNoError() {
        byte[] body = TWEET.getBytes(UTF_16);
        assertThat(new WireResponse(200, Map.of(), body, NOW).at("/none")).isEmpty();
        byte[] broken = {'{', '"', 'a', '"', ':', '"', (byte) 0xC3, (byte) 0x28, '"', '}'};
        assertThat(new WireResponse(200, Map.of(), broken, NOW).at("/none")).isEmpty();
    }

    @Test
    void hugeValuesAreNoError() {
        assertThat(whole("{\"a\":" + "9".repeat(100_000) + "}").count("/a")).isNull();
        assertThat(whole("{\"a\":\"" + "x".repeat(1 << 20) + "\"}").at("/a")).isEmpty();
        assertThat(whole("{\"a\":1e999999999}").count("/a")).isNull();
        assertThat(whole("{\"a\":1e999999999}").flag("/a")).isNull();
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "0, 0",
                "7, 7",
                "'\"7\"', 7",
                "999999999999999999, 999999999999999999",
                "9999999999999999999, -",
                "-1, -",
                "1.0, -",
                "1e3, -",
                "true, -",
                "null, -",
                "'\"\"', -",
                "'\"\u0661\"', -",
                "[], -"
            })
    void countIsAWholeNumber(String json, @Nullable Long count) {
        assertThat(whole("{\"a\":" + json + "}").count("/a")).isEqualTo(count);
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "true, true",
                "1, true",
                "'\"true\"', true",
                "'\"1\"', true",
                "'\"TRUE\"', true",
                "false, false",
                "0, false",
                "'\"false\"', false",
                "2, -",
                "null, -",
                "'\"yes\"', -",
                "'\"\"', -",
                "{}, -"
            })
    void flagIsAYesOrNo(String json, @Nullable Boolean flag) {
        assertThat(whole("{\"a\":" + json + "}").flag("/a")).isEqualTo(flag);
    }

    @Test
    void timeInAnotherFormIsNone() {
        var format = DateTimeFormatter.ofPattern("EEE MMM dd HH:mm:ss Z yyyy", Locale.ENGLISH);
        WireResponse response = whole("{\"a\":\"Wed Aug 29 16:54:38 +0000 2012\",\"b\":\"Thu Aug 29 16:54:38 +0000"
                + " 2012\",\"c\":\"2012-08-29\",\"d\":1346259278,\"e\":null,\"f\":\"Wed Aug 29 16:54:38 +0000"
                + " 99999999999\"}");
        assertThat(response.time("/a", format)).isEqualTo(Instant.parse("2012-08-29T16:54:38Z"));
        for (String pointer : new String[] {"/b", "/c", "/d", "/e", "/f", "/none"}) {
            assertThat(response.time(pointer, format)).as(pointer).isNull();
        }
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            delimiter = '|',
            value = {
                "0                                | PT0S",
                "120                              | PT2M",
                "1.5                              | PT1.5S",
                "' 120 '                          | PT2M",
                "1000000000                       | PT1000000000S",
                "9999999999                       | -",
                "1000000000000000000000000000000  | -",
                "-1                               | -",
                "+1                               | -",
                "1e3                              | -",
                "5M3                              | -",
                ".5                               | -",
                "1.                               | -",
                "soon                             | -",
                "''                               | -",
                "120, 120                         | -",
                "\uFF11\uFF12                     | -",
                "Mon, 23 Nov 2026 18:26:43 GMT    | PT1M",
                "Monday, 23-Nov-26 18:26:43 GMT   | PT1M",
                "Mon Nov 23 18:26:43 2026         | PT1M",
                "Tue, 1 Dec 2026 18:25:43 GMT     | PT192H",
                "Tue, 01 Dec 2026 18:25:43 GMT    | PT192H",
                "Tuesday, 01-Dec-26 18:25:43 GMT  | PT192H",
                "Tue Dec  1 18:25:43 2026         | PT192H",
                "Mon, 23 Nov 2026 18:25:43 GMT    | -",
                "Sun, 06 Nov 1994 08:49:37 GMT    | -",
                "Sunday, 06-Nov-94 08:49:37 GMT   | -",
                "Sun Nov  6 08:49:37 1994         | -",
                "Sun, 23 Nov 2026 18:26:43 GMT    | -",
                "Mon, 23 Nov 2026 18:26:43 CET    | -",
                "Fri, 31 Dec 9999 23:59:59 GMT    | -",
                "2026-11-23T18:26:43Z             | -",
                "Mon, 23 Nov 2026 18:26:43 GMT, Mon, 23 Nov 2026 18:26:43 GMT | -",
                "-                                | -"
            })
    void retryAfterIsSecondsOrADate(@Nullable String header, @Nullable Duration wait) {
        var headers = new HashMap<String, String>();
        if (header != null) {
            headers.put("RETRY-AFTER", header);
        }
        assertThat(response(headers, "").retryAfter()).isEqualTo(wait);
    }

    @ParameterizedTest
    @CsvSource({
        "'Mon, 23 Nov 2026 18:35:43 GMT', 'Mon, 23 Nov 2026 18:35:48 GMT'",
        "'Mon, 23 Nov 2026 18:15:43 GMT', 'Mon, 23 Nov 2026 18:15:48 GMT'",
        "'Mon, 23 Nov 2026 18:25:40 GMT', 'Mon, 23 Nov 2026 18:25:48 GMT'"
    })
    void dateToRetryAfterIsByTheClockOfTheProvider(String date, String end) {
        assertThat(response(Map.of("Date", date, "Retry-After", end), "").retryAfter())
                .isEqualTo(Duration.ofSeconds(5));
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "0, 0",
                "' 15 ', 15",
                "9999999999, 9999999999",
                "10000000000, -",
                "298.0, 298",
                "1.5, 1",
                "1., -",
                "-1, -",
                "'9, 9', -",
                "x, -",
                "'', -"
            })
    void headerCountIsAWholeNumber(String header, @Nullable Long count) {
        assertThat(response(Map.of("X-Count", header), "").headerCount("x-count"))
                .isEqualTo(count);
        assertThat(response(Map.of("X-Count", header), "").headerCount("x-other"))
                .isNull();
    }

    @Test
    void whatIsGivenOutCannotChangeIt() {
        byte[] body = TWEET.getBytes(UTF_8);
        var response = new WireResponse(200, Map.of(), body, NOW);
        body[0] = 'x';
        response.body()[0] = 'x';
        assertThat(response.at("/id")).contains("20");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"id\":\"1\",\"error\":nope}",
                "{\"id\":\"1\",\"error\":01}",
                "{\"id\":\"1\",\"user\":{\"id\":2},\"error\":NaN}",
                "{\"id\":\"1\",\"error\":\"40031:\"quoted\" gone\"}",
                "{\"id\":\"1\",\"error\":{\"a\":1}}",
                "<s><id>1</id><error>a<b></error></s>"
            })
    void fieldWhoseValueIsBrokenIsThereAndUnread(String body) {
        assertThat(whole(body).has("/error")).isTrue();
        assertThat(whole(body).at("/error")).isEmpty();
        assertThat(whole(body).at("/id")).contains("1");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"id\":\"1\",\"text\":\"a\"b\",\"error\":\"x\"}",
                "{\"destroyed\":true,\"why\":\"a\"b\",\"errors\" : [{\"code\":183}]}",
                "{\"id\":\"1\",\"text\":\"a\"b\",\"error_code\":400}",
                "<s><id>1</id><text>a<b></text><error>x</error></s>"
            })
    void errorBehindADefectIsNotOverlooked(String body) {
        assertThat(whole(body).at("/id")).isEmpty();
        assertThat(whole(body).has("/destroyed")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<s><id>1</id><text>a<b> <![CDATA[</s>",
                "<s><id>1</id><text>a<b> <!-- </s>",
            })
    void endInsideASectionIsNone(String body) {
        assertThat(whole(body).at("/id")).isEmpty();
    }

    @Test
    void entityThatNothingDefinesIsText() {
        WireResponse response = whole("<s><text>a&nbsp;b AT&T; R&B</text><id>1</id></s>");

        assertThat(response.at("/text")).contains("a&nbsp;b AT&T; R&B");
        assertThat(response.at("/id")).contains("1");
    }

    private static WireResponse whole(String body) {
        return response(Map.of("Content-Length", length(body)), body);
    }

    private static String length(String body) {
        return Integer.toString(body.getBytes(UTF_8).length);
    }

    private static WireResponse response(Map<String, String> headers, String body) {
        return new WireResponse(200, headers, body.getBytes(UTF_8), NOW);
    }
}
