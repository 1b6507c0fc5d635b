package io.unpost.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import com.fasterxml.jackson.databind.node.TextNode;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import io.unpost.gateway.Provider.Script;
import io.unpost.gateway.accounts.Account;
import io.unpost.gateway.accounts.Accounts;
import io.unpost.gateway.audit.AuditLines;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// No secret comes out of the gateway, whatever the provider repeats.
@Timeout(60)
final class CanaryTest {

    /// What every canary holds, however it is encoded.
    private static final String MARK = "c4naryc4nary";

    private static final String CONSUMER_KEY = MARK + "-consumer-key";
    private static final String CONSUMER_SECRET = MARK + "/consumer+secret=";
    private static final String TOKEN = "14927800-" + MARK + "-token";
    private static final String TOKEN_SECRET = MARK + " \"token\" \\ secret / & <end>";
    private static final String JWT_SECRET = "a-secret-for-tests-of-32-bytes-or-more";

    private static final AtomicInteger IDS = new AtomicInteger(1);

    @TempDir
    private static Path folder;

    private static Provider provider;
    private static Gateway gateway;
    private static String jwt;

    @BeforeEach
    void forget() {
        gateway.forget();
    }

    @BeforeAll
    static void start() throws IOException, JOSEException {
        provider = new Provider(CONSUMER_KEY, CONSUMER_SECRET, TOKEN, TOKEN_SECRET);
        jwt = jwt();
        gateway = Gateway.with(
                "server",
                folder,
                """
                accounts:
                  acme:
                    dialect: twitter-v1.1
                    base-url: http://127.0.0.1:%d
                    attempts: 2
                    credentials:
                      consumer-key: '%s'
                      consumer-secret: '%s'
                      token: '%s'
                      token-secret: '%s'
                """.formatted(provider.port(), CONSUMER_KEY, CONSUMER_SECRET, TOKEN, TOKEN_SECRET),
                Map.of());
    }

    @AfterAll
    static void stop() throws IOException {
        gateway.close();
        provider.close();
    }

    /// Providers that repeat the whole request, and the account's secrets too, as one that keeps them could.
    static Stream<Named<Script>> echoes() {
        return Stream.of(
                Named.of("error message", call -> call.answer(403, error("183", json(echo(call))))),
                Named.of("error code", call -> call.answer(403, error("\"" + json(echo(call)) + "\"", "a"))),
                Named.of(
                        "secret as error code",
                        call -> call.answer(403, error("\"" + json(CONSUMER_SECRET) + "\"", "a"))),
                Named.of("string of errors", call -> call.answer(403, "{\"errors\":\"" + json(echo(call)) + "\"}")),
                Named.of("tweet", call -> call.answer(200, tweet(call.id(), json(echo(call))))),
                Named.of("another tweet", call -> call.answer(200, tweet("1" + call.id(), json(echo(call))))),
                Named.of(
                        "slashes escaped",
                        call -> call.answer(403, error("183", json(echo(call)).replace("/", "\\/")))),
                Named.of("page", call -> call.answer(404, Tweets.html(echo(call)))),
                Named.of("page, escaped", call -> call.answer(500, Tweets.html(html(echo(call))))),
                Named.of("everything as a code point", call -> call.answer(403, error("183", codePoints(echo(call))))),
                Named.of(
                        "encoded twice",
                        call -> call.answer(
                                403, error("183", URLEncoder.encode(URLEncoder.encode(echo(call), UTF_8), UTF_8)))),
                Named.of("lower case percents", call -> call.answer(403, error("183", lowerPercents(call)))),
                Named.of("page in a success", call -> call.answer(200, Tweets.html(echo(call)))),
                Named.of("Location", call -> call.answer(302, "", "Location: http://elsewhere/?" + oneLine(call))),
                Named.of(
                        "other headers",
                        call -> call.answer(
                                429,
                                Tweets.error(88),
                                "Retry-After: " + oneLine(call),
                                "x-rate-limit-limit: " + oneLine(call),
                                "Set-Cookie: a=" + oneLine(call),
                                "WWW-Authenticate: " + oneLine(call))),
                Named.of(
                        "status line",
                        call -> call.send("HTTP/1.1 403 " + oneLine(call) + "\r\nContent-Length: 0\r\n\r\n")),
                Named.of("no HTTP", call -> {
                    call.send(echo(call) + "\r\n\r\n");
                    call.close();
                }),
                Named.of("broken chunk", call -> {
                    call.send(call.head(200, "Transfer-Encoding: chunked") + oneLine(call) + "\r\n");
                    call.close();
                }),
                Named.of("no gzip", call -> call.answer(200, echo(call), "Content-Encoding: gzip")),
                Named.of("reset", Call::reset));
    }

    @ParameterizedTest
    @MethodSource("echoes")
    void nothingTheProviderRepeatsComesOut(Script echo) {
        provider.does(echo);
        List<Told> told = new ArrayList<>();
        List<String> lines;
        Told metrics;
        try (var logs = Logs.of(Map.of("io.unpost", Level.TRACE))) {
            for (String query : List.of("", "?raw=true", "?trim_user=true&raw=1", "?dry_run=true")) {
                told.add(gateway.delete("acme", IDS.getAndIncrement() + query, "Authorization", "Bearer " + jwt));
            }
            metrics = gateway.get("/prometheus", "Authorization", "Bearer " + jwt);
            lines = logs.lines();
        }

        assertThat(metrics.body()).contains("unpost_deletes_total{account=\"acme\"");
        assertNoSecretIn(metrics.body());
        assertThat(told).allSatisfy(answer -> {
            assertThat(answer.status()).isNotIn(401, 500);
            assertNoSecretIn(answer.body());
            assertNoSecretIn(answer.headers().map().toString());
        });
        assertThat(lines).isNotEmpty().allSatisfy(CanaryTest::assertNoSecretIn);
        assertThat(gateway.context().getBean(AuditLines.class).lines())
                .hasSizeGreaterThan(5)
                .allSatisfy(CanaryTest::assertNoSecretIn);
        assertThat(provider.refused()).isEmpty();
    }

    /// What a developer sees who wants to see everything.
    @ParameterizedTest
    @ValueSource(strings = {"DEBUG", "TRACE"})
    void noSecretIsLoggedAtAnyLevel(String level) {
        provider.does(call -> call.answer(403, error("183", json(echo(call)))));
        List<String> lines;
        try (var logs = Logs.of(Map.of("ROOT", Level.toLevel(level), "unpost.requests", Level.toLevel(level)))) {
            gateway.delete("acme", "" + IDS.getAndIncrement(), "Authorization", "Bearer " + jwt);
            gateway.delete("acme", "" + IDS.getAndIncrement(), "Authorization", "Bearer " + jwt + "x");
            lines = logs.lines();
        }

        assertThat(lines).anyMatch(line -> line.startsWith(level + " unpost.requests"));
        assertThat(lines)
                .filteredOn(line -> line.contains(MARK) || line.contains(jwt))
                .isEmpty();
    }

    @Test
    void accountsShowNoSecret() {
        Account account = gateway.context().getBean(Accounts.class).find("acme").orElseThrow();

        assertThat(account.toString()).contains("acme").doesNotContain(MARK);
        assertThat(account.credentials().toString()).doesNotContain(MARK);
        assertThat(gateway.get("/v1/accounts", "Authorization", "Bearer " + jwt).body())
                .contains("acme")
                .doesNotContain(MARK);
    }

    private static void assertNoSecretIn(String text) {
        assertThat(text).doesNotContainIgnoringCase(MARK).doesNotContain(jwt);
        for (String secret : List.of(CONSUMER_KEY, CONSUMER_SECRET, TOKEN, TOKEN_SECRET)) {
            assertThat(text).doesNotContain(base64(secret));
        }
    }

    /// The request as it came, and each secret in the clear, percent-encoded and in Base64.
    private static String echo(Call call) {
        var echo =
                new StringBuilder(call.request().head()).append(call.request().body());
        for (String secret : List.of(CONSUMER_KEY, CONSUMER_SECRET, TOKEN, TOKEN_SECRET)) {
            echo.append(' ').append(secret).append(' ').append(base64(secret));
        }
        return echo.toString();
    }

    private static String oneLine(Call call) {
        return echo(call).replaceAll("\r\n", " ");
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(UTF_8));
    }

    private static String json(String text) {
        String quoted = TextNode.valueOf(text).toString();
        return quoted.substring(1, quoted.length() - 1);
    }

    private static String codePoints(String text) {
        return text.chars().mapToObj("\\u%04x"::formatted).collect(Collectors.joining());
    }

    private static String lowerPercents(Call call) {
        return Pattern.compile("%[0-9A-F]{2}")
                .matcher(URLEncoder.encode(echo(call), UTF_8))
                .replaceAll(percent -> percent.group().toLowerCase(Locale.ROOT));
    }

    private static String html(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("/", "&#x2F;");
    }

    private static String error(String code, String message) {
        return "{\"errors\":[{\"code\":" + code + ",\"message\":\"" + message + "\"}]}";
    }

    private static String tweet(String id, String text) {
        return """
            {"id":%s,"id_str":"%s","full_text":"%s","source":"<a href=\\"%s\\">%s</a>",\
            "in_reply_to_status_id_str":"%s",\
            "user":{"id_str":"%s","screen_name":"%s","name":"%s","url":"%s","profile_image_url":"%s"}}\
            """.formatted(id, id, text, text, text, text, text, text, text, text, text);
    }

    private static String jwt() throws JOSEException {
        var claims = new JWTClaimsSet.Builder()
                .subject("somebody")
                .claim("accounts", List.of("*"))
                .claim("scope", "delete")
                .expirationTime(Date.from(Instant.now().plusSeconds(600)))
                .build();
        var token = new SignedJWT(new JWSHeader(JWSAlgorithm.HS256), claims);
        token.sign(new MACSigner(JWT_SECRET));
        return token.serialize();
    }
}
