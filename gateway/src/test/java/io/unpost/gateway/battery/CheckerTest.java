package io.unpost.gateway.battery;

import static org.assertj.core.api.Assertions.assertThat;

import io.micronaut.context.annotation.Factory;
import io.micronaut.context.annotation.Property;
import io.micronaut.context.annotation.Replaces;
import io.micronaut.context.annotation.Requires;
import io.unpost.dialect.DeleteCommand;
import io.unpost.dialect.Dialect;
import io.unpost.dialect.Kind;
import io.unpost.dialect.Options;
import io.unpost.dialect.Outcome.Evidence;
import io.unpost.dialect.Outcome.Verdict;
import io.unpost.dialect.Reason;
import io.unpost.dialect.WireRequest;
import io.unpost.dialect.WireResponse;
import io.unpost.gateway.Api.Said;
import io.unpost.gateway.Api.Word;
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
import io.unpost.gateway.engine.Exchange;
import io.unpost.gateway.engine.Signers;
import io.unpost.gateway.engine.Time;
import io.unpost.gateway.engine.Transport;
import jakarta.inject.Singleton;
import java.net.URI;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
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
        ANY_200_NAMES_THE_ID,
        ECHO_IS_ACKNOWLEDGED,
        NOT_FOUND_IS_ABSENT,
        OWN_DELETE_IS_ALREADY_GONE,
        TIMEOUT_IS_A_REFUSAL,
        REFUSAL_IS_UNKNOWN,
        ABSENCE_IS_UNKNOWN,
        CONFIRMATION_IS_UNKNOWN,
        NOTHING_IS_SENT,
        CONFIRMATION_IS_OVERLOOKED,
        FOUR_ATTEMPTS,
        NONCE_COMES_AGAIN,
        CREDENTIALS_OF_ANOTHER,
        KIND_OF_ANOTHER
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
                defect(
                        Defect.ANY_200_NAMES_THE_ID,
                        call -> {
                            String body = call.said(Word.DELETED).body();
                            String half = body.substring(0, body.length() / 2);
                            if (call.commit()) {
                                call.send(call.head(200, "Content-Length: " + half.length()) + half);
                            } else {
                                call.obey();
                            }
                        },
                        Rule.TRUE_CLAIMS),
                defect(Defect.ECHO_IS_ACKNOWLEDGED, Call::obey, Rule.TRUE_CLAIMS),
                defect(Defect.REFUSAL_IS_UNKNOWN, call -> call.say(Word.FOREIGN), Rule.TRUE_CLAIMS),
                defect(
                        Defect.ABSENCE_IS_UNKNOWN,
                        call -> {
                            if (call.commit()) {
                                call.answer(502, Tweets.html("Bad gateway"));
                            } else {
                                call.obey();
                            }
                        },
                        Rule.TRUE_CLAIMS),
                defect(Defect.CONFIRMATION_IS_UNKNOWN, Call::obey, Rule.TRUE_CLAIMS),
                defect(Defect.NOTHING_IS_SENT, Call::obey, Rule.TRUE_CLAIMS),
                defect(Defect.CONFIRMATION_IS_OVERLOOKED, Call::obey, Rule.FEW_SENDS),
                // Each connection is ended by the gateway.
                defect(
                        Defect.CONFIRMATION_IS_OVERLOOKED,
                        call -> {
                            Said said = call.said(call.commit() ? Word.DELETED : Word.GONE);
                            call.answer(said.status(), said.body(), "Connection: close");
                        },
                        Rule.FEW_SENDS),
                defect(Defect.FOUR_ATTEMPTS, call -> call.answer(502, Tweets.html("Bad gateway")), Rule.FEW_SENDS),
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
                defect(Defect.CREDENTIALS_OF_ANOTHER, Call::obey, Rule.NOTHING_ELSE),
                defect(Defect.CREDENTIALS_OF_ANOTHER, call -> call.say(Word.FOREIGN), Rule.NOTHING_ELSE),
                defect(Defect.KIND_OF_ANOTHER, call -> call.say(Word.FOREIGN), Rule.NOTHING_ELSE));
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

    /// Of calls that truly came to this, said otherwise.
    static Stream<Arguments> sayings() {
        return Stream.of(
                // Answered before anything was sent.
                saying(claim -> at(claim, claim.from().minusSeconds(9)), Rule.FEW_SENDS),
                saying(claim -> tried(claim, 0), Rule.TRUE_CLAIMS),
                saying(claim -> tried(claim, -1), null));
    }

    private static Arguments saying(UnaryOperator<Claim> saying, @Nullable Rule broken) {
        return Arguments.of(saying, broken == null ? List.of() : List.of(broken));
    }

    private static Claim at(Claim claim, Instant to) {
        return new Claim(
                claim.account(),
                claim.kind(),
                claim.id(),
                claim.outcome(),
                claim.evidence(),
                claim.code(),
                claim.attempts(),
                claim.confirmation(),
                to,
                to);
    }

    private static Claim tried(Claim claim, int attempts) {
        return new Claim(
                claim.account(),
                claim.kind(),
                claim.id(),
                claim.outcome(),
                claim.evidence(),
                claim.code(),
                attempts,
                claim.confirmation(),
                claim.from(),
                claim.to());
    }

    @ParameterizedTest
    @MethodSource("sayings")
    void sayingIsFound(UnaryOperator<Claim> saying, List<Rule> broken) throws Exception {
        assertThat(findings(Defect.NONE, Call::obey, saying).stream()
                        .map(Finding::rule)
                        .distinct())
                .containsExactlyElementsOf(broken);
    }

    private List<Finding> findings(Defect defect, Script script) throws Exception {
        return findings(defect, script, UnaryOperator.identity());
    }

    /// Once the gateway is gone, with all its connections.
    private List<Finding> findings(Defect defect, Script script, UnaryOperator<Claim> saying) throws Exception {
        try (var provider = new Provider()) {
            provider.does(script);
            List<Answered> answered = answered(defect, provider);
            provider.awaitNoConnection();
            var checker = new Checker(List.of(provider));
            return Stream.of(
                            checker.ofClaims(answered.stream()
                                    .map(Answered::claim)
                                    .map(saying)
                                    .toList()),
                            checker.ofSends(
                                    answered.stream().map(Answered::operation).toList()))
                    .flatMap(List::stream)
                    .toList();
        }
    }

    private List<Answered> answered(Defect defect, Provider provider) throws Exception {
        var answered = new ArrayList<Answered>();
        try (var gateway =
                Gateway.with("sidecar", folder, "accounts: {}", Map.of(DEFECT, defect.name(), PORT, provider.port()))) {
            for (int id = 1; id <= 5; id++) {
                var operation = new Operation(TWEETS, "acme", Integer.toString(id));
                Instant from = Instant.now();
                Told told = gateway.deleteAt(operation.path());
                answered.add(new Answered(operation, told, from, Instant.now()));
            }
        }
        return answered;
    }

    /// An account whose dialect or token is wrong.
    @Singleton
    @Requires(property = DEFECT)
    static final class WrongAccount implements AccountSource {

        private final List<Account> accounts;

        WrongAccount(Dialects dialects, @Property(name = DEFECT) Defect defect, @Property(name = PORT) int port) {
            String owner = defect == Defect.CREDENTIALS_OF_ANOTHER ? "other" : "acme";
            int attempts = switch (defect) {
                case FOUR_ATTEMPTS -> 4;
                case CONFIRMATION_IS_UNKNOWN -> 1;
                default -> Limits.DEFAULT.attempts();
            };
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
                    new Limits(
                            Limits.DEFAULT.connect(),
                            Limits.DEFAULT.attempt(),
                            Limits.DEFAULT.call(),
                            attempts,
                            Limits.DEFAULT.maxInFlight(),
                            null)));
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
            return right.encode(
                    defect == Defect.KIND_OF_ANOTHER ? new DeleteCommand(Kind.REPOSTS, command.id()) : command,
                    options);
        }

        @Override
        public Verdict decode(DeleteCommand command, WireResponse response) {
            Verdict verdict = right.decode(command, response);
            return switch (defect) {
                case ANY_200_IS_DELETED ->
                    response.status() == 200 ? Verdict.Deleted.acknowledged(null, verdict.says()) : verdict;
                case ANY_200_NAMES_THE_ID ->
                    response.status() == 200
                            ? new Verdict.Deleted(Evidence.ECHO, command.id(), null, verdict.says())
                            : verdict;
                case ECHO_IS_ACKNOWLEDGED ->
                    verdict instanceof Verdict.Deleted ? Verdict.Deleted.acknowledged(null, verdict.says()) : verdict;
                case REFUSAL_IS_UNKNOWN ->
                    verdict instanceof Verdict.Refused ? new Verdict.Faulted("doubted", verdict.says()) : verdict;
                case ABSENCE_IS_UNKNOWN ->
                    verdict instanceof Verdict.AlreadyGone ? new Verdict.NotFound(verdict.says()) : verdict;
                case NOT_FOUND_IS_ABSENT ->
                    verdict instanceof Verdict.NotFound ? new Verdict.AlreadyGone(verdict.says()) : verdict;
                case OWN_DELETE_IS_ALREADY_GONE ->
                    verdict instanceof Verdict.Deleted ? new Verdict.AlreadyGone(verdict.says()) : verdict;
                case TIMEOUT_IS_A_REFUSAL ->
                    response.status() == 408 ? new Verdict.Refused(Reason.REFUSED, verdict.says()) : verdict;
                case CONFIRMATION_IS_OVERLOOKED, CONFIRMATION_IS_UNKNOWN ->
                    verdict instanceof Verdict.Deleted ? new Verdict.Faulted("overlooked", verdict.says()) : verdict;
                case NONE, NOTHING_IS_SENT, FOUR_ATTEMPTS, NONCE_COMES_AGAIN, CREDENTIALS_OF_ANOTHER, KIND_OF_ANOTHER ->
                    verdict;
            };
        }
    }

    @Factory
    @Requires(property = DEFECT, value = "NOTHING_IS_SENT")
    static final class WrongTransports {

        @Singleton
        @Replaces(Transport.class)
        Transport transport() {
            return (_, _, _) -> new Exchange.NoAnswer("nobody asked");
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
