package io.unpost.gateway.engine;

import io.unpost.dialect.DeleteCommand;
import io.unpost.dialect.Outcome;
import io.unpost.dialect.Outcome.Verdict;
import io.unpost.dialect.WireRequest;
import io.unpost.gateway.accounts.Account;
import io.unpost.gateway.accounts.Credentials;
import io.unpost.gateway.accounts.Limits;
import io.unpost.gateway.engine.Circuit.Health;
import io.unpost.gateway.engine.Protections.Protection;
import io.unpost.gateway.engine.Quota.Leave;
import io.unpost.gateway.engine.SingleFlight.Flight;
import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The attempts of one delete, one after the other, until it is settled or may go no further.
final class Attempts {

    private static final Logger LOG = LoggerFactory.getLogger(Attempts.class);

    /// Between two looks for a place among those who try again.
    private static final Duration LEAST_WAIT = Duration.ofMillis(10);

    private static final Outcome.Unknown DEFECT =
            new Outcome.Unknown("the gateway failed after it sent the request", null, null);

    private final Tools tools;
    private final Account account;
    private final DeleteCommand command;
    private final Flight flight;
    private final Protection protection;
    private final WireRequest request;

    private Progress progress = Progress.NONE;
    private Health health = Health.UNTOLD;
    private Duration elsewhere = Duration.ZERO;
    private int retries;
    private boolean unread;
    private boolean tryingAgain;
    private boolean clockCorrected;
    private boolean correctingClock;

    /// What the attempts of every delete are made with.
    record Tools(Signers signers, Transport transport, RetryPolicy retry, Time time, Observer observer) {}

    Attempts(Tools tools, Account account, DeleteCommand command, Flight flight, Protection protection) {
        this.tools = tools;
        this.account = account;
        this.command = command;
        this.flight = flight;
        this.protection = protection;
        request = account.dialect().encode(command, account.options());
    }

    Result run() {
        try {
            Optional<Duration> wait = Optional.of(Duration.ZERO);
            // Sleeping may take longer than it was asked to.
            while (wait.isPresent() && fits(wait.get()) && slept(wait.get()) && fits(Duration.ZERO)) {
                wait = attempt();
            }
            return progress.result(tools.time().instant(), elsewhere);
        } catch (RuntimeException | Error e) {
            if (progress.attempts() == 0 && !unread) {
                throw e;
            }
            // Something was sent: to let it through would say that nothing was.
            Progress known = unread ? progress.and(DEFECT, new Exchange.NoAnswer(DEFECT.why())) : progress;
            Result result = known.result(tools.time().instant(), elsewhere);
            Backtrace.log(LOG, "A delete for " + account.name() + " failed", e);
            return result;
        } finally {
            if (tryingAgain) {
                protection.load().endRetry();
            }
        }
    }

    /// What they tell of the provider.
    Health health() {
        return health;
    }

    /// How many of them came after another.
    int retries() {
        return retries;
    }

    /// Makes the next attempt, where it may be made.
    ///
    /// @return the wait before the one after it; empty where none follows
    private Optional<Duration> attempt() {
        if (progress.attempts() > 0 && !correctingClock && !mayTryAgain()) {
            return worthWaitingFor(progress) ? next(progress.outcome()).map(Attempts::aWhile) : Optional.empty();
        }
        correctingClock = false;
        return switch (protection.quota().take(command.kind())) {
            case Leave.Refused(Outcome.NotSent refusal) -> {
                progress = progress.and(refusal);
                // What may have been done already is worth waiting for.
                yield progress.outcome() instanceof Outcome.Unknown
                        ? Optional.ofNullable(refusal.retryAfter()).map(Attempts::aWhile)
                        : Optional.empty();
            }
            case Leave.Granted leave -> send(leave);
        };
    }

    private boolean mayTryAgain() {
        tryingAgain = tryingAgain || protection.load().beginRetry();
        return tryingAgain;
    }

    /// Whether it is still open what was done, and the provider has not said itself that it has too much to do.
    private static boolean worthWaitingFor(Progress progress) {
        return progress.outcome() instanceof Outcome.Unknown(var _, var says, var _)
                && (says == null || says.status() < 500);
    }

    private static Duration aWhile(Duration wait) {
        return wait.compareTo(LEAST_WAIT) < 0 ? LEAST_WAIT : wait;
    }

    private Optional<Duration> send(Leave.Granted leave) {
        Duration ahead = protection.clock().ahead();
        retries += progress.attempts() == 0 ? 0 : 1;
        unread = true;
        flight.progressed(progress.andOneUnderWay());
        Exchange exchange = exchange(ahead);
        Outcome last = Proof.of(exchange, account, command, tools.observer());
        progress = progress.and(last, exchange);
        flight.progressed(progress);
        unread = false;
        switch (exchange) {
            case Exchange.NeverLeft _ -> protection.quota().giveBack(command.kind(), leave);
            case Exchange.NoAnswer _ -> {}
            case Exchange.Answered(var response) -> {
                if (last instanceof Verdict verdict) {
                    protection.quota().learn(command.kind(), leave, verdict);
                }
                boolean refusedOverTime = account.credentials() instanceof Credentials.OAuth1
                        && protection.clock().learn(last, response, ahead);
                if (refusedOverTime && !clockCorrected && progress.attempts() < limits().attempts()) {
                    clockCorrected = true;
                    correctingClock = true;
                    return Optional.of(Duration.ZERO);
                }
            }
        }
        return next(last);
    }

    private Exchange exchange(Duration ahead) {
        Signer signer = tools.signers().of(account.credentials(), ahead);
        Duration limit = shorter(limits().attempt(), flight.deadline().left());
        Duration start = tools.time().elapsed();
        Exchange exchange;
        try {
            exchange = tools.transport().send(signer.sign(request, account.baseUri()), limits().connect(), limit);
        } catch (RuntimeException | Error e) {
            // Whatever broke, this request or an earlier one may have left: to let it through would say that none did.
            Backtrace.log(LOG, "An attempt for " + account.name() + " failed", e);
            return new Exchange.NoAnswer("the gateway failed while it sent the request");
        }
        Duration took = tools.time().elapsed().minus(start);
        elsewhere = elsewhere.plus(took);
        tools.observer().exchanged(account, command.kind(), exchange, took);
        Health told = health(exchange, took, limit);
        health = told == Health.UNTOLD ? health : told;
        return exchange;
    }

    /// An attempt that was cut short, and might have been answered in its usual time, tells nothing.
    private Health health(Exchange exchange, Duration took, Duration limit) {
        boolean cutShort = took.compareTo(limit) >= 0
                && limit.plus(RetryPolicy.LEAST_ATTEMPT).compareTo(limits().attempt()) < 0;
        return switch (exchange) {
            case Exchange.NeverLeft _, Exchange.NoAnswer _ -> cutShort ? Health.UNTOLD : Health.SICK;
            case Exchange.Answered(var response) -> response.status() >= 500 ? Health.SICK : Health.HEALTHY;
        };
    }

    /// The wait before the next attempt, as far as the last one and their number allow one.
    private Optional<Duration> next(Outcome last) {
        return progress.attempts() < limits().attempts()
                ? tools.retry().next(last, progress.attempts())
                : Optional.empty();
    }

    private Limits limits() {
        return account.limits();
    }

    private boolean fits(Duration wait) {
        return wait.plus(RetryPolicy.LEAST_ATTEMPT).compareTo(flight.deadline().left()) <= 0;
    }

    /// False where the thread was asked to stop instead.
    private boolean slept(Duration wait) {
        if (wait.isZero()) {
            return true;
        }
        Duration start = tools.time().elapsed();
        try {
            tools.time().sleep(wait);
            return true;
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return false;
        } finally {
            elsewhere = elsewhere.plus(tools.time().elapsed().minus(start));
        }
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }
}
