package io.unpost.gateway.accounts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micronaut.context.ApplicationContext;
import io.micronaut.context.exceptions.BeanInstantiationException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The file as a bean: read when the gateway starts.
final class AccountsFileTest {

    private static final String GOOD = """
        accounts:
          acme:
            dialect: twitter-v1.1
            credentials: {consumer-key: "${w", consumer-secret: b, token: c, token-secret: d}
        """;

    @TempDir
    private Path temp;

    @Test
    void accountsOfTheConfiguredFileAreFound() {
        Path file = new AccountsFolder(temp).file("accounts.yml", GOOD);

        try (ApplicationContext context = context(file.toString())) {
            assertThat(context.getBean(Accounts.class).find("acme")).isPresent();
        }
    }

    @Test
    void withoutAFileThereAreNoAccounts() {
        try (ApplicationContext context = context("")) {
            assertThat(context.getBean(Accounts.class).all()).isEmpty();
        }
    }

    @Test
    void settingsInventNoAccount() {
        try (ApplicationContext context = ApplicationContext.builder()
                .singletons(AccountsFolder.DIALECTS)
                .properties(Map.of(
                        "unpost.accounts.service.host", "10.0.0.1", "unpost.accounts.acme.dialect", "twitter-v1.1"))
                .start()) {
            assertThat(context.getBean(Accounts.class).all()).isEmpty();
        }
    }

    @Test
    void wrongFileStopsTheStartWithItsMistakes() {
        Path file = new AccountsFolder(temp).file("accounts.yml", "accounts: {acme: {dialect: friendster}}");

        assertThatThrownBy(() -> context(file.toString()))
                .isInstanceOf(BeanInstantiationException.class)
                .rootCause()
                .isInstanceOfSatisfying(
                        AccountsRefused.class,
                        refused -> assertThat(refused.mistakes())
                                .extracting(Mistake::line)
                                .containsExactly(1))
                .hasMessage(
                        file + ":1: account 'acme': key 'dialect': must be one of bearer-v2, fake-v1, twitter-v1.1");
    }

    @Test
    void nameOfTheSandboxIsRefused() {
        Path file = new AccountsFolder(temp).file("accounts.yml", GOOD.replace("acme", "demo-twitter"));

        assertThatThrownBy(() -> ApplicationContext.builder("sandbox")
                        .singletons(AccountsFolder.DIALECTS)
                        .properties(Map.of("unpost.accounts-file", file.toString()))
                        .start())
                .rootCause()
                .isInstanceOf(AccountsRefused.class)
                .hasMessage(
                        file + ":2: account 'demo-twitter': the name is the sandbox's own; rename the account, or run"
                                + " without the environment sandbox");
    }

    @Test
    void configuredFileThatIsNotThereStopsTheStart() {
        assertThatThrownBy(() -> context(temp.resolve("none.yml").toString()))
                .rootCause()
                .isInstanceOf(AccountsRefused.class)
                .hasMessageEndingWith("none.yml: the accounts file does not exist");
    }

    private static ApplicationContext context(String file) {
        return ApplicationContext.builder()
                .singletons(AccountsFolder.DIALECTS)
                .properties(Map.of("unpost.accounts-file", file))
                .start();
    }
}
