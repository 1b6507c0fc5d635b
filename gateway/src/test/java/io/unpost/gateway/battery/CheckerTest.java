package io.unpost.gateway.battery;

import static org.assertj.core.api.Assertions.assertThat;

import io.micronaut.context.annotation.Factory;
import io.micronaut.context.annotation.Property;
import io.micronaut.context.annotation.Replaces;
import io.micronaut.context.annotation.Requires;
import io.unpost.dialect.DeleteCommand;
import io.unpost.dialect.Dialect;
import io.unpost.dialect.Options;
import io.unpost.dialect.Outcome.Verdict;
import io.unpost.dialect.Reason;
import io.unpost.dialect.WireRequest;
import io.unpost.dialect.WireResponse;
import io.unpost.gateway.Call;
import io.unpost.gateway.Form;
import io.unpost.gateway.Gateway;
import io.unpost.gateway.Provider;
import io.unpost.gateway.Provider.Script;
import io.unpost.gateway.Told;
import io.unpost.gateway.Tweets;
import io.unpost.gateway.accounts.Account;
import io.unpost.gateway.accounts.AccountSource;
import io.unpost.gateway.accounts.Credentials;
import io.unpost.gateway.accounts.Dialects;
import io.unpost.gateway.accounts.Limits;
import io.unpost.gateway.accounts.Secret;
import io.unpost.gateway.battery.Finding.Rule;
import io.unpost.gateway.engine.Signers;
import io.unpost.gateway.engine.Time;
import jakarta.inject.Singleton;
import java.net.URI;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// The checker finds each wrong in a gateway that runs with it.
@Tag("battery")
@Timeout(60)
final class CheckerTest {

    private static final String DEFECT = "unpost.test.defect";
    private static final String PORT = "unpost.test.port";
    private static final Form TWEETS = Form.ofTwitter().getFirst();

    /// What is wrong with the gateway.
    enum Defect {
        NONE,
        ANY_200_IS_DELETED,
        NOT_FOUND_IS_ABSENT,
        OWN_DELETE_IS_ALREADY_GONE,
        TIMEOUT_IS_A_REFUSAL,
        CONFIRMATION_IS_OVERLOOKED,
        NONCE_COMES_AGAIN,
        CREDENTIALS_OF_ANOTHER
    }

    @TempDir
    private Path folder;

    static Stream<Arguments> defects() {
        return Stream.of(
                // Done or not: there is no such answer.
                defect(Defect.ANY_200_IS_DELETED, call -> call.answer(200, Tweets.html("Welcome")), Rule.TRUE_CLAIMS),
                defect(
                        Defect.ANY_200_IS_DELETED,
                        call -> {
                            call.commit();
                            call.answer(200, Tweets.html("Welcome"));
                        },
                        Rule.TRUE_CLAIMS),
                defect(
                        Defect.NOT_FOUND_IS_ABSENT,
                        call -> call.answer(call.first() ? 502 : 404, Tweets.error(34)),
                        Rule.TRUE_CLAIMS),
                defect(Defect.OWN_DELETE_IS_ALREADY_GONE, Call::obey, Rule.TRUE_CLAIMS),
                defect(
                        Defect.TIMEOUT_IS_A_REFUSAL,
                        call -> {
                            call.commit();
                            call.answer(408, Tweets.html("Request timeout"));
                        },
                        Rule.TRUE_CLAIMS),
                defect(Defect.CONFIRMATION_IS_OVERLOOKED, Call::obey, Rule.FEW_SENDS),
                defect(
                        Defect.NONCE_COMES_AGAIN,
                        call -> {
                            if (call.first()) {
                                call.answer(502, Tweets.html("Bad gateway"));
                            } else {
                                call.obey();
                            }
                        },
                        Rule.FEW_SENDS),
                defect(Defect.CREDENTIALS_OF_ANOTHER, Call::obey, Rule.NOTHING_ELSE));
    }

    private static Arguments defect(Defect defect, Script script, Rule broken) {
        return Arguments.of(defect, script, broken);
    }

    @ParameterizedTest
    @MethodSource("defects")
    void defectIsFound(Defect defect, Script script, Rule broken) throws Exception {
        assertThat(findings(defect, script)).extracting(Finding::rule).contains(broken);
        // It is the gateway that is wrong, not the checker.
        assertThat(findings(Defect.NONE, script)).isEmpty();
    }

    private List<Finding> findings(Defect defect, Script script) throws Exception {
        try (var provider = new Provider();
                var gateway = Gateway.with(
                        "sidecar", folder, "accounts: {}", Map.of(DEFECT, defect.name(), PORT, provider.port()))) {
            provider.does(script);
            var claims = new ArrayList<Claim>();
            var operations = new ArrayList<Operation>();
            for (int id = 1; id <= 5; id++) {
                var operation = new Operation(TWEETS, "acme", Integer.toString(id));
                operations.add(operation);
                Instant from = Instant.now();
                Told told = gateway.deleteAt(operation.path());
                claims.add(Claim.of(operation, told, from, Instant.now()));
            }
            var checker = new Checker(List.of(provider));
            return Stream.of(checker.ofClaims(claims), checker.ofSends(operations))
                    .flatMap(List::stream)
                    .toList();
        }
    }

    /// An account whose dialect or token is wrong.
    @Singleton
    @Requires(property = DEFECT)
    static final class WrongAccount implements AccountSource {

        private final List<Account> accounts;

        WrongAccount(Dialects dialects, @Property(name = DEFECT) Defect defect, @Property(name = PORT) int port) {
            String owner = defect == Defect.CREDENTIALS_OF_ANOTHER ? "other" : "acme";
            accounts = List.of(new Account(
                    "acme",
                    new WrongDialect(dialects.find("twitter-v1.1").orElseThrow(), defect),
                    new Options(Map.of()),
                    URI.create("http://127.0.0.1:" + port),
                    new Credentials.OAuth1(
                            new Secret(Provider.CONSUMER_KEY),
                            new Secret(Provider.CONSUMER_SECRET),
                            new Secret(Provider.TOKEN + "-" + owner),
                            new Secret(Provider.TOKEN_SECRET)),
                    Limits.DEFAULT));
        }

        @Override
        public List<Account> accounts() {
            return accounts;
        }
    }

    private record WrongDialect(Dialect right, Defect defect) implements Dialect {

        @Override
        public Facts facts() {
            return right.facts();
        }

        @Override
        public WireRequest encode(DeleteCommand command, Options options) {
            return right.encode(command, options);
        }

        @Override
        public Verdict decode(DeleteCommand command, WireResponse response) {
            Verdict verdict = right.decode(command, response);
            return switch (defect) {
                case ANY_200_IS_DELETED ->
                    response.status() == 200 ? Verdict.Deleted.acknowledged(null, verdict.says()) : verdict;
                case NOT_FOUND_IS_ABSENT ->
                    verdict instanceof Verdict.NotFound ? new Verdict.AlreadyGone(verdict.says()) : verdict;
                case OWN_DELETE_IS_ALREADY_GONE ->
                    verdict instanceof Verdict.Deleted ? new Verdict.AlreadyGone(verdict.says()) : verdict;
                case TIMEOUT_IS_A_REFUSAL ->
                    response.status() == 408 ? new Verdict.Refused(Reason.REFUSED, verdict.says()) : verdict;
                case CONFIRMATION_IS_OVERLOOKED ->
                    verdict instanceof Verdict.Deleted ? new Verdict.Faulted("overlooked", verdict.says()) : verdict;
                case NONE, NONCE_COMES_AGAIN, CREDENTIALS_OF_ANOTHER -> verdict;
            };
        }
    }

    @Factory
    @Requires(property = DEFECT, value = "NONCE_COMES_AGAIN")
    static final class WrongSigners {

        @Singleton
        @Replaces(Signers.class)
        Signers signers(Time clock) {
            return new Signers(clock, () -> "always the same");
        }
    }
}
