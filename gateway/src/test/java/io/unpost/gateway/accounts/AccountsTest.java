package io.unpost.gateway.accounts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.unpost.dialect.Options;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class AccountsTest {

    @Test
    void accountsOfAllSourcesAreFoundByName() {
        var accounts = new Accounts(List.of(() -> List.of(account("b"), account("d")), () -> List.of(account("c"))));

        assertThat(accounts.find("c")).map(Account::name).contains("c");
        assertThat(accounts.find("x")).isEmpty();
        assertThat(accounts.all()).extracting(Account::name).containsExactly("b", "c", "d");
    }

    @Test
    void sourcesAreNotAskedBeforeALookUp() {
        List<Account> bound = new ArrayList<>();
        var accounts = new Accounts(List.of(() -> List.copyOf(bound)));
        bound.add(account("demo"));

        assertThat(accounts.find("demo")).isPresent();
    }

    @Test
    void laterAccountsOfASourceCount() {
        List<Account> now = new ArrayList<>();
        var accounts = new Accounts(List.of(() -> List.copyOf(now)));

        assertThat(accounts.all()).isEmpty();
        now.add(account("late"));
        assertThat(accounts.find("late")).isPresent();
        now.clear();
        assertThat(accounts.find("late")).isEmpty();
    }

    @Test
    void oneNameInTwoSourcesIsRefused() {
        var accounts = new Accounts(List.of(() -> List.of(account("same")), () -> List.of(account("same"))));

        assertThatThrownBy(() -> accounts.find("other"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("two sources have an account named same");
        assertThatThrownBy(accounts::all).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void dialectsAreSortedAndFoundById() {
        assertThat(AccountsFolder.DIALECTS.all())
                .extracting(dialect -> dialect.facts().id())
                .containsExactly("bearer-v2", "fake-v1", "twitter-v1.1");
        assertThat(AccountsFolder.DIALECTS.find("fake-v1")).isPresent();
        assertThat(AccountsFolder.DIALECTS.find("FAKE-V1")).isEmpty();
    }

    @Test
    void twoDialectsWithOneIdAreRefused() {
        assertThatThrownBy(() -> new Dialects(List.of(FakeDialect.weibo(), FakeDialect.weibo())))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("two dialects have the id fake-v1");
    }

    private static Account account(String name) {
        return new Account(
                name,
                FakeDialect.twitter(),
                new Options(Map.of()),
                URI.create("https://a.example"),
                new Credentials.Bearer(new Secret("t")),
                Limits.DEFAULT);
    }
}
