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
///
/// What was learnt is proven once a request that allows for it is taken. Until then it is a guess: a date may be a
/// proxy's, and a refusal that does not name the clock may be about the credentials.
final class ClockSkew {

    /// Where the provider names the clock, any difference that a whole second can show is believed.
    private static final Duration LEAST_NAMED = Duration.ofSeconds(2);
    /// Where it only refuses the signature, the clock must be off by what no provider takes offence at.
    private static final Duration LEAST_UNNAMED = Duration.ofMinutes(1);
    /// A date further off is more likely wrong itself.
    private static final Duration LONGEST = Duration.ofDays(2);
    /// A guess is forgotten after this; the next refusal may be learnt from again.
    private static final Duration GUESSED = Duration.ofMinutes(15);

    private final Time time;
    private Learnt learnt;

    /// @param since by [Time#elapsed()]
    private record Learnt(Duration ahead, boolean proven, Duration since) {}

    ClockSkew(Time time) {
        this.time = time;
        learnt = new Learnt(Duration.ZERO, true, time.elapsed());
    }

    /// What to add to our time.
    synchronized Duration ahead() {
        boolean forgotten =
                !learnt.proven() && time.elapsed().minus(learnt.since()).compareTo(GUESSED) >= 0;
        return forgotten ? Duration.ZERO : learnt.ahead();
    }

    /// Learns from an answer, most of all from one to a request whose time was refused, perhaps.
    ///
    /// @param last what the answer proves
    /// @param signedWith what had been added to our time in that request
    /// @return whether a request that is signed now has a time that differs enough to be tried
    synchronized boolean learn(Outcome last, WireResponse response, Duration signedWith) {
        if (!learnt.proven() && taken(last) && signedWith.equals(learnt.ahead())) {
            learnt = new Learnt(signedWith, true, time.elapsed());
        }
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
        if (told.minus(signedWith).abs().compareTo(least) >= 0) {
            learnt = new Learnt(told, false, time.elapsed());
            return true;
        }
        // It agrees, and is refused all the same: where the clock is named, what was learnt is wrong.
        if (signedWith.isZero() || least.equals(LEAST_UNNAMED)) {
            return false;
        }
        learnt = new Learnt(Duration.ZERO, true, time.elapsed());
        return true;
    }

    /// Whether the provider looked for what was to be deleted, which it does once it knows who asks.
    private static boolean taken(Outcome last) {
        return last instanceof Verdict.Deleted
                || last instanceof Verdict.AlreadyGone
                || last instanceof Verdict.NotFound
                || last instanceof Verdict.Unverified;
    }

    private static @Nullable Duration least(Reason reason, int status) {
        return switch (reason) {
            case CLOCK_REJECTED -> LEAST_NAMED;
            case CREDENTIALS_REJECTED -> status == 401 ? LEAST_UNNAMED : null;
            case INVALID_REQUEST, NOT_OWNER, REFUSED, PERMISSION_MISSING, ACCOUNT_LOCKED, ENDPOINT_RETIRED -> null;
        };
    }
}
