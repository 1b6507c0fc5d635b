package io.unpost.gateway.accounts;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// No value of an accounts file is ever shown.
final class SecrecyTest {

    private static final String CANARY = "c4nary";

    private static final String GOOD = """
        accounts:
          acme:
            dialect: fake-v1
            allow-plaintext: true
            base-url: http://a.example/b
            format: xml
            credentials:
              username: c4nary-1
              password: "c4nary-2"
              source: ${SOURCE:c4nary-3}
            timeouts: {connect: 1s, attempt: 2s, call: 3s}
            attempts: 2
        """;

    @TempDir
    private Path temp;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "c4nary",
                "accounts: c4nary",
                "accounts: [c4nary]",
                "accounts: {c4nary:c4nary}",
                "accounts: {c4nary: c4nary",
                "accounts: {a: {dialect: c4nary, base-url: c4nary, attempts: c4nary, timeouts: {call: c4nary}}}",
                "accounts: {a: {dialect: fake-v1, format: c4nary, method: [c4nary], allow-plaintext: c4nary}}",
                "accounts: {a: {dialect: fake-v1, base-url: 'http://u:c4nary@h', credentials: c4nary}}",
                "accounts: {a: {dialect: fake-v1, credentials: {scheme: c4nary, password: \"c4nary\\n\"}}}",
                "accounts: {a: {dialect: fake-v1, credentials: {c4nary}}}",
                "accounts: {a: {dialect: fake-v1, credentials: {password:c4nary, password c4nary: x}}}",
                "accounts: {a: {dialect: fake-v1, credentials: {password-file: c4nary, password: '${c4nary-x}'}}}",
                "accounts: {a: {dialect: fake-v1, credentials: {password-file: secret.txt, username: 'c4nary:'}}}",
                "accounts: {a: {dialect: bearer-v2, credentials: {token: 'c4nary c4nary'}}}",
                "accounts: {? c4nary password: }",
                "accounts: *c4nary",
                "accounts: &c4nary c4nary",
                "accounts: !c4nary c4nary",
                "accounts: @c4nary",
                "accounts: `c4nary",
                "accounts: %c4nary",
                "accounts: 'c4nary",
                "accounts: \"\\c4nary\"",
                "accounts: \"c4nary\\q\"",
                "accounts: | c4nary",
                "accounts: x: c4nary",
                "%c4nary c4nary\n---\naccounts: {",
                "%TAG !c4nary! c4nary\n---\naccounts: !c4nary!c4nary {}",
                "accounts:\n\tc4nary: c4nary",
                "accounts: c4nary\u0007",
                "accounts: {}\n---\nc4nary",
            })
    void mistakesHoldNoValue(String yaml) {
        var folder = new AccountsFolder(temp);
        folder.file("secret.txt", "c4nary\nc4nary\n");

        assertThat(folder.mistakes(yaml)).isNotEmpty().noneMatch(line -> line.contains(CANARY));
    }

    @Test
    void mistakesStayOneLineEach() {
        assertThat(new AccountsFolder(temp).mistakes("accounts: {\"a\\nb\": {\"c\\nd\": 1, dialect: \"e\\nf\"}}"))
                .isNotEmpty()
                .noneMatch(line -> line.contains("\n"));
    }

    @Test
    void accountsHideTheirSecrets() {
        List<Account> accounts = new AccountsFolder(temp).accounts(GOOD);

        assertThat(accounts.toString()).contains("***").doesNotContain(CANARY);
        assertThat(new Reading.Read(accounts).toString()).doesNotContain(CANARY);
    }

    @Test
    void piecesOfTheFileHideTheirText() {
        var mistakes = new Mistakes(Path.of("accounts.yml"));
        Written written = PlainYaml.read("a: {c4nary: c4nary}", mistakes).orElseThrow();

        assertThat(written.toString()).doesNotContain(CANARY);
        assertThat(FileText.of(new AccountsFolder(temp).file("secret.txt", CANARY), 100)
                        .toString())
                .isEqualTo("***");
    }

    @Test
    void anyDamageGivesMistakesThatHoldNoValue() {
        var random = new Random(20261123);
        var folder = new AccountsFolder(temp, Map.of());
        String marks = "{}[]:,-?&*!|>'\"%@`#\\ \n\t\r\u0000\u0085\uFEFF~<$";
        int refused = 0;
        for (int round = 0; round < 1_500; round++) {
            var text = new StringBuilder(GOOD);
            for (int change = random.nextInt(4); change >= 0; change--) {
                int at = random.nextInt(text.length());
                switch (random.nextInt(3)) {
                    case 0 -> text.insert(at, marks.charAt(random.nextInt(marks.length())));
                    case 1 -> text.deleteCharAt(at);
                    default -> text.setCharAt(at, marks.charAt(random.nextInt(marks.length())));
                }
            }
            if (folder.read(text.toString()) instanceof Reading.Mistaken(List<Mistake> mistakes)) {
                refused++;
                assertThat(mistakes)
                        .isNotEmpty()
                        .noneMatch(mistake -> mistake.toString().contains("nary"));
            }
        }
        assertThat(refused).isGreaterThan(400);
    }

    @Test
    void anyBytesAreRead() {
        var random = new Random(7);
        var folder = new AccountsFolder(temp);
        for (int round = 0; round < 500; round++) {
            byte[] bytes = GOOD.getBytes(StandardCharsets.UTF_8);
            bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
            assertThat(folder.read(bytes)).isNotNull();
        }
    }
}
