package io.unpost.gateway.engine;

import io.unpost.dialect.DeleteCommand;
import io.unpost.dialect.Outcome.NotSent;
import io.unpost.gateway.accounts.Account;
import io.unpost.gateway.engine.Circuit.Health;
import io.unpost.gateway.engine.Protections.Protection;
import io.unpost.gateway.engine.SingleFlight.Flight;
import jakarta.inject.Singleton;
import java.time.Duration;

/// Deletes one thing at one provider: tries, tries again where that is safe, and says what is proven in the end.
@Singleton
public final class DeleteGateway {

    private static final String FULL = "as many of the account's deletes are under way as may be";

    private final Attempts.Tools tools;
    private final Protections protections;
    private final Time time;
    private final SingleFlight flights;

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
        this.flights = new SingleFlight(time);
    }

    /// Deletes. Blocks until it is settled or the deadline is there; never throws for what a network or a provider
    /// does.
    ///
    /// Calls for the same account, kind and id that overlap share one chain of attempts. An account whose settings
    /// have changed meanwhile is another one. What was begun is ended, within the account's own time, also where a
    /// deadline that is shorter has passed.
    ///
    /// @param command of a kind the account's dialect has, with an id which that kind accepts
    /// @param deadline by which the caller is told, if only how far it came
    public Result delete(Account account, DeleteCommand command, Deadline deadline) {
        if (deadline.left().compareTo(RetryPolicy.LEAST_ATTEMPT) < 0) {
            return Progress.NONE.result(time.instant(), Duration.ZERO);
        }
        var target = new SingleFlight.Target(account, command.kind(), command.id());
        var longest = Deadline.in(account.limits().call(), time);
        return flights.join(target, deadline, longest, flight -> within(account, command, flight));
    }

    /// How many deletes are under way, whether somebody waits for them or not.
    public int underWay() {
        return flights.running();
    }

    /// Within what the account may have under way.
    private Result within(Account account, DeleteCommand command, Flight flight) {
        Protection protection = protections.of(account);
        if (!protection.load().beginCall()) {
            return refused(new NotSent(NotSent.Cause.OVERLOADED, FULL, Duration.ofSeconds(1)));
        }
        try {
            return guarded(account, command, flight, protection);
        } finally {
            protection.load().endCall();
        }
    }

    /// As long as the account's provider is well enough.
    private Result guarded(Account account, DeleteCommand command, Flight flight, Protection protection) {
        return switch (protection.circuit().begin()) {
            case Circuit.Refused(NotSent refusal) -> refused(refusal);
            case Circuit.Begun begun -> {
                Health health = Health.UNTOLD;
                try {
                    var attempts = new Attempts(tools, account, command, flight, protection);
                    Result result = attempts.run();
                    health = attempts.health();
                    tools.observer().settled(account, command.kind(), attempts.retries());
                    yield result;
                } finally {
                    protection.circuit().ended(begun, health);
                }
            }
        };
    }

    private Result refused(NotSent refusal) {
        return Progress.NONE.and(refusal).result(time.instant(), Duration.ZERO);
    }
}
