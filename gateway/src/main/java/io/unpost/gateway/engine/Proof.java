package io.unpost.gateway.engine;

import io.unpost.dialect.DeleteCommand;
import io.unpost.dialect.Dialect;
import io.unpost.dialect.Outcome;
import io.unpost.dialect.Outcome.Evidence;
import io.unpost.dialect.Outcome.Verdict;
import io.unpost.dialect.ProviderSays;
import io.unpost.dialect.WireResponse;
import io.unpost.gateway.accounts.Account;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What one exchange proves. A dialect is asked and not trusted: a claim its answer cannot carry counts for nothing.
final class Proof {

    private static final Logger LOG = LoggerFactory.getLogger(Proof.class);

    private Proof() {}

    /// The outcome as if this exchange had been the only one.
    static Outcome of(Exchange exchange, Account account, DeleteCommand command, Observer observer) {
        return switch (exchange) {
            case Exchange.NeverLeft(String why) -> new Outcome.NotSent(Outcome.NotSent.Cause.UNREACHABLE, why, null);
            case Exchange.NoAnswer(String why) -> new Outcome.Unknown(why, null, null);
            case Exchange.Answered(WireResponse response) -> ofAnswer(response, account, command, observer);
        };
    }

    private static Outcome ofAnswer(WireResponse response, Account account, DeleteCommand command, Observer observer) {
        Dialect dialect = account.dialect();
        try {
            Verdict verdict = dialect.decode(command, response);
            Objects.requireNonNull(verdict.says(), "says");
            Outcome outcome = believed(verdict, response, dialect, command);
            if (namesAnother(verdict, command)) {
                LOG.error("{} was asked to delete a thing, and its answer names another", account.name());
                observer.mismatched(account, command.kind());
            }
            return outcome;
        } catch (RuntimeException | Error e) {
            // Whatever broke, a null for a verdict included, the request was sent: to let it through would say that
            // nothing was deleted.
            var unread = new Outcome.Unknown(
                    "the gateway failed to read the provider's answer",
                    new ProviderSays(response.status(), null, null, null),
                    null);
            Backtrace.log(LOG, "A dialect failed to read an answer for " + account.name(), e);
            return unread;
        }
    }

    private static boolean namesAnother(Verdict verdict, DeleteCommand command) {
        return verdict instanceof Verdict.Mismatched
                || (verdict instanceof Verdict.Deleted(var _, var id, var _, var _)
                        && id != null
                        && !id.equals(command.id()));
    }

    private static Outcome believed(Verdict verdict, WireResponse response, Dialect dialect, DeleteCommand command) {
        return switch (verdict) {
            case Verdict.Deleted deleted
            when !carried(deleted, response, command) -> overclaimed(dialect, deleted, response);
            case Verdict.Unverified unverified
            when !response.successful() -> overclaimed(dialect, unverified, response);
            // An error page or a redirect may follow a delete that was done.
            case Verdict.AlreadyGone _, Verdict.NotFound _, Verdict.Refused _
            when !spoken(response) -> overclaimed(dialect, verdict, response);
            case Verdict.Mismatched(var _, var says) ->
                new Outcome.Unknown("the provider's answer names another id", says, clamped(response.retryAfter()));
            case Verdict.Faulted(String why, var says) ->
                new Outcome.Unknown(why, says, clamped(response.retryAfter()));
            case Verdict.Throttled(var retryAfter, var says) -> new Verdict.Throttled(clamped(retryAfter), says);
            case Verdict.Unavailable(var retryAfter, var says) -> new Verdict.Unavailable(clamped(retryAfter), says);
            case Verdict.Deleted _,
                    Verdict.AlreadyGone _,
                    Verdict.NotFound _,
                    Verdict.Unverified _,
                    Verdict.Refused _ -> verdict;
        };
    }

    /// Whether the answer can be the provider's own, and not that of something on the way or after a failure.
    private static boolean spoken(WireResponse response) {
        return response.successful() || (response.status() >= 400 && response.status() < 500);
    }

    private static boolean carried(Verdict.Deleted deleted, WireResponse response, DeleteCommand command) {
        return response.successful()
                && switch (deleted.evidence()) {
                    case ECHO -> command.id().equals(deleted.echoedId());
                    case ACKNOWLEDGED -> true;
                    case ABSENCE -> false;
                };
    }

    private static Outcome overclaimed(Dialect dialect, Verdict verdict, WireResponse response) {
        Evidence evidence = verdict instanceof Verdict.Deleted deleted ? deleted.evidence() : null;
        LOG.error(
                "The dialect {} claims {} {} from an answer with status {} that does not carry it",
                dialect.facts().id(),
                verdict.getClass().getSimpleName(),
                evidence,
                response.status());
        return new Outcome.Unknown(
                "the provider's answer, with status " + response.status() + ", proves nothing",
                verdict.says(),
                clamped(response.retryAfter()));
    }

    private static @Nullable Duration clamped(@Nullable Duration retryAfter) {
        if (retryAfter == null || retryAfter.isNegative()) {
            return null;
        }
        return retryAfter.compareTo(RetryPolicy.LONGEST_RETRY_AFTER) > 0 ? RetryPolicy.LONGEST_RETRY_AFTER : retryAfter;
    }
}
