package io.unpost.gateway.engine;

import io.unpost.dialect.Outcome;
import io.unpost.dialect.Outcome.Verdict;
import java.time.Duration;
import java.util.Optional;
import java.util.function.DoubleSupplier;
import org.jspecify.annotations.Nullable;

/// Says whether an attempt is followed by another, and after which wait. Pure, but for the chance it is given.
///
/// The wait is drawn between zero and a ceiling that doubles with each attempt (exponential back-off with full
/// jitter), so that callers who failed together do not come back together.
public final class RetryPolicy {

    /// An attempt with less time than this is not started: it could hardly be answered.
    public static final Duration LEAST_ATTEMPT = Duration.ofMillis(250);

    /// What a provider asks to wait is believed up to this.
    public static final Duration LONGEST_RETRY_AFTER = Duration.ofMinutes(15);

    /// Where a limit has no known end, this is as good a time to ask again as any.
    public static final Duration USUAL_RETRY_AFTER = Duration.ofSeconds(60);

    private static final Duration FIRST_CEILING = Duration.ofMillis(100);
    private static final Duration LAST_CEILING = Duration.ofSeconds(2);

    private final DoubleSupplier chance;

    /// @param chance gives numbers from 0 (included) to 1 (not included)
    public RetryPolicy(DoubleSupplier chance) {
        this.chance = chance;
    }

    /// The wait before the next attempt, or empty where another attempt could change nothing. Whether the wait still
    /// fits is for the caller to see.
    ///
    /// @param last what came of the last attempt
    /// @param attempts how many have been made; from 1 up
    public Optional<Duration> next(Outcome last, int attempts) {
        return switch (last) {
            // Nothing happened, or nobody knows what did: deleting by id again is safe and settles it.
            case Outcome.NotSent _, Verdict.Mismatched _, Verdict.Faulted _ -> Optional.of(backOff(attempts));
            case Outcome.Unknown(var _, var _, var retryAfter) -> Optional.of(longer(retryAfter, backOff(attempts)));
            case Verdict.Unavailable(var retryAfter, var _) -> Optional.of(longer(retryAfter, backOff(attempts)));
            // A limit without a word on when it ends is not tried again.
            case Verdict.Throttled(var retryAfter, var _) ->
                Optional.ofNullable(retryAfter).map(least -> longer(least, backOff(attempts)));
            // The provider has spoken.
            case Verdict.Deleted _,
                    Verdict.AlreadyGone _,
                    Verdict.NotFound _,
                    Verdict.Unverified _,
                    Verdict.Refused _ -> Optional.empty();
        };
    }

    private Duration backOff(int attempts) {
        Duration ceiling = FIRST_CEILING.multipliedBy(1L << Math.min(attempts - 1, 10));
        long nanos = Math.min(ceiling.toNanos(), LAST_CEILING.toNanos());
        return Duration.ofNanos((long) (nanos * chance.getAsDouble()));
    }

    private static Duration longer(@Nullable Duration one, Duration other) {
        return one != null && one.compareTo(other) > 0 ? one : other;
    }
}
