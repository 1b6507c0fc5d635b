package io.unpost.gateway.engine;

import io.unpost.dialect.DeleteCommand;
import io.unpost.dialect.Outcome;
import io.unpost.dialect.WireRequest;
import io.unpost.gateway.accounts.Account;
import io.unpost.gateway.accounts.Limits;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Deletes one thing at one provider: tries, tries again where that is safe, and says what is proven in the end.
@Singleton
public final class DeleteGateway {

    private static final Logger LOG = LoggerFactory.getLogger(DeleteGateway.class);

    private final Signers signers;
    private final Transport transport;
    private final RetryPolicy retry;
    private final Time time;
    private final SingleFlight flights = new SingleFlight();

    public DeleteGateway(Signers signers, Transport transport, RetryPolicy retry, Time time) {
        this.signers = signers;
        this.transport = transport;
        this.retry = retry;
        this.time = time;
    }

    /// Deletes. Blocks until it is settled or the deadline is there; never throws for what a network or a provider
    /// does.
    ///
    /// Calls for the same account, kind and id that overlap share one chain of attempts. An account whose settings
    /// have changed meanwhile is another one.
    ///
    /// @param command of a kind the account's dialect has, with an id which that kind accepts
    public Result delete(Account account, DeleteCommand command, Deadline deadline) {
        var target = new SingleFlight.Target(account, command.kind(), command.id());
        return flights.join(target, deadline, before -> attempts(account, command, deadline, before))
                .orElseGet(() -> new Result(
                        new Outcome.Unknown("the same delete, called for earlier, is still on its way", null, null),
                        0,
                        time.instant(),
                        null,
                        true));
    }

    private Result attempts(Account account, DeleteCommand command, Deadline deadline, @Nullable Result before) {
        WireRequest request = account.dialect().encode(command, account.options());
        Signer signer = signers.of(account.credentials());
        Progress progress = before == null ? Progress.NONE : Progress.after(before);
        Outcome last = progress.outcome();
        while (true) {
            Optional<Duration> wait = waitAfter(last, progress.attempts(), account.limits());
            if (wait.isEmpty()) {
                return progress.result(time.instant(), false);
            }
            // Sleeping may take longer than it was asked to.
            if (!fits(wait.get(), deadline) || !slept(wait.get()) || !fits(Duration.ZERO, deadline)) {
                return progress.result(time.instant(), true);
            }
            Exchange exchange = exchange(request, signer, account, deadline);
            last = Proof.of(exchange, account.dialect(), command);
            progress = progress.and(last, exchange);
        }
    }

    /// The wait before the next attempt, also where an earlier chain made the last one; empty where none may follow.
    private Optional<Duration> waitAfter(Outcome last, int attempts, Limits limits) {
        if (attempts == 0) {
            return Optional.of(Duration.ZERO);
        }
        return attempts < limits.attempts() ? retry.next(last, attempts) : Optional.empty();
    }

    private Exchange exchange(WireRequest request, Signer signer, Account account, Deadline deadline) {
        Limits limits = account.limits();
        try {
            return transport.send(
                    signer.sign(request, account.baseUri()),
                    limits.connect(),
                    shorter(limits.attempt(), deadline.left()));
        } catch (RuntimeException | Error e) {
            // Whatever broke, this request or an earlier one may have left: to let it through would say that none did.
            LOG.error("An attempt for {} failed: {}", account.name(), Backtrace.of(e));
            return new Exchange.NoAnswer("the gateway failed while it sent the request");
        }
    }

    private static boolean fits(Duration wait, Deadline deadline) {
        return wait.plus(RetryPolicy.LEAST_ATTEMPT).compareTo(deadline.left()) <= 0;
    }

    /// False where the thread was asked to stop instead.
    private boolean slept(Duration wait) {
        if (wait.isZero()) {
            return true;
        }
        try {
            time.sleep(wait);
            return true;
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }
}
