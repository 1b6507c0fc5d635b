package io.unpost.gateway.engine;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig.SlidingWindowType;
import io.unpost.dialect.Outcome.NotSent;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.concurrent.TimeUnit;

/// One account's circuit breaker: keeps a provider that fails from being asked.
///
/// It counts whole deletes, each by its last attempt. Were it to count attempts, a provider that loses every first
/// answer would be given up, though each delete is settled by its second attempt.
final class Circuit {

    /// What a delete tells of its provider.
    enum Health {
        /// It answers: a not-found or a refusal is as good as a success.
        HEALTHY,
        /// It cannot be reached, does not answer, or answers with a 5xx.
        SICK,
        /// Nothing: it was not asked, was given less time than it may take, or the gateway itself failed.
        UNTOLD
    }

    private static final int WINDOW = 20;
    private static final int LEAST_CALLS = 10;
    private static final int FAILURE_PERCENT = 50;
    private static final int PROBES = 2;
    private static final Duration OPEN = Duration.ofSeconds(4);

    private final CircuitBreaker breaker;
    private final Time time;
    private long changes;
    private Duration openUntil = Duration.ZERO;

    Circuit(String account, Time time) {
        this.time = time;
        breaker = CircuitBreaker.of(
                account,
                CircuitBreakerConfig.custom()
                        .slidingWindow(WINDOW, LEAST_CALLS, SlidingWindowType.COUNT_BASED)
                        .failureRateThreshold(FAILURE_PERCENT)
                        .waitDurationInOpenState(OPEN)
                        .permittedNumberOfCallsInHalfOpenState(PROBES)
                        .writableStackTraceEnabled(false)
                        .clock(new Elapsed(time))
                        .currentTimestampFunction(_ -> time.elapsed().toNanos(), TimeUnit.NANOSECONDS)
                        .build());
        breaker.getEventPublisher().onStateTransition(event -> {
            changes++;
            if (event.getStateTransition().getToState() == CircuitBreaker.State.OPEN) {
                openUntil = time.elapsed().plus(OPEN);
            }
        });
    }

    /// Whether a delete may begin.
    sealed interface Turn {}

    /// It may, and is [#ended(Begun, Health)] exactly once.
    ///
    /// @param changes of the circuit's state before it
    record Begun(long changes) implements Turn {}

    /// It may not.
    record Refused(NotSent refusal) implements Turn {}

    /// One at a time: the library lets others in between a change of its state and the news of it, and one of them
    /// would take a permission that it then never gives back.
    synchronized Turn begin() {
        if (breaker.tryAcquirePermission()) {
            return new Begun(changes);
        }
        Duration left = openUntil.minus(time.elapsed());
        return new Refused(new NotSent(
                NotSent.Cause.CIRCUIT_OPEN,
                "the provider has failed too often in the last deletes to be asked again so soon",
                left.isPositive() ? left : null));
    }

    /// Counts a delete, unless the circuit's state has changed since it began: it tells nothing of now.
    synchronized void ended(Begun begun, Health health) {
        if (begun.changes() != changes) {
            return;
        }
        switch (health) {
            case HEALTHY -> breaker.onSuccess(0, TimeUnit.NANOSECONDS);
            case SICK -> breaker.onError(0, TimeUnit.NANOSECONDS, new Sick());
            case UNTOLD -> breaker.releasePermission();
        }
        if (health == Health.SICK && state() == CircuitBreaker.State.HALF_OPEN) {
            // Half of the probes have failed, whatever comes of the other: were it to be waited for, and come when the
            // provider is well again, it would open the circuit then.
            breaker.transitionToOpenState();
        }
    }

    CircuitBreaker.State state() {
        return breaker.getState();
    }

    /// What the library asks for beside an error.
    private static final class Sick extends RuntimeException {

        private Sick() {
            super("a delete failed at its provider", null, false, false);
        }
    }

    /// A clock that never jumps, with a date that means nothing.
    private static final class Elapsed extends Clock {

        private final Time time;

        Elapsed(Time time) {
            this.time = time;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return Instant.EPOCH.plus(time.elapsed());
        }
    }
}
