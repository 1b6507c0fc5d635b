package io.unpost.gateway.engine;

import io.unpost.dialect.Outcome.NotSent;
import io.unpost.dialect.Outcome.Verdict;
import io.unpost.dialect.RateLimit;
import io.unpost.gateway.engine.Quota.Leave;
import java.time.Duration;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/// What a provider allows one account for one kind, as far as it has said so: nothing is known until it does.
///
/// Once it refuses for a limit, or says that nothing is left, nothing is sent until the time it named. After a refusal,
/// and where that time is too far off to be believed, one request goes first then, and the others go when it has been
/// answered: so that a limit that lasts is met once and not by all who wait.
final class Allowance {

    private final Duration probe;

    /// When what is known ends; null where nothing is.
    private @Nullable Duration until;
    /// Requests that may be sent until then.
    private long left;
    /// Whether the window lasts longer than is believed.
    private boolean shortened;
    /// Whether it may be that nothing is left, so that somebody has to ask.
    private boolean refusing;
    /// How often that was so.
    private long refusals;

    /// @param probe how long the answer to one request is waited for
    Allowance(Duration probe) {
        this.probe = probe;
    }

    synchronized Leave take(Duration now) {
        if (until != null && now.compareTo(until) >= 0) {
            if (left == 0 && shortened && !refusing) {
                refusing = true;
                refusals++;
            }
            if (refusing) {
                until = now.plus(probe);
                return new Leave.Granted(refusals);
            }
            until = null;
        }
        if (until == null) {
            return new Leave.Granted(refusals);
        }
        if (left > 0) {
            left--;
            return new Leave.Granted(refusals);
        }
        return new Leave.Refused(new NotSent(
                NotSent.Cause.BUDGET_SPENT, "the provider's limit was reached by an earlier call", until.minus(now)));
    }

    /// How long nothing may be sent; zero where something may.
    synchronized Duration heldFor(Duration now) {
        return until == null || left > 0 || now.compareTo(until) >= 0 ? Duration.ZERO : until.minus(now);
    }

    /// How many requests the provider has said that it leaves; empty where nothing is known.
    synchronized OptionalLong left(Duration now) {
        return until == null || now.compareTo(until) >= 0 ? OptionalLong.empty() : OptionalLong.of(left);
    }

    /// What was taken was not sent.
    synchronized void giveBack(Leave.Granted leave, Duration now) {
        if (refusing && leave.word() == refusals) {
            until = now;
        } else if (until != null && !refusing) {
            left++;
        }
    }

    synchronized void learn(Leave.Granted leave, Verdict verdict, Time time) {
        if (verdict instanceof Verdict.Throttled(var retryAfter, var _)) {
            refusing = true;
            refusals++;
            left = 0;
            until = time.elapsed().plus(retryAfter == null ? RetryPolicy.USUAL_RETRY_AFTER : retryAfter);
            return;
        }
        if (refusing && leave.word() < refusals) {
            // An answer to what was sent before the refusal.
            return;
        }
        if (refusing) {
            refusing = false;
            until = null;
        }
        count(verdict.says().rateLimit(), time);
    }

    private void count(@Nullable RateLimit limit, Time time) {
        Duration window = limit == null ? Duration.ZERO : Duration.between(time.instant(), limit.resetAt());
        if (limit == null || !window.isPositive()) {
            return;
        }
        Duration longest = RetryPolicy.LONGEST_RETRY_AFTER;
        shortened = window.compareTo(longest) > 0;
        Duration end = time.elapsed().plus(shortened ? longest : window);
        // Answers that overtake each other: of one window the least counts.
        left = until != null && end.minus(until).toSeconds() <= 1
                ? Math.min(left, limit.remaining())
                : limit.remaining();
        until = end;
    }
}
