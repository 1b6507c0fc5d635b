package io.unpost.gateway.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.micronaut.context.ApplicationContext;
import io.micronaut.http.server.netty.NettyEmbeddedServer;
import io.unpost.dialect.CredentialForm;
import io.unpost.dialect.Deletable;
import io.unpost.dialect.DeleteCommand;
import io.unpost.dialect.Dialect;
import io.unpost.dialect.Kind;
import io.unpost.dialect.Option;
import io.unpost.dialect.Options;
import io.unpost.dialect.Outcome;
import io.unpost.dialect.WireRequest;
import io.unpost.dialect.WireResponse;
import io.unpost.gateway.accounts.Account;
import io.unpost.gateway.accounts.Credentials;
import io.unpost.gateway.accounts.Dialects;
import io.unpost.gateway.accounts.Limits;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SandboxAccountsTest {

    private static final Dialects FOUND = new Dialects(List.of(new Named("twitter-v1.1")));

    @Test
    void accountReachesTheImitation() {
        try (var server = SandboxServer.open()) {
            List<Account> accounts = accounts(server.context(), FOUND).accounts();

            assertThat(accounts).singleElement().satisfies(account -> {
                assertThat(account.name()).isEqualTo("demo-twitter").matches(Account.NAME);
                assertThat(account.dialect().facts().id()).isEqualTo("twitter-v1.1");
                assertThat(account.options().get("format")).isEqualTo("json");
                assertThat(account.baseUri()).isEqualTo(server.at("/sandbox/twitter"));
                assertThat(account.credentials()).isInstanceOfSatisfying(Credentials.OAuth1.class, keys -> {
                    assertThat(keys.consumerKey().value()).isEqualTo("demo-consumer-key");
                    assertThat(keys.consumerSecret().value()).isEqualTo("demo-consumer-secret");
                    assertThat(keys.token().value()).isEqualTo("demo-token");
                    assertThat(keys.tokenSecret().value()).isEqualTo("demo-token-secret");
                });
                assertThat(account.limits()).isEqualTo(Limits.DEFAULT);
            });
        }
    }

    @Test
    void accountOfWeiboComesWithItsAppKey() {
        try (var server = SandboxServer.open()) {
            Dialects both = new Dialects(List.of(new Named("twitter-v1.1"), new Named("weibo-v1")));
            List<Account> accounts = accounts(server.context(), both).accounts();

            assertThat(accounts).extracting(Account::name).containsExactly("demo-twitter", "demo-weibo");
            assertThat(accounts.getLast().baseUri()).isEqualTo(server.at("/sandbox/weibo"));
            assertThat(accounts.getLast().credentials()).isInstanceOfSatisfying(Credentials.Basic.class, basic -> {
                assertThat(basic.username().value()).isEqualTo("demo@unpost.example");
                assertThat(basic.password().value()).isEqualTo("demo:password");
                assertThat(basic.parameters())
                        .hasSize(1)
                        .hasEntrySatisfying(
                                "source", key -> assertThat(key.value()).isEqualTo("demo-app-key"));
            });
        }
    }

    @Test
    void withoutTheDialectThereIsNoAccount() {
        try (var server = SandboxServer.open()) {
            assertThat(accounts(server.context(), new Dialects(List.of())).accounts())
                    .isEmpty();
        }
    }

    @Test
    void untilTheServerRunsThereIsNoAccount() {
        try (var context =
                ApplicationContext.run(Map.of("micronaut.server.port", -1, StandingTime.PROPERTY, true), "sandbox")) {
            SandboxAccounts accounts = accounts(context, FOUND);
            assertThat(accounts.accounts()).isEmpty();

            context.getBean(NettyEmbeddedServer.class).start();
            assertThat(accounts.accounts()).hasSize(1);
        }
    }

    /// The names put the API's listener once before and once behind the management's.
    @ParameterizedTest
    @ValueSource(strings = {"api", "zz-api"})
    void ofTwoListenersTheApisIsTheAddress(String api) throws Exception {
        var settings = Map.<String, Object>of(
                "micronaut.server.netty.listeners." + api + ".host",
                "127.0.0.1",
                "micronaut.server.netty.listeners." + api + ".port",
                -1,
                "micronaut.server.netty.listeners.management.host",
                "0.0.0.0",
                "micronaut.server.netty.listeners.management.port",
                -1);
        try (var server = new SandboxServer(settings)) {
            Account account = accounts(server.context(), FOUND).accounts().getFirst();
            URI page = URI.create(account.baseUri().toString().replace("/twitter", ""));

            assertThat(server.context().getBean(NettyEmbeddedServer.class).getBoundPorts())
                    .hasSize(2);
            assertThat(server.get(page).statusCode()).isEqualTo(200);
        }
    }

    private static SandboxAccounts accounts(ApplicationContext context, Dialects dialects) {
        return new SandboxAccounts(
                List.copyOf(context.getBeansOfType(Imitation.class)), context.getBean(ApiAddress.class), dialects);
    }

    private record Named(String id) implements Dialect {

        @Override
        public Facts facts() {
            return new Facts(
                    id,
                    "Twitter",
                    URI.create("https://example.org"),
                    URI.create("https://example.org"),
                    List.of(new Deletable(Kind.POSTS, Pattern.compile("[0-9]+"), "digits")),
                    List.of(new CredentialForm(CredentialForm.Scheme.OAUTH1)),
                    List.of(new Option("format", List.of("json"))));
        }

        @Override
        public WireRequest encode(DeleteCommand command, Options options) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Outcome.Verdict decode(DeleteCommand command, WireResponse response) {
            throw new UnsupportedOperationException();
        }
    }
}
