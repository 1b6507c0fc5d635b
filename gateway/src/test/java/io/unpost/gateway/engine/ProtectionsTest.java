package io.unpost.gateway.engine;

import static io.unpost.gateway.engine.ScriptedTransport.answer;
import static io.unpost.gateway.engine.ScriptedTransport.neverLeft;
import static io.unpost.gateway.engine.ScriptedTransport.noAnswer;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.resilience4j.circuitbreaker.CircuitBreaker.State;
import io.unpost.dialect.DeleteCommand;
import io.unpost.dialect.Dialect;
import io.unpost.dialect.Kind;
import io.unpost.dialect.Options;
import io.unpost.dialect.Outcome;
import io.unpost.dialect.Outcome.NotSent;
import io.unpost.dialect.Outcome.Verdict;
import io.unpost.dialect.ProviderSays;
import io.unpost.dialect.WireRequest;
import io.unpost.dialect.WireResponse;
import io.unpost.gateway.accounts.Account;
import io.unpost.gateway.accounts.Limits;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// One account's trouble is no other's.
@Timeout(60)
final class ProtectionsTest {

    private static final Limits LIMITS = Limits.DEFAULT;

    private final FakeTime time = new FakeTime();
    private final Protections protections = new Protections(time);
    private int ids;

    @Test
    void providerThatFailsIsNotAskedAnyMoreAndAnotherAccountIs() {
        var transport = new ScriptedTransport(neverLeft());
        DeleteGateway gateway = gateway(transport);
        for (int i = 0; i < 10; i++) {
            assertThat(cause(delete(gateway, account("acme", LIMITS)))).isEqualTo(NotSent.Cause.UNREACHABLE);
        }
        int before = transport.sent().size();

        assertThat(cause(delete(gateway, account("acme", LIMITS)))).isEqualTo(NotSent.Cause.CIRCUIT_OPEN);
        assertThat(transport.sent()).hasSize(before);
        assertThat(protections.circuit(account("acme", LIMITS))).isEqualTo(State.OPEN);
        assertThat(cause(delete(gateway, account("other", LIMITS)))).isEqualTo(NotSent.Cause.UNREACHABLE);
    }

    @Test
    void providerThatFindsNothingIsWell() {
        DeleteGateway gateway = gateway(new ScriptedTransport(answer(404)));
        for (int i = 0; i < 100; i++) {
            assertThat(delete(gateway, account("acme", LIMITS)).outcome()).isInstanceOf(Verdict.NotFound.class);
        }
    }

    @Test
    void providerThatLosesEachFirstAnswerIsWell() {
        for (int i = 0; i < 100; i++) {
            Result result = delete(gateway(new ScriptedTransport(noAnswer(), answer(444))), account("acme", LIMITS));
            assertThat(result.outcome()).isInstanceOf(Verdict.Deleted.class);
        }
    }

    @Test
    void providerThatHangsIsGivenUpWhateverTheTimeouts() {
        var limits = new Limits(LIMITS.connect(), Duration.ofSeconds(4), LIMITS.call(), 3, 64, null);
        DeleteGateway gateway = gateway((_, _, limit) -> {
            time.pass(limit);
            return noAnswer().play();
        });
        for (int i = 0; i < 10; i++) {
            delete(gateway, account("acme", limits));
        }
        assertThat(protections.circuit(account("acme", limits))).isEqualTo(State.OPEN);
    }

    @Test
    void deletesBeyondTheMostInFlightAreShedAtOnce() throws Exception {
        var underWay = new CountDownLatch(2);
        var release = new CountDownLatch(1);
        DeleteGateway gateway = gateway((_, _, _) -> {
            underWay.countDown();
            try {
                release.await();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            return answer(404).play();
        });
        Account two = account("acme", limits(2));
        try (var callers = Executors.newVirtualThreadPerTaskExecutor()) {
            for (String id : new String[] {"1", "2"}) {
                var _ = callers.submit(() -> gateway.delete(two, command(id), Deadline.in(LIMITS.call(), time)));
            }
            underWay.await();

            Result shed = gateway.delete(two, command("3"), Deadline.in(LIMITS.call(), time));

            assertThat(cause(shed)).isEqualTo(NotSent.Cause.OVERLOADED);
            assertThat(shed.attempts()).isZero();
            assertThat(protections.inFlight(two)).isEqualTo(2);
            release.countDown();
        }
        assertThat(protections.inFlight(two)).isZero();
        assertThat(delete(gateway, two).outcome()).isInstanceOf(Verdict.NotFound.class);
    }

    @Test
    void changedAccountBeginsAnew() {
        DeleteGateway gateway = gateway(new ScriptedTransport(neverLeft()));
        for (int i = 0; i < 10; i++) {
            delete(gateway, account("acme", LIMITS));
        }
        assertThat(protections.circuit(account("acme", limits(63)))).isEqualTo(State.CLOSED);
    }

    @Test
    void dialectThatFailsBeforeItSendsLeavesNothingBehind() {
        Account usual = account("acme", LIMITS);
        var account = new Account(
                "acme", new Wordless(), usual.options(), usual.baseUri(), usual.credentials(), usual.limits());
        DeleteGateway gateway = gateway(new ScriptedTransport(answer(404)));
        for (int i = 0; i < 100; i++) {
            assertThatThrownBy(() -> delete(gateway, account)).hasRootCauseMessage("no words");
        }
        assertThat(protections.inFlight(account)).isZero();
        assertThat(protections.circuit(account)).isEqualTo(State.CLOSED);
    }

    private DeleteGateway gateway(Transport transport) {
        return new DeleteGateway(
                new Signers(time, () -> "nonce"),
                transport,
                new RetryPolicy(() -> 0.5),
                time,
                protections,
                Gateways.NOBODY);
    }

    private Result delete(DeleteGateway gateway, Account account) {
        return gateway.delete(account, command(Integer.toString(ids++)), Deadline.in(LIMITS.call(), time));
    }

    private static NotSent.Cause cause(Result result) {
        return result.outcome() instanceof NotSent(var cause, var _, var _) ? cause : fail(result.outcome());
    }

    private static NotSent.Cause fail(Outcome outcome) {
        throw new AssertionError(outcome);
    }

    private static DeleteCommand command(String id) {
        return new DeleteCommand(Kind.POSTS, id);
    }

    private static Limits limits(int maxInFlight) {
        return new Limits(LIMITS.connect(), LIMITS.attempt(), LIMITS.call(), LIMITS.attempts(), maxInFlight, null);
    }

    private static Account account(String name, Limits limits) {
        return FakeAccount.named(name, ProtectionsTest::reading, limits);
    }

    private static Verdict reading(DeleteCommand command, WireResponse response) {
        var says = new ProviderSays(response.status(), null, null, null);
        return response.status() == 444 ? new Verdict.AlreadyGone(says) : Verdict.byStatus(response, says);
    }

    /// A dialect with a defect.
    private record Wordless() implements Dialect {

        @Override
        public Facts facts() {
            return new FakeDialect(ProtectionsTest::reading).facts();
        }

        @Override
        public WireRequest encode(DeleteCommand command, Options options) {
            throw new IllegalStateException("no words");
        }

        @Override
        public Verdict decode(DeleteCommand command, WireResponse response) {
            throw new AssertionError("nothing was sent");
        }
    }
}
