package io.unpost.gateway.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.unpost.dialect.DeleteCommand;
import io.unpost.dialect.Kind;
import io.unpost.dialect.WireRequest.Method;
import io.unpost.gateway.accounts.Account;
import io.unpost.gateway.accounts.Credentials;
import io.unpost.gateway.accounts.Secret;
import io.unpost.gateway.engine.Planner.Plan;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class PlannerTest {

    private static final DeleteCommand COMMAND = new DeleteCommand(Kind.POSTS, "240854986559455234");
    private static final String FORM = "application/x-www-form-urlencoded";

    @Test
    void oauth1IsPlannedWithoutCredentials() {
        var credentials = new Credentials.OAuth1(
                new Secret("canary 1"), new Secret("canary 2"), new Secret("canary 3"), new Secret("canary 4"));

        assertThat(plan(credentials))
                .isEqualTo(new Plan(
                        Method.POST,
                        "https://fake.example/posts/240854986559455234",
                        Map.of(
                                "Authorization",
                                "OAuth oauth_consumer_key=\"***\", oauth_nonce=\"nonce\","
                                        + " oauth_signature_method=\"HMAC-SHA1\", oauth_timestamp=\"1795458343\","
                                        + " oauth_token=\"***\", oauth_version=\"1.0\", oauth_signature=\"***\"",
                                "Content-Type",
                                FORM),
                        Map.of("mode", "full text")));
    }

    @Test
    void basicIsPlannedWithoutCredentials() {
        var credentials = new Credentials.Basic(
                new Secret("canary 1"), new Secret("canary 2"), Map.of("source", new Secret("canary 3")));

        assertThat(plan(credentials))
                .isEqualTo(new Plan(
                        Method.POST,
                        "https://fake.example/posts/240854986559455234?source=***",
                        Map.of("Authorization", "Basic ***", "Content-Type", FORM),
                        Map.of("mode", "full text")));
    }

    @Test
    void bearerIsPlannedWithoutCredentials() {
        assertThat(plan(new Credentials.Bearer(new Secret("canary/1"))))
                .isEqualTo(new Plan(
                        Method.POST,
                        "https://fake.example/posts/240854986559455234",
                        Map.of("Authorization", "Bearer ***", "Content-Type", FORM),
                        Map.of("mode", "full text")));
    }

    static List<String> namesOfParts() {
        return List.of("oauth_signature", "signature", "oauth", "sig", "=", "\"", "A");
    }

    @ParameterizedTest
    @MethodSource("namesOfParts")
    void signatureIsHiddenWhateverTheSecretsAre(String token) {
        var credentials =
                new Credentials.OAuth1(new Secret("ck"), new Secret("cs"), new Secret(token), new Secret("ts"));
        Account account = FakeAccount.of(credentials);
        String signature = new OAuth1Signer(credentials, new FakeTime(), () -> "nonce")
                .sign(account.dialect().encode(COMMAND, account.options()), account.baseUri())
                .headers()
                .getOrDefault("Authorization", "")
                .replaceFirst(".*oauth_signature=\"([^\"%]+).*", "$1");

        assertThat(signature).hasSizeGreaterThan(3);
        assertThat(plan(credentials).headers().get("Authorization")).doesNotContain(signature);
    }

    private static Plan plan(Credentials credentials) {
        return new Planner(new Signers(new FakeTime(), () -> "nonce")).plan(FakeAccount.of(credentials), COMMAND);
    }
}
