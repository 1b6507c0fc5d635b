package io.unpost.gateway.accounts;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What is said about a wrong accounts file: the line, the account, the key, and what is allowed.
final class MistakesTest {

    private static final String BASIC = "credentials: {username: u, password: p, source: s}";

    @TempDir
    private Path temp;

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '\0', textBlock = """
        dialect: friendster               | key 'dialect': must be one of bearer-v2, fake-v1, twitter-v1.1
        dialect:                          | key 'dialect': has no value; it must be one of bearer-v2, fake-v1
        dialect: ~                        | key 'dialect': has no value
        dialect: [a]                      | key 'dialect': must be one of bearer-v2, fake-v1, twitter-v1.1, not a map
        fromat: xml                       | key 'fromat': is unknown or in the wrong place; allowed are dialect, base
        Format: xml                       | key 'Format': is unknown
        format: yaml                      | key 'format': must be one of json, xml
        format: XML                       | key 'format': must be one of json, xml
        method: put                       | key 'method': must be one of post, delete
        allow-plaintext: yes              | key 'allow-plaintext': must be true or false
        allow-plaintext: "on"             | key 'allow-plaintext': must be true or false
        base-url: api.example.com         | key 'base-url': must be an http or https URL with a host
        base-url: ftp://a.example         | key 'base-url': must be an http or https URL with a host
        base-url: https:///path           | key 'base-url': must be an http or https URL with a host
        base-url: https://u:p@a.example   | key 'base-url': must be an http or https URL with a host
        base-url: https://@a.example      | key 'base-url': must be an http or https URL with a host
        base-url: https://a.example?q     | key 'base-url': must be an http or https URL with a host
        base-url: "https://a.example#f"   | key 'base-url': must be an http or https URL with a host
        base-url: https://a.example/../b  | key 'base-url': must be an http or https URL with a host
        base-url: https://a.example/%2E/b | key 'base-url': must be an http or https URL with a host
        base-url: https://a.example//b    | key 'base-url': must be an http or https URL with a host
        base-url: https://a.example:0     | key 'base-url': must be an http or https URL with a host
        base-url: https://a.example:99999 | key 'base-url': must be an http or https URL with a host
        base-url: https://a.example/ü     | key 'base-url': must be an http or https URL with a host
        base-url: https://exa mple        | key 'base-url': must be an http or https URL with a host
        attempts: 0                       | key 'attempts': must be a whole number from 1 to 10
        attempts: 11                      | key 'attempts': must be a whole number from 1 to 10
        attempts: 3.0                     | key 'attempts': must be a whole number from 1 to 10
        attempts: ３                      | key 'attempts': must be a whole number from 1 to 10
        max-in-flight: 0                  | key 'max-in-flight': must be a whole number from 1 to 10000
        max-in-flight: 10001              | key 'max-in-flight': must be a whole number from 1 to 10000
        budget: 300                       | key 'budget': must be a mapping with the keys calls, per
        budget: {calls: 300}              | key 'budget.per': is missing
        budget: {per: 15m}                | key 'budget.calls': is missing
        budget: {calls: 0, per: 15m}      | key 'budget.calls': must be a whole number from 1 to 1000000
        budget: {calls: 1, per: 900ms}    | key 'budget.per': must be a time from 1s to 24h, written as 30s, 15m or
        budget: {calls: 1, per: 25h}      | key 'budget.per': must be a time from 1s to 24h, written as 30s, 15m or
        budget: {calls: 1, per: 15}       | key 'budget.per': must be a time from 1s to 24h, written as 30s, 15m or
        budget: {calls: 1, per: 1m, of: 2} | key 'budget.of': is unknown or in the wrong place; allowed are calls
        timeouts: 3s                      | key 'timeouts': must be a mapping with the keys connect, attempt, call
        timeouts:                         | key 'timeouts': must be a mapping with the keys connect, attempt, call
        timeouts: {read: 3s}              | key 'timeouts.read': is unknown or in the wrong place; allowed are connect
        timeouts: {call: 3}               | key 'timeouts.call': must be a time from 500ms to 10m, written as 500ms
        timeouts: {call: 499ms}           | key 'timeouts.call': must be a time from 500ms to 10m
        timeouts: {call: 11m}             | key 'timeouts.call': must be a time from 500ms to 10m
        timeouts: {call: 99999999999m}    | key 'timeouts.call': must be a time from 500ms to 10m
        timeouts: {call: 1h}              | key 'timeouts.call': must be a time from 500ms to 10m
        timeouts: {connect: 0s}           | key 'timeouts.connect': must be a time from 1ms to 10m
        timeouts: {connect: -1s}          | key 'timeouts.connect': must be a time from 1ms to 10m
        timeouts: {attempt: 11s}          | key 'timeouts.attempt': must not be longer than call, which is 10s where
        timeouts: {attempt: 2s, call: 1s} | key 'timeouts.attempt': must not be longer than call
        timeouts: {connect: 4s}           | key 'timeouts.connect': must not be longer than attempt, which is 3s wher
        timeouts: {call: 1500ms, connect: 2s} | key 'timeouts.connect': must not be longer than attempt, which is 1500ms
        """)
    void wrongValueIsNamedWithWhatIsAllowed(String line, String said) {
        String first = line.startsWith("dialect") ? "attempts: 3" : "dialect: fake-v1";
        String allow = line.startsWith("allow") ? "base-url: https://a.example" : "allow-plaintext: true";
        String yaml = "accounts:\n  acme:\n    " + first + "\n    " + allow + "\n    " + line + "\n    " + BASIC + "\n";

        assertThat(new AccountsFolder(temp).mistakes(yaml))
                .singleElement()
                .asString()
                .startsWith("accounts.yml:5: account 'acme': " + said);
    }

    @ParameterizedTest(name = "{0} {1}")
    @CsvSource(delimiter = '|', quoteCharacter = '\0', textBlock = """
        fake-v1      | {}                                           | scheme': is needed, as the keys do not say which
        fake-v1      | {username: u, token: t}                      | scheme': is needed, as the keys do not say which
        fake-v1      | {username: u, password: p}                   | source': is missing; it, or source-file, is needed
        fake-v1      | {scheme: basic, password: p, source: s}      | username': is missing
        fake-v1      | {scheme: bearer, token: t}                   | scheme': must be one of oauth1, basic
        fake-v1      | {scheme: BASIC, username: u}                 | scheme': must be one of oauth1, basic
        fake-v1      | {username: 'u:v', password: p, source: s}    | username': must not hold a colon
        fake-v1      | {username: u, password: "", source: s}       | password': has no value
        fake-v1      | {username: u, password: [p], source: s}      | password': must be the secret itself, not a mapp
        fake-v1      | {username: u, password: "p\\n", source: s}   | password': the secret must not hold line breaks
        fake-v1      | {username: u, password: "p\\0", source: s}   | password': the secret must not hold line breaks
        fake-v1      | {username: u, password: "\\ud83d", source: s}| password': the secret must not hold line breaks
        fake-v1      | {username: u, password: p, source: s, realm: r}| realm': is unknown or in the wrong place; allowe
        fake-v1      | {username: u, password: p, password-file: f, source: s}| password-file': is given beside passwor
        fake-v1      | {username: u, password-file: none, source: s}| password-file': the file it names does not exist
        fake-v1      | {username: u, password-file: ., source: s}   | password-file': the file it names is a folder
        fake-v1      | {username: u, password-file: empty, source: s}| password-file': the file it names is empty
        fake-v1      | {username: u, password-file: newline, source: s}| password-file': the file it names is empty
        fake-v1      | {username: u, password-file: two-lines, source: s}| password-file': the secret must not hold lin
        fake-v1      | {username: u, password-file: latin-1, source: s}| password-file': the file it names is not UTF-8
        fake-v1      | {username: u, password-file: large, source: s}| password-file': the file it names is too large; a
        fake-v1      | {username: u, password-file: "a\\0b", source: s}| password-file': must be the path of a file
        fake-v1      | {username: u, password-file: bom, source: s}   | password-file': the secret must not hold line br
        twitter-v1.1 | {username: u}                                 | username': is unknown or in the wrong place; all
        bearer-v2    | {token: "a b"}                                | token': must be printable ASCII without spaces
        bearer-v2    | {token: ü}                                    | token': must be printable ASCII without spaces
        bearer-v2    | {token: t, token-secret: s}                   | consumer-key': is missing; it, or consumer-key-f
        """)
    void wrongCredentialsAreNamed(String dialect, String credentials, String said) {
        var folder = new AccountsFolder(temp);
        folder.file("empty", "");
        folder.file("newline", "\n");
        folder.file("two-lines", "canary\n\n");
        folder.file("latin-1", "gr\u00fc\u00df".getBytes(StandardCharsets.ISO_8859_1));
        folder.file("large", "x".repeat(64 * 1024 + 1));
        folder.file("bom", "\uFEFFcanary");

        assertThat(folder.mistakes("accounts:\n  acme:\n    allow-plaintext: true\n    dialect: " + dialect
                        + "\n    credentials: " + credentials.strip() + "\n"))
                .allMatch(line -> line.startsWith("accounts.yml:5: account 'acme': key 'credentials"))
                .first()
                .asString()
                .startsWith("accounts.yml:5: account 'acme': key 'credentials." + said.strip());
    }

    @Test
    void accountOfADialectWithoutAServerNamesItsOwn() {
        var folder = new AccountsFolder(temp);
        var reader = new AccountsReader(new Dialects(List.of(FakeDialect.homeless())), _ -> null);
        String account = "accounts:\n  acme: {dialect: homeless-v1, credentials: {token: a}%s}\n";

        assertThat(folder.mistakes(reader.read(folder.file("accounts.yml", account.formatted("")))))
                .singleElement()
                .asString()
                .startsWith("accounts.yml:2: account 'acme': key 'base-url': is missing; this dialect knows no usual"
                        + " server");
        assertThat(reader.read(folder.file("accounts.yml", account.formatted(", base-url: 'https://a.example'"))))
                .isInstanceOf(Reading.Read.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\n", "# nothing\n", "---\n", "[]", "- a\n", "accounts", "\"accounts\"", "~"})
    void fileWithoutAccountsIsAMistake(String yaml) {
        assertThat(new AccountsFolder(temp).mistakes(yaml))
                .containsExactly("accounts.yml:1: the file must hold the key 'accounts' with the accounts under it");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '\0', textBlock = """
        {}                      | 1: key 'accounts': is missing; the accounts stand under it, each under its name
        acounts: {}             | 1: key 'acounts': is unknown or in the wrong place; allowed are accounts
        accounts:               | 1: key 'accounts': must be a mapping of the accounts, each under its name; {} for none
        accounts: []            | 1: key 'accounts': must be a mapping of the accounts, each under its name; {} for none
        accounts: {a: }         | 1: account 'a': must be a mapping with the keys dialect and credentials
        accounts: {A: {}}       | 1: account 'A': the name must be 1 to 63 of a-z, 0-9 and -, a letter or digit fi
        accounts: {-a: {}}      | 1: account '-a': the name must be 1 to 63 of a-z
        accounts: {a/b: {}}     | 1: an account: the name must be 1 to 63 of a-z
        accounts: {[a]: {}}     | 1: a key must be a single word
        accounts: &a {}         | 1: anchors (&) are not allowed; write each value out
        accounts: *a            | 1: aliases (*) are not allowed; write the value out
        accounts: !!map {}      | 1: tags (!) are not allowed; every value is taken as written
        accounts: !x {}         | 1: tags (!) are not allowed; every value is taken as written
        accounts: {<<: {}}      | 1: an account: the name must be 1 to 63 of a-z
        accounts: {a: [b             | 1: a bracket or quote that opens here or before is never closed
        accounts: "             | 1: a bracket or quote that opens here or before is never closed
        accounts: @canary       | 1: not well-formed YAML here, or just before
        """)
    void wrongShapeIsNamed(String yaml, String said) {
        assertThat(new AccountsFolder(temp).mistakes(yaml + "\n"))
                .first()
                .asString()
                .startsWith("accounts.yml:" + said);
    }

    @Test
    void secondDocumentIsAMistake() {
        assertThat(new AccountsFolder(temp).mistakes("accounts: {}\n---\naccounts: {}\n"))
                .containsExactly("accounts.yml:2: a second document begins; only one is allowed");
    }

    @Test
    void tabIsCalledATab() {
        assertThat(new AccountsFolder(temp).mistakes("accounts:\n  acme:\n\tdialect: fake-v1\n"))
                .containsExactly("accounts.yml:3: a tab stands here; indent with spaces");
    }

    @Test
    void controlCharacterIsCalledOne() {
        assertThat(new AccountsFolder(temp).mistakes("accounts:\r\n  acme: \u0007\r\n"))
                .containsExactly("accounts.yml:2: a control character stands here; only printable text is allowed");
    }

    @Test
    void keyGivenTwiceIsAMistake() {
        assertThat(new AccountsFolder(temp).mistakes("""
            accounts:
              acme:
                dialect: fake-v1
                allow-plaintext: true
                dialect: fake-v1
                credentials: {username: u, password: p, source: s, password: q}
              acme:
                dialect: fake-v1
                allow-plaintext: true
                credentials: {username: u, password: p, source: s}
            """))
                .containsExactly(
                        "accounts.yml:5: account 'acme': key 'dialect': is given twice; once is allowed",
                        "accounts.yml:6: account 'acme': key 'credentials.password': is given twice; once is allowed",
                        "accounts.yml:7: account 'acme': the name is given twice; once is allowed");
    }

    @Test
    void allMistakesAreReportedTogetherInTheirOrder() {
        assertThat(new AccountsFolder(temp).mistakes("""
            accounts:
              one:
                dialect: friendster
                attempts: many
              two:
                dialect: twitter-v1.1
                base-url: http://two.example
                format: xml
                credentials:
                  consumer-key: ${ABSENT}
                  token: t
                  token-secret-file: none
              three: 3
            extra: 1
            """))
                .extracting(line -> line.split(" must| is| has| the", 2)[0])
                .containsExactly(
                        "accounts.yml:3: account 'one': key 'dialect':",
                        "accounts.yml:4: account 'one': key 'attempts':",
                        "accounts.yml:7: account 'two': key 'base-url':",
                        "accounts.yml:8: account 'two': key 'format':",
                        "accounts.yml:9: account 'two': key 'credentials.consumer-secret':",
                        "accounts.yml:10: account 'two': key 'credentials.consumer-key':",
                        "accounts.yml:12: account 'two': key 'credentials.token-secret-file':",
                        "accounts.yml:13: account 'three':",
                        "accounts.yml:14: key 'extra':");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://a.example",
                "HTTP://a.example",
                "http://9.9.9.9",
                "http://localhost.example",
                "http://127.0.0.1.example",
                "http://[2606:4700::1111]:80",
            })
    void plainHttpToAnotherMachineMustBeAllowed(String baseUrl) {
        String account = "accounts:\n  acme:\n    dialect: twitter-v1.1\n    base-url: '" + baseUrl + "'\n"
                + "    credentials: {consumer-key: a, consumer-secret: b, token: c, token-secret: d}\n";
        var folder = new AccountsFolder(temp);

        assertThat(folder.mistakes(account))
                .singleElement()
                .asString()
                .startsWith("accounts.yml:4: account 'acme': key 'base-url': is plain http to another machine")
                .endsWith("allow-plaintext: true");
        assertThat(folder.accounts(account + "    allow-plaintext: true\n")).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://10.0.0.1",
                "https://192.168.1.1:8443/path",
                "https://169.254.169.254",
                "https://[fd00::1]",
                "https://[::2]",
                "https://[::ffff:10.0.0.1]"
            })
    void addressOutsideThePublicNetworkIsRefused(String baseUrl) {
        String account = "accounts:\n  acme:\n    dialect: twitter-v1.1\n    base-url: '" + baseUrl + "'\n"
                + "    credentials: {consumer-key: a, consumer-secret: b, token: c, token-secret: d}\n";

        assertThat(new AccountsFolder(temp).mistakes(account))
                .singleElement()
                .asString()
                .startsWith("accounts.yml:4: account 'acme': key 'base-url': is an address outside the public network")
                .contains("UNPOST_ALLOW_PRIVATE_ADDRESSES=true");
    }

    @Test
    void dialectsOwnPlainHttpMustBeAllowedToo() {
        assertThat(new AccountsFolder(temp).mistakes("accounts:\n  acme:\n    dialect: fake-v1\n    " + BASIC + "\n"))
                .singleElement()
                .asString()
                .startsWith(
                        "accounts.yml:2: account 'acme': key 'base-url': is not given, and the dialect's own is plain");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
        ${ABSENT}         | the environment variable ABSENT is not set; set it, or write ${ABSENT:default}
        a${ABSENT}b       | the environment variable ABSENT is not set
        ${EMPTY}          | has no value
        ${EMPTY:default}  | has no value
        ${ABSENT:}        | has no value
        ${}               | holds a ${...} that names no variable; allowed are ${NAME} and ${NAME:default}
        ${a-b}            | holds a ${...} that names no variable
        ${acme.key}       | holds a ${...} that names no variable
        ${ABSENT:${SET}}  | holds a ${...} that names no variable
        """)
    void wrongVariableIsAMistake(String value, String said) {
        var folder = new AccountsFolder(temp, Map.of("EMPTY", "", "SET", "canary"));

        assertThat(folder.mistakes("accounts:\n  acme:\n    dialect: twitter-v1.1\n    credentials:\n"
                        + "      consumer-key: a\n      consumer-secret: b\n      token: c\n      token-secret: "
                        + value + "\n"))
                .singleElement()
                .asString()
                .startsWith("accounts.yml:8: account 'acme': key 'credentials.token-secret': " + said);
    }

    @Test
    void hugeFileIsRefused() {
        String yaml = "accounts: {}\n" + "#".repeat(1024 * 1024);

        assertThat(new AccountsFolder(temp).mistakes(yaml))
                .containsExactly("accounts.yml: the accounts file is too large; at most 1024 KiB are allowed");
    }

    @ParameterizedTest
    @ValueSource(strings = {"[", "{a: ", "- ", "? "})
    void bottomlessFileIsRefused(String opening) {
        assertThat(new AccountsFolder(temp).mistakes(opening.repeat(200_000))).hasSize(1);
    }

    @Test
    void aliasBombIsRefusedBeforeItMultiplies() {
        var bomb = new StringBuilder("accounts:\n  l0: &l0 [x]\n");
        for (int level = 1; level < 40; level++) {
            bomb.append("  l%d: &l%d [%s]\n".formatted(level, level, ("*l" + (level - 1) + ", ").repeat(10)));
        }

        assertThat(new AccountsFolder(temp).mistakes(bomb.toString()))
                .contains("accounts.yml:3: aliases (*) are not allowed; write the value out");
    }

    @Test
    void fileThatIsNotThereIsAMistake() {
        var folder = new AccountsFolder(temp);

        assertThat(folder.mistakes(folder.reader().read(temp.resolve("none.yml"))))
                .containsExactly("none.yml: the accounts file does not exist");
        assertThat(folder.mistakes(folder.reader().read(temp.resolve("."))))
                .containsExactly(".: the accounts file is a folder");
    }

    @Test
    void fileInAnotherEncodingIsAMistake() {
        var folder = new AccountsFolder(temp);

        assertThat(folder.mistakes(folder.read("accounts: {}".getBytes(StandardCharsets.UTF_16))))
                .containsExactly("accounts.yml: the accounts file is not UTF-8");
    }
}
