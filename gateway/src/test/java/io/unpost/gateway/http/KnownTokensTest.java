package io.unpost.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.micronaut.security.authentication.Authentication;
import io.unpost.gateway.engine.Time;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/// How long a token that was found right is not verified again, and what is asked all the same.
final class KnownTokensTest {

    private static final FakeProvider PROVIDER = new FakeProvider();
    private static final GatewayServer GATEWAY = GatewayServer.before(PROVIDER);
    private static final String PATH = "/v1/accounts/acme-news/posts/7";
    private static final Instant NOW = Instant.parse("2026-11-23T18:25:43Z");

    private final Clock time = new Clock();
    private final KnownTokens tokens = new KnownTokens(time);

    @AfterAll
    static void stop() {
        GATEWAY.close();
    }

    @Test
    void tokenIsKnownForAMoment() {
        Authentication caller = caller(NOW.plusSeconds(3600));
        tokens.add("token", caller);

        assertThat(tokens.find("token")).contains(caller);
        assertThat(tokens.find("token ")).isEmpty();
        time.passed = KnownTokens.KNOWN.minusNanos(1);
        assertThat(tokens.find("token")).contains(caller);
        time.passed = KnownTokens.KNOWN;
        assertThat(tokens.find("token")).isEmpty();
    }

    @Test
    void tokenIsNotKnownBeyondItsEnd() {
        tokens.add("token", caller(NOW.plusSeconds(2)));

        time.passed = Duration.ofSeconds(2).minusNanos(1);
        assertThat(tokens.find("token")).isPresent();
        time.passed = Duration.ofSeconds(2);
        assertThat(tokens.find("token")).isEmpty();
    }

    @Test
    void tokenWithoutAnEndIsNotKnown() {
        tokens.add("token", Authentication.build("me", Map.of("sub", "me")));

        assertThat(tokens.find("token")).isEmpty();
    }

    @Test
    void rightTokenIsKnownOnceItsCallWasLetIn() {
        PROVIDER.deletes("7");
        String right = Tokens.signed(Tokens.everything().subject("right"));
        String wrong = right.substring(0, right.length() - 4) + "AAAA";

        assertThat(status(right)).isEqualTo(200);
        assertThat(status(wrong)).isEqualTo(401);

        var known = GATEWAY.bean(KnownTokens.class);
        assertThat(known.find(right)).map(Authentication::getName).contains("right");
        assertThat(known.find(wrong)).isEmpty();
    }

    /// It would be refused if it were looked at.
    @Test
    void knownTokenIsNotVerifiedAgainAndAllowsNoMoreThanItSays() {
        PROVIDER.deletes("7");
        GATEWAY.bean(KnownTokens.class).add("known", caller(StoppedTime.NOW.plusSeconds(60)));

        assertThat(status("known")).isEqualTo(200);
        assertThat(call("DELETE", "/v1/accounts/other/posts/7", "known")).isEqualTo(403);
        assertThat(call("GET", "/v1/accounts", "known")).isEqualTo(200);
        PROVIDER.time().forget();
        assertThat(status("known")).isEqualTo(401);
    }

    private static Authentication caller(Instant end) {
        return Authentication.build(
                "me",
                Map.of("sub", "me", "exp", Date.from(end), "accounts", List.of("acme-*"), "scope", "delete:posts"));
    }

    private static int status(String token) {
        return call("DELETE", PATH, token);
    }

    private static int call(String method, String path, String token) {
        return GATEWAY.anonymously(method, path, "Authorization: Bearer " + token)
                .status();
    }

    private static final class Clock implements Time {

        private Duration passed = Duration.ZERO;

        @Override
        public Instant instant() {
            return NOW.plus(passed);
        }

        @Override
        public Duration elapsed() {
            return passed;
        }

        @Override
        public void sleep(Duration duration) {
            passed = passed.plus(duration);
        }
    }
}
