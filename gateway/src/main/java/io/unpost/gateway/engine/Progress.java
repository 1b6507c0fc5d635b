package io.unpost.gateway.engine;

import io.unpost.dialect.Outcome;
import io.unpost.dialect.Outcome.Evidence;
import io.unpost.dialect.Outcome.NotSent.Cause;
import io.unpost.dialect.Outcome.Verdict;
import io.unpost.dialect.ProviderSays;
import io.unpost.dialect.WireResponse;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// What is proven after the attempts so far. Immutable.
///
/// @param attempts how many attempts were made
/// @param outcome what they prove together
/// @param answer the provider's last answer; null where none came
record Progress(int attempts, Outcome outcome, @Nullable WireResponse answer) {

    /// Before the first attempt.
    static final Progress NONE =
            new Progress(0, new Outcome.NotSent(Cause.UNREACHABLE, "there was no time left to try", null), null);

    private static final Outcome.Unknown ON_ITS_WAY =
            new Outcome.Unknown("the same delete is still on its way", null, null);

    /// With one more attempt.
    ///
    /// @param last what that attempt alone proves
    Progress and(Outcome last, Exchange exchange) {
        return new Progress(
                attempts + 1,
                together(outcome, last),
                exchange instanceof Exchange.Answered(var response) ? response : answer);
    }

    /// Where something of our own kept the next attempt from being made.
    Progress and(Outcome.NotSent refusal) {
        return new Progress(attempts, together(outcome, refusal), answer);
    }

    /// With one more attempt that has begun.
    Progress andOneUnderWay() {
        return new Progress(attempts + 1, together(outcome, ON_ITS_WAY), answer);
    }

    private static Outcome together(Outcome before, Outcome last) {
        return switch (before) {
            case Outcome.Unknown maybe -> afterMaybeSent(maybe, last);
            // An attempt that never left adds nothing to what the provider said to an earlier one.
            case Verdict said when last instanceof Outcome.NotSent -> said;
            case Verdict said
            when last instanceof Outcome.Unknown(var why, var says, var retryAfter) && says == null ->
                new Outcome.Unknown(why, said.says(), retryAfter);
            case Verdict _, Outcome.NotSent _ -> last;
        };
    }

    /// Once a request may have reached the provider, two things settle it: a proven success, and the provider's
    /// definite word that the target does not exist, which then is our doing. Nothing else tells what the earlier
    /// request did.
    private static Outcome afterMaybeSent(Outcome.Unknown before, Outcome last) {
        return switch (last) {
            case Verdict.Deleted deleted -> deleted;
            case Verdict.AlreadyGone(var says) -> new Verdict.Deleted(Evidence.ABSENCE, null, null, says);
            case Outcome.Unknown(var why, var says, var retryAfter) ->
                says == null
                        ? new Outcome.Unknown(why, before.says(), before.retryAfter())
                        : new Outcome.Unknown(why, says, retryAfter);
            case Outcome.NotSent(var _, var why, var retryAfter) ->
                unsettled(why, before.says(), retryAfter == null ? before.retryAfter() : retryAfter);
            case Verdict.Throttled(var retryAfter, var says) -> unsettled("a rate limit", says, retryAfter);
            case Verdict.Unavailable(var retryAfter, var says) -> unsettled("an overload", says, retryAfter);
            case Verdict.NotFound(var says) -> unsettled("a not-found that may mean other things", says, null);
            case Verdict.Unverified(var why, var _, var says) -> unsettled(why, says, null);
            case Verdict.Refused(var _, var says) -> unsettled("a refusal", says, null);
            case Verdict.Mismatched(var _, var says) -> unsettled("an answer that names another id", says, null);
            case Verdict.Faulted(var why, var says) -> unsettled(why, says, null);
        };
    }

    private static Outcome unsettled(String last, @Nullable ProviderSays says, @Nullable Duration retryAfter) {
        return new Outcome.Unknown(
                "an earlier attempt may have reached the provider, and the last one did not settle it: " + last,
                says,
                retryAfter);
    }

    /// The result of stopping here.
    ///
    /// @param elsewhere how long the provider and waits took
    Result result(Instant at, Duration elsewhere) {
        return new Result(outcome, attempts, at, answer, elsewhere);
    }

    /// What can be said while the attempts go on. What is proven stays so; a wait that a limit asked for is passed on.
    Result unfinished(Instant at, Duration elsewhere) {
        Outcome open = switch (outcome) {
            case Verdict.Deleted deleted -> deleted;
            case Verdict.Throttled(var retryAfter, var says) -> new Outcome.Unknown(ON_ITS_WAY.why(), says, retryAfter);
            case Verdict.Unavailable(var retryAfter, var says) ->
                new Outcome.Unknown(ON_ITS_WAY.why(), says, retryAfter);
            case Outcome other -> together(other, ON_ITS_WAY);
        };
        return new Result(open, attempts, at, answer, elsewhere);
    }
}
