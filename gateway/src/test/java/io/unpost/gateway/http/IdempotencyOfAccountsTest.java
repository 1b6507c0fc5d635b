package io.unpost.gateway.http;

import static io.unpost.gateway.http.FakeProvider.answer;
import static org.assertj.core.api.Assertions.assertThat;

import io.unpost.dialect.DeleteCommand;
import io.unpost.dialect.Dialect;
import io.unpost.dialect.Options;
import io.unpost.dialect.Outcome.Verdict;
import io.unpost.dialect.ProviderSays;
import io.unpost.dialect.WireRequest;
import io.unpost.dialect.WireResponse;
import io.unpost.gateway.accounts.Account;
import io.unpost.gateway.accounts.Credentials;
import io.unpost.gateway.accounts.Limits;
import io.unpost.gateway.accounts.Secret;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Idempotency keys where accounts change, and where their dialect breaks.
final class IdempotencyOfAccountsTest {

    private static final FakeProvider PROVIDER = new FakeProvider();
    private static final AtomicBoolean BROKEN = new AtomicBoolean();
    private static final AtomicReference<List<Account>> ACCOUNTS = new AtomicReference<>(List.of());
    private static final GatewayServer GATEWAY = GatewayServer.before(PROVIDER, ACCOUNTS::get, Map.of());

    private static final String PATH = "/v1/accounts/acme/posts/7";
    private static final Verdict DELETED =
            Verdict.Deleted.echo(FakeProvider.item("7"), new ProviderSays(200, null, null, null));

    @AfterAll
    static void stop() {
        GATEWAY.close();
    }

    @BeforeEach
    void plays() {
        BROKEN.set(false);
        ACCOUNTS.set(List.of(account("secret-canary-1")));
        PROVIDER.plays(answer(DELETED, "{\"id\": 7, \"echo\": \"secret-canary-1 secret-canary-2\"}"));
    }

    @Test
    void secretsOfThenAreTakenOutWhenTheAccountHasOthers() {
        String first = GATEWAY.delete(PATH, "Idempotency-Key: a").body();
        ACCOUNTS.set(List.of(account("secret-canary-2")));
        PROVIDER.plays();

        Reply replay = GATEWAY.delete(PATH + "?raw=true", "Idempotency-Key: a");

        assertThat(first).doesNotContain("secret-canary");
        assertThat(replay.header("Idempotent-Replayed")).isEqualTo("true");
        assertThat(replay.at("/provider/body")).isEqualTo("{\"id\": 7, \"echo\": \"*** secret-canary-2\"}");
    }

    @Test
    void accountThatIsNoMoreIsUnknownInSpiteOfAKey() {
        GATEWAY.delete(PATH, "Idempotency-Key: b");
        ACCOUNTS.set(List.of());

        assertThat(GATEWAY.delete(PATH, "Idempotency-Key: b").at("/code")).isEqualTo("unknown_account");
    }

    @Test
    void keyIsFreeAfterADefect() {
        BROKEN.set(true);
        assertThat(GATEWAY.delete(PATH, "Idempotency-Key: c").status()).isEqualTo(500);
        BROKEN.set(false);

        Reply second = GATEWAY.delete(PATH, "Idempotency-Key: c");

        assertThat(second.status()).isEqualTo(200);
        assertThat(second.headers()).doesNotContainKey("Idempotent-Replayed");
    }

    private static Account account(String token) {
        return new Account(
                "acme",
                new Breakable(PROVIDER.dialect()),
                new Options(Map.of()),
                URI.create("https://fake.example"),
                new Credentials.Bearer(new Secret(token)),
                Limits.DEFAULT);
    }

    /// Throws before anything is sent, where it is told to.
    private record Breakable(Dialect whole) implements Dialect {

        @Override
        public Facts facts() {
            return whole.facts();
        }

        @Override
        public WireRequest encode(DeleteCommand command, Options options) {
            if (BROKEN.get()) {
                throw new IllegalStateException("broken as told");
            }
            return whole.encode(command, options);
        }

        @Override
        public Verdict decode(DeleteCommand command, WireResponse response) {
            return whole.decode(command, response);
        }
    }
}
