package io.unpost.gateway.engine;

import io.unpost.dialect.Outcome;
import io.unpost.dialect.Outcome.Verdict;
import io.unpost.dialect.Reason;
import io.unpost.dialect.Reset;
import io.unpost.dialect.WireResponse;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// How far a provider's clock is ahead of ours, as its answers tell. Zero until a signature was refused over it, and
/// again once one that allowed for it was.
final class ClockSkew {

    /// Where the provider names the clock, any difference that a whole second can show is believed.
    private static final Duration LEAST_NAMED = Duration.ofSeconds(2);
    /// Where it only refuses the signature, the clock must be off by what no provider takes offence at.
    private static final Duration LEAST_UNNAMED = Duration.ofMinutes(1);
    /// A date further off is more likely wrong itself.
    private static final Duration LONGEST = Duration.ofDays(2);

    private volatile Duration ahead = Duration.ZERO;

    /// What to add to our time.
    Duration ahead() {
        return ahead;
    }

    /// Learns from the answer to a request whose time was refused, perhaps.
    ///
    /// @param last what the answer proves
    /// @param signedWith what had been added to our time in that request
    /// @return whether a request that is signed now has a time that differs enough to be tried
    boolean learn(Outcome last, WireResponse response, Duration signedWith) {
        Duration least =
                last instanceof Verdict.Refused(Reason reason, var _) ? least(reason, response.status()) : null;
        Instant date = Reset.HTTP_DATE.read(response.header("Date").orElse(null), response.receivedAt());
        if (least == null || date == null) {
            return false;
        }
        Duration told = Duration.between(response.receivedAt(), date);
        if (told.abs().compareTo(LONGEST) > 0) {
            return false;
        }
        boolean agrees = told.minus(signedWith).abs().compareTo(least) < 0;
        if (agrees && signedWith.isZero()) {
            return false;
        }
        // Where what was learnt is refused too, it was wrong: a date may be a proxy's.
        ahead = agrees ? Duration.ZERO : told;
        return true;
    }

    private static @Nullable Duration least(Reason reason, int status) {
        return switch (reason) {
            case CLOCK_REJECTED -> LEAST_NAMED;
            case CREDENTIALS_REJECTED -> status == 401 ? LEAST_UNNAMED : null;
            case INVALID_REQUEST, NOT_OWNER, REFUSED, PERMISSION_MISSING, ACCOUNT_LOCKED, ENDPOINT_RETIRED -> null;
        };
    }
}
