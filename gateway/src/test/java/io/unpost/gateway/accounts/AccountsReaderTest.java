package io.unpost.gateway.accounts;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What a right accounts file gives.
final class AccountsReaderTest {

    private static final String OAUTH1 =
            "credentials: {consumer-key: ck, consumer-secret: cs, token: t, token-secret: ts}\n";

    @TempDir
    private Path temp;

    @Test
    void accountSaysEverythingItMay() {
        Account account = only("""
            accounts:
              acme-cn:
                dialect: fake-v1
                base-url: https://Proxy.example:8443/weibo/
                format: xml
                method: delete
                allow-plaintext: false
                credentials:
                  scheme: basic
                  username: u
                  password: p
                  source: "0123"
                timeouts: {connect: 500ms, attempt: 2s, call: 1m}
                attempts: 10
                max-in-flight: 10000
                budget: {calls: 1000000, per: 24h}
            """);

        assertThat(account.name()).isEqualTo("acme-cn");
        assertThat(account.dialect().facts().id()).isEqualTo("fake-v1");
        assertThat(account.baseUri()).isEqualTo(URI.create("https://proxy.example:8443/weibo"));
        assertThat(account.options().values()).containsOnly(Map.entry("format", "xml"), Map.entry("method", "delete"));
        assertThat(account.credentials())
                .isEqualTo(
                        new Credentials.Basic(new Secret("u"), new Secret("p"), Map.of("source", new Secret("0123"))));
        assertThat(account.limits())
                .isEqualTo(new Limits(
                        Duration.ofMillis(500),
                        Duration.ofSeconds(2),
                        Duration.ofMinutes(1),
                        10,
                        10_000,
                        new Limits.Budget(1_000_000, Duration.ofHours(24))));
    }

    @Test
    void accountThatSaysLittleHasTheUsual() {
        Account account = only("accounts:\n  acme:\n    dialect: twitter-v1.1\n    " + OAUTH1);

        assertThat(account.baseUri()).isEqualTo(URI.create("https://api.twitter.com"));
        assertThat(account.limits()).isEqualTo(Limits.DEFAULT);
        assertThat(account.credentials())
                .isEqualTo(
                        new Credentials.OAuth1(new Secret("ck"), new Secret("cs"), new Secret("t"), new Secret("ts")));
    }

    @Test
    void optionsLeftOutAreTheDialectsDefaults() {
        Account account = only("accounts:\n  acme:\n    dialect: fake-v1\n    allow-plaintext: true\n    " + OAUTH1);

        assertThat(account.options().values()).containsOnly(Map.entry("format", "json"), Map.entry("method", "post"));
        assertThat(account.baseUri()).isEqualTo(URI.create("http://api.fake.example"));
    }

    @ParameterizedTest
    @CsvSource({
        "'{call: 2s}', 1000, 2000, 2000",
        "'{call: 500ms}', 500, 500, 500",
        "'{attempt: 5s}', 1000, 5000, 10000",
        "'{attempt: 1ms}', 1, 1, 10000",
        "'{connect: 3s}', 3000, 3000, 10000",
        "'{call: 10m, attempt: 10m, connect: 10m}', 600000, 600000, 600000",
        "'{}', 1000, 3000, 10000",
    })
    void usualTimeoutsAreCutDownToFit(String timeouts, long connect, long attempt, long call) {
        Limits limits = only("accounts:\n  acme:\n    dialect: twitter-v1.1\n    timeouts: " + timeouts + "\n    "
                        + OAUTH1)
                .limits();

        assertThat(List.of(limits.connect(), limits.attempt(), limits.call()))
                .containsExactly(Duration.ofMillis(connect), Duration.ofMillis(attempt), Duration.ofMillis(call));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0123",
                "1e5",
                "1_000",
                "0x1F",
                "yes",
                "null",
                "true",
                "2026-11-23",
                "12:30:45",
                ".inf",
                "1.0",
                "+1",
                "=",
                "a#b",
                "$",
                "$$",
                "$x",
                "${w",
                "a${w",
                "p}a",
                "pass word",
                "grüße",
                "😀",
            })
    void scalarIsTakenAsWritten(String secret) {
        assertThat(token("token: " + secret)).isEqualTo(secret);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\0', textBlock = """
        token: '~'             | ~
        token: "a\\u00fc"      | aü
        token: 'it''s'         | it's
        token: ${SET}          | value
        token: "${SET}"        | value
        token: '${SET}'        | value
        token: <${SET}${SET}>  | <valuevalue>
        token: ${SET:default}  | value
        token: ${ABSENT:a:b}   | a:b
        token: ${ABSENT:$}${SET} | $value
        token: x${ABSENT:}     | x
        token: $${SET}         | ${SET}
        token: $${w            | ${w
        token: ${NESTED}       | ${SET} $${SET} ${w \\1 $1
        """)
    void variablesAreReplacedOnce(String line, String value) {
        assertThat(token(line)).isEqualTo(value);
    }

    @Test
    void variablesWorkInEveryValue() {
        var folder = new AccountsFolder(
                temp,
                Map.of("DIALECT", "fake-v1", "HOST", "a.example", "FORMAT", "xml", "TRUE", "true", "N", "7", "T", "2"));

        Account account = folder.accounts("""
            accounts:
              acme:
                dialect: ${DIALECT}
                base-url: http://${HOST}/${ABSENT:api}
                allow-plaintext: ${TRUE}
                format: ${FORMAT}
                attempts: ${N}
                timeouts: {call: '${T}s'}
                credentials: {consumer-key: ck, consumer-secret: cs, token: t, token-secret: ts}
            """).getFirst();

        assertThat(account.baseUri()).isEqualTo(URI.create("http://a.example/api"));
        assertThat(account.options().get("format")).isEqualTo("xml");
        assertThat(account.limits().attempts()).isEqualTo(7);
        assertThat(account.limits().call()).isEqualTo(Duration.ofSeconds(2));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        HTTPS://API.Example     | https://api.example
        https://a.example/      | https://a.example
        https://a.example/b/c/  | https://a.example/b/c
        https://a.example/b%2Fc | https://a.example/b%2Fc
        https://a.example:443   | https://a.example:443
        https://[2606:4700::1]  | https://[2606:4700::1]
        http://localhost:8080   | http://localhost:8080
        http://LOCALHOST        | http://localhost
        http://127.0.0.1:1      | http://127.0.0.1:1
        http://127.8.9.10       | http://127.8.9.10
        http://[::1]:1          | http://[::1]:1
        """)
    void baseUrlIsKeptInItsSimplestForm(String written, String kept) {
        assertThat(only("accounts:\n  acme:\n    dialect: twitter-v1.1\n    base-url: '" + written + "'\n    " + OAUTH1)
                        .baseUri())
                .isEqualTo(URI.create(kept));
    }

    @Test
    void schemeIsChosenWhereTheKeysLeaveOneChoice() {
        assertThat(credentials("fake-v1", "{username: u, password: p, source: s}"))
                .isInstanceOf(Credentials.Basic.class);
        assertThat(credentials("fake-v1", "{consumer-key: a, consumer-secret: b, token: c, token-secret: d}"))
                .isInstanceOf(Credentials.OAuth1.class);
        assertThat(credentials("bearer-v2", "{token: t}")).isEqualTo(new Credentials.Bearer(new Secret("t")));
        assertThat(credentials("bearer-v2", "{consumer-key: a, consumer-secret: b, token: c, token-secret: d}"))
                .isInstanceOf(Credentials.OAuth1.class);
    }

    @ParameterizedTest
    @CsvSource({"'s3cret\n', s3cret", "'s3cret\r\n', s3cret", "s3cret, s3cret", "' s3 cret ', ' s3 cret '", "${w, ${w"})
    void secretFileIsTakenWithoutOneNewlineAtItsEnd(String content, String secret) {
        new AccountsFolder(temp).file("token.txt", content);

        assertThat(token("token-file: token.txt")).isEqualTo(secret);
        assertThat(token("token-file: " + temp.resolve("token.txt"))).isEqualTo(secret);
    }

    @Test
    void jsonIsYaml() {
        String json = """
            {
            \t"accounts":\t{
            \t\t"acme": {"dialect":"twitter-v1.1","attempts":2,"allow-plaintext":false,
            \t\t\t"base-url": "https:\\/\\/a.example\\/b",
            \t\t\t"credentials": {"consumer-key":"ck","consumer-secret":"c\\\\/\\"s","token":"\\ud83d\\ude00",
            \t\t\t\t"token-secret":"ts"}}
            \t}
            }
            """;
        Account account = only(json);

        assertThat(account.baseUri()).isEqualTo(URI.create("https://a.example/b"));
        assertThat(account.limits().attempts()).isEqualTo(2);
        assertThat(account.credentials())
                .isEqualTo(new Credentials.OAuth1(
                        new Secret("ck"), new Secret("c\\/\"s"), new Secret("😀"), new Secret("ts")));
    }

    @Test
    void windowsFileIsReadAlike() {
        String yaml = "accounts:\n  acme:\n    dialect: twitter-v1.1\n    " + OAUTH1;

        assertThat(only("\uFEFF" + yaml.replace("\n", "\r\n"))).isEqualTo(only(yaml));
    }

    @Test
    void accountsMayBeNone() {
        assertThat(new AccountsFolder(temp).accounts("accounts: {}\n")).isEmpty();
    }

    @Test
    void namesOfVariablesInventNoAccount() {
        var folder = new AccountsFolder(
                temp,
                Map.of(
                        "UNPOST_ACCOUNTS_SERVICE_HOST", "10.0.0.1",
                        "UNPOST_ACCOUNTS_PORT", "tcp://10.0.0.1:8080",
                        "ACCOUNTS_ACME_DIALECT", "twitter-v1.1"));

        assertThat(folder.accounts("accounts: {}\n")).isEmpty();
    }

    private Account only(String yaml) {
        return new AccountsFolder(temp).accounts(yaml).getFirst();
    }

    private Credentials credentials(String dialect, String credentials) {
        return only("accounts:\n  acme:\n    dialect: " + dialect + "\n    allow-plaintext: true\n    credentials: "
                        + credentials + "\n")
                .credentials();
    }

    private String token(String line) {
        var folder = new AccountsFolder(temp, Map.of("SET", "value", "NESTED", "${SET} $${SET} ${w \\1 $1"));
        Account account = folder.accounts("accounts:\n  acme:\n    dialect: twitter-v1.1\n    credentials:\n"
                        + "      consumer-key: ck\n      consumer-secret: cs\n      token-secret: ts\n      " + line
                        + "\n")
                .getFirst();
        return ((Credentials.OAuth1) account.credentials()).token().value();
    }
}
