package io.unpost.dialect;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// How a delete ended.
///
/// A [Verdict] is what one answer of the provider proves, and all that a dialect may say. Only the engine, which knows
/// what left and what came back, says [NotSent] and [Unknown].
public sealed interface Outcome {

    /// What a claim that something is gone rests on.
    enum Evidence {
        /// The answer carries this very id.
        ECHO,
        /// The provider's word for it, without the id: a `204`, `{"destroyed":true}`.
        ACKNOWLEDGED,
        /// The provider says that it does not exist. Not for a dialect to say with [Verdict.Deleted].
        ABSENCE
    }

    /// Nothing of this call ever left for the provider, so it deleted nothing.
    ///
    /// @param cause what was in the way
    /// @param why the same in words, for people
    /// @param retryAfter how long to wait before asking again; null where nobody knows
    record NotSent(Cause cause, String why, @Nullable Duration retryAfter) implements Outcome {

        /// What keeps a request from leaving.
        public enum Cause {
            /// No connection to the provider, or no time to make one.
            UNREACHABLE,
            /// The provider has failed too often of late to be asked.
            CIRCUIT_OPEN,
            /// The account has no calls left: its own budget, or the provider's limit.
            BUDGET_SPENT,
            /// The gateway has enough to do.
            OVERLOADED
        }
    }

    /// A request may have reached the provider and no answer proves anything: the target may be gone.
    ///
    /// @param why what was missing, for people
    /// @param says the last answer of the provider; null where none came
    /// @param retryAfter how long the last answer asked to wait; null where it did not
    record Unknown(
            String why,
            @Nullable ProviderSays says,
            @Nullable Duration retryAfter) implements Outcome {}

    /// What one answer of the provider proves.
    sealed interface Verdict extends Outcome {

        /// What the provider said.
        ProviderSays says();

        /// The provider confirms that it is gone. Only ever from a 2xx.
        ///
        /// @param evidence what the confirmation rests on; never [Evidence#ABSENCE] from a dialect
        /// @param echoedId the id that the answer names; null unless the evidence is [Evidence#ECHO]. The
        ///     engine compares it with the command's
        /// @param item what was deleted; null where the provider returns nothing
        record Deleted(
                Evidence evidence,
                @Nullable String echoedId,
                @Nullable Item item,
                ProviderSays says) implements Verdict {

            /// Confirmed by an answer that names the id of what was deleted.
            public static Deleted echo(Item item, ProviderSays says) {
                return new Deleted(Evidence.ECHO, item.id(), item, says);
            }

            /// Confirmed by the provider's word alone.
            ///
            /// @param item what the answer shows; null where it shows nothing
            public static Deleted acknowledged(@Nullable Item item, ProviderSays says) {
                return new Deleted(Evidence.ACKNOWLEDGED, null, item, says);
            }
        }

        /// The provider says that this id does not exist, in words that cannot mean anything else.
        record AlreadyGone(ProviderSays says) implements Verdict {}

        /// The provider cannot find it, in words that do not tell gone from never-there from not-yours.
        record NotFound(ProviderSays says) implements Verdict {}

        /// The provider said yes, and its answer proves nothing. Only ever from a 2xx.
        ///
        /// @param why what is missing and what to do about it, one sentence for people
        /// @param item what the answer shows; null where it shows nothing
        record Unverified(String why, @Nullable Item item, ProviderSays says) implements Verdict {}

        /// The provider definitely did not delete it and says why; asking again changes nothing.
        record Refused(Reason reason, ProviderSays says) implements Verdict {}

        /// The provider did not delete it, because a limit is reached.
        ///
        /// @param retryAfter how long it asks to wait; null where it does not say
        record Throttled(@Nullable Duration retryAfter, ProviderSays says) implements Verdict {}

        /// The provider's own word, in a code of its own, that it did nothing because it cannot serve now. A bare
        /// `503` is no such word: see [Faulted].
        ///
        /// @param retryAfter how long it asks to wait; null where it does not say
        record Unavailable(@Nullable Duration retryAfter, ProviderSays says) implements Verdict {}

        /// An answer that proves nothing either way: a 5xx, a redirect, a 2xx that is not in the provider's language.
        ///
        /// @param why what is wrong with it, for people
        record Faulted(String why, ProviderSays says) implements Verdict {}

        /// A success that names something else. It proves nothing of what was asked for, and the provider may have
        /// deleted that other thing: somebody should look. Only ever from a 2xx.
        ///
        /// @param id what it names instead
        record Mismatched(String id, ProviderSays says) implements Verdict {}

        /// What an answer proves whose code is absent or unknown: the least that its HTTP status says. Never that
        /// something was deleted, and never that it should be tried again but for a limit.
        static Verdict byStatus(WireResponse response, ProviderSays says) {
            return byStatus(response, says, response.retryAfter());
        }

        /// As [#byStatus(WireResponse, ProviderSays)], of a provider that says in its own way how long to wait.
        ///
        /// @param retryAfter how long it asks to wait, should this be a limit; null where it does not say
        static Verdict byStatus(WireResponse response, ProviderSays says, @Nullable Duration retryAfter) {
            return switch (response.status()) {
                case 401 -> new Refused(Reason.CREDENTIALS_REJECTED, says);
                case 402 -> new Refused(Reason.PERMISSION_MISSING, says);
                case 403, 451 -> new Refused(Reason.REFUSED, says);
                case 404 -> new NotFound(says);
                case 410 -> new Refused(Reason.ENDPOINT_RETIRED, says);
                case 420, 429 -> new Throttled(retryAfter, says);
                case 400, 405, 406, 409, 411, 412, 413, 414, 415, 416, 417, 422, 431 ->
                    new Refused(Reason.INVALID_REQUEST, says);
                // Any other 4xx may come from a proxy that gave up on a request which had gone through before.
                default -> new Faulted(unexpected(response), says);
            };
        }

        private static String unexpected(WireResponse response) {
            int status = response.status();
            if (status >= 200 && status < 300) {
                return "a " + status + " whose body is not the provider's confirmation";
            }
            if (status >= 300 && status < 400) {
                return "a redirect to " + response.header("location").orElse("nowhere") + ", which is not followed";
            }
            return "status " + status + " proves nothing";
        }
    }
}
