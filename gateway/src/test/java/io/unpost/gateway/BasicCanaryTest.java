package io.unpost.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import com.fasterxml.jackson.databind.node.TextNode;
import io.unpost.gateway.Provider.Script;
import io.unpost.gateway.accounts.Account;
import io.unpost.gateway.accounts.Accounts;
import io.unpost.gateway.audit.AuditLines;
import io.unpost.gateway.http.Tokens;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// No password and no app key comes out of the gateway, whatever Weibo repeats in either format.
@Timeout(60)
final class BasicCanaryTest {

    /// What every canary holds, however it is encoded.
    private static final String MARK = "c4naryc4nary";

    // Of a length with which the password's Base64 is no part of the pair's.
    private static final String USER = "canary-tester";
    private static final String PASSWORD = MARK + ":pass/word+ \"é密\" \\ & <end>";
    private static final String APP_KEY = MARK + "/app+key= &1";

    private static final AtomicInteger IDS = new AtomicInteger(1);

    @TempDir
    private static Path folder;

    private static Provider provider;
    private static Gateway gateway;
    private static String jwt;

    @BeforeAll
    static void start() throws IOException {
        provider = new Provider(new WeiboApi(new Signatures("none", "none", "none", "none"), USER, PASSWORD, APP_KEY));
        jwt = Tokens.signed(Tokens.everything());
        String basic = WeiboApi.basic(USER, PASSWORD, APP_KEY);
        gateway = Gateway.with(
                "server",
                folder,
                "accounts:\n"
                        + WeiboApi.account("json", provider.port(), basic, "method: post, format: json, attempts: 2")
                        + WeiboApi.account("xml", provider.port(), basic, "method: delete, format: xml, attempts: 2"),
                Map.of());
    }

    @AfterAll
    static void stop() throws IOException {
        gateway.close();
        provider.close();
    }

    /// A Weibo that repeats the whole request, and the account's secrets too, as one that keeps them could.
    static Stream<Named<Script>> echoes() {
        return Stream.of(
                Named.of("JSON error", call -> jsonError(call, BasicCanaryTest::json)),
                Named.of("JSON error in code points", call -> jsonError(call, BasicCanaryTest::codePoints)),
                Named.of(
                        "JSON error, slashes escaped",
                        call -> jsonError(call, text -> json(text).replace("/", "\\/"))),
                Named.of("JSON error, encoded twice", call -> jsonError(call, text -> encoded(encoded(text)))),
                Named.of(
                        "JSON error code",
                        call -> call.answer(
                                403, "{\"error_code\":\"" + json(echo(call)) + "\",\"error\":\"Not today\"}")),
                Named.of("JSON status", call -> call.answer(200, jsonStatus(call))),
                Named.of("XML error", call -> xmlError(call, BasicCanaryTest::xml)),
                Named.of("XML error in character references", call -> xmlError(call, BasicCanaryTest::references)),
                Named.of("XML error in CDATA", call -> xmlError(call, text -> "<![CDATA[" + text + "]]>")),
                Named.of("XML error, not escaped", call -> xmlError(call, text -> text)),
                Named.of("XML status", call -> call.answer(200, xmlStatus(call))),
                Named.of("page", call -> call.answer(500, Tweets.html(xml(echo(call))))),
                Named.of("page in a success", call -> call.answer(200, Tweets.html(echo(call)))),
                Named.of(
                        "headers",
                        call -> call.answer(
                                403,
                                Weibos.jsonError("/", 403, "40308:Error: limit"),
                                "Retry-After: " + oneLine(call),
                                "Location: /?" + oneLine(call),
                                "WWW-Authenticate: " + oneLine(call))),
                Named.of("no HTTP", call -> {
                    call.send(echo(call) + "\r\n\r\n");
                    call.close();
                }));
    }

    @ParameterizedTest
    @MethodSource("echoes")
    void nothingThatWeiboRepeatsComesOut(Script echo) {
        provider.does(echo);
        List<Told> told = new ArrayList<>();
        List<String> lines;
        try (var logs = Logs.of(Map.of("io.unpost", Level.TRACE))) {
            for (String account : List.of("json/posts/", "xml/posts/", "json/messages/", "xml/reposts/")) {
                for (String query : List.of("", "?raw=true", "?trim_user=true&raw=1", "?dry_run=true")) {
                    String path = account + IDS.getAndIncrement() + query;
                    told.add(gateway.deleteAt(path, "Authorization", "Bearer " + jwt));
                }
            }
            lines = logs.lines();
        }

        assertThat(told).allSatisfy(answer -> {
            assertThat(answer.status()).isNotIn(401, 500);
            assertNoSecretIn(answer.body());
            assertNoSecretIn(answer.headers().map().toString());
        });
        assertThat(lines).isNotEmpty().allSatisfy(BasicCanaryTest::assertNoSecretIn);
        assertThat(gateway.context().getBean(AuditLines.class).lines())
                .hasSizeGreaterThan(5)
                .allSatisfy(BasicCanaryTest::assertNoSecretIn);
        assertThat(provider.refused()).isEmpty();
    }

    /// What a developer sees who wants to see everything.
    @ParameterizedTest
    @ValueSource(strings = {"DEBUG", "TRACE"})
    void noPasswordIsLoggedAtAnyLevel(String level) {
        provider.does(call -> jsonError(call, BasicCanaryTest::json));
        List<String> lines;
        try (var logs =
                Logs.of(Map.of("ROOT", Level.toLevel(level), "io.micronaut.http.client", Level.toLevel(level)))) {
            gateway.deleteAt("json/posts/" + IDS.getAndIncrement(), "Authorization", "Bearer " + jwt);
            gateway.deleteAt("xml/messages/" + IDS.getAndIncrement(), "Authorization", "Bearer " + jwt);
            lines = logs.lines();
        }

        assertThat(lines).anyMatch(line -> line.startsWith(level));
        assertThat(lines)
                .filteredOn(line -> line.contains(MARK) || line.contains(base64(pair())) || line.contains(jwt))
                .isEmpty();
    }

    @Test
    void accountShowsNoPassword() {
        Account account = gateway.context().getBean(Accounts.class).find("json").orElseThrow();

        assertThat(account.toString()).contains("json").doesNotContain(MARK);
        assertThat(account.credentials().toString()).doesNotContain(MARK);
    }

    private static void assertNoSecretIn(String text) {
        assertThat(text).doesNotContainIgnoringCase(MARK).doesNotContain(jwt);
        for (String secret : List.of(PASSWORD, APP_KEY, pair())) {
            assertThat(text).doesNotContain(base64(secret));
        }
    }

    /// The request as it came, and each secret in the clear, percent-encoded and in Base64.
    private static String echo(Call call) {
        var echo = new StringBuilder(call.request().head());
        for (String secret : List.of(PASSWORD, APP_KEY, pair())) {
            echo.append(' ')
                    .append(secret)
                    .append(' ')
                    .append(encoded(secret))
                    .append(' ')
                    .append(base64(secret));
        }
        return echo.toString();
    }

    private static String oneLine(Call call) {
        return echo(call).replaceAll("\r\n", " ");
    }

    private static void jsonError(Call call, UnaryOperator<String> writing) throws IOException {
        String echo = writing.apply(echo(call));
        call.answer(400, Weibos.jsonError(echo, 400, "40036:Error: " + echo));
    }

    private static void xmlError(Call call, UnaryOperator<String> writing) throws IOException {
        String echo = writing.apply(echo(call));
        call.answer(400, Weibos.xmlError(echo, 400, "40036:Error: " + echo));
    }

    private static String jsonStatus(Call call) {
        String echo = json(xml(echo(call)));
        return """
            {"id":%s,"text":"%s","source":"<a href=\\"%s\\">%s</a>","in_reply_to_status_id":"%s",\
            "user":{"id":"%s","screen_name":"%s","name":"%s","url":"%s","profile_image_url":"%s"}}\
            """.formatted(call.id(), echo, echo, echo, echo, echo, echo, echo, echo, echo);
    }

    private static String xmlStatus(Call call) {
        String echo = xml(oneLine(call));
        return """
            <status><id>%s</id><text>%s</text><source><a href="%s">%s</a></source><user><id>%s</id>\
            <screen_name>%s</screen_name><name>%s</name><url>%s</url></user></status>\
            """.formatted(call.id(), echo, echo, echo, echo, echo, echo, echo);
    }

    private static String pair() {
        return USER + ":" + PASSWORD;
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(UTF_8));
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, UTF_8);
    }

    private static String json(String text) {
        String quoted = TextNode.valueOf(text).toString();
        return quoted.substring(1, quoted.length() - 1);
    }

    private static String codePoints(String text) {
        return text.chars().mapToObj("\\u%04x"::formatted).collect(Collectors.joining());
    }

    private static String references(String text) {
        return text.codePoints().mapToObj("&#x%x;"::formatted).collect(Collectors.joining());
    }

    private static String xml(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }
}
