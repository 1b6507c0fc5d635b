package io.unpost.gateway.engine;

import io.unpost.dialect.DeleteCommand;
import io.unpost.dialect.Outcome;
import io.unpost.dialect.Outcome.NotSent;
import io.unpost.gateway.accounts.Account;
import io.unpost.gateway.engine.Circuit.Health;
import io.unpost.gateway.engine.Protections.Protection;
import jakarta.inject.Singleton;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// Deletes one thing at one provider: tries, tries again where that is safe, and says what is proven in the end.
@Singleton
public final class DeleteGateway {

    private static final String FULL = "as many of the account's deletes are under way as may be";

    private final Attempts.Tools tools;
    private final Protections protections;
    private final Time time;
    private final SingleFlight flights = new SingleFlight();

    public DeleteGateway(
            Signers signers,
            Transport transport,
            RetryPolicy retry,
            Time time,
            Protections protections,
            Observer observer) {
        this.tools = new Attempts.Tools(signers, transport, retry, time, new CarefulObserver(observer));
        this.protections = protections;
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
        return flights.join(target, deadline, before -> within(account, command, deadline, before))
                .orElseGet(() -> new Result(
                        new Outcome.Unknown(SingleFlight.ON_ITS_WAY, null, null), 0, time.instant(), null, true));
    }

    /// Within what the account may have under way.
    private Result within(Account account, DeleteCommand command, Deadline deadline, @Nullable Result before) {
        Progress progress = before == null ? Progress.NONE : Progress.after(before);
        Protection protection = protections.of(account);
        if (!protection.load().beginCall()) {
            return refused(progress, new NotSent(NotSent.Cause.OVERLOADED, FULL, Duration.ofSeconds(1)));
        }
        try {
            return guarded(account, command, deadline, protection, progress);
        } finally {
            protection.load().endCall();
        }
    }

    /// As long as the account's provider is well enough.
    private Result guarded(
            Account account, DeleteCommand command, Deadline deadline, Protection protection, Progress progress) {
        return switch (protection.circuit().begin()) {
            case Circuit.Refused(NotSent refusal) -> refused(progress, refusal);
            case Circuit.Begun begun -> {
                Health health = Health.UNTOLD;
                try {
                    Duration start = time.elapsed();
                    var attempts = new Attempts(tools, account, command, deadline, protection, progress);
                    Result result = attempts.run();
                    health = attempts.health();
                    Duration own = time.elapsed().minus(start).minus(attempts.elsewhere());
                    tools.observer().settled(account, command.kind(), attempts.retries(), own);
                    yield result;
                } finally {
                    protection.circuit().ended(begun, health);
                }
            }
        };
    }

    private Result refused(Progress progress, NotSent refusal) {
        return progress.and(refusal).result(time.instant(), false);
    }
}
