package io.unpost.gateway.sandbox;

import java.time.Duration;

/// What happens to a delete of a magic id.
sealed interface Script {

    /// Nothing is deleted, and this is the answer.
    record Says(Answer answer) implements Script {}

    /// Nothing is deleted, and after a while the connection ends without an answer.
    record Silent(Duration pause, Ending ending) implements Script {}

    /// It is deleted at once, and after a while the usual answer comes, as far as it does.
    record Deletes(Duration pause, Delivery delivery) implements Script {}

    /// It is deleted, and the answer says something else.
    record DeletesYetSays(Answer answer) implements Script {}

    /// This the first time; from then on, as any other id.
    record Once(Script first) implements Script {}

    /// How a connection ends.
    enum Ending {
        CLOSED,
        RESET
    }

    /// How much of an answer arrives.
    enum Delivery {
        WHOLE,
        /// Half of what its `Content-Length` announces.
        HALF,
        /// Half of it, without a length, so that only its content tells.
        HALF_UNFRAMED,
        NOTHING
    }

    /// Whether something must exist for this to happen, and is gone afterwards.
    default boolean needsPost() {
        return switch (this) {
            case Deletes _, DeletesYetSays _, Once _ -> true;
            case Says _, Silent _ -> false;
        };
    }

    /// Whether a part of an answer arrives.
    default boolean cutsOff() {
        return switch (this) {
            case Deletes deletes ->
                switch (deletes.delivery()) {
                    case HALF, HALF_UNFRAMED -> true;
                    case WHOLE, NOTHING -> false;
                };
            case Says _, Silent _, DeletesYetSays _, Once _ -> false;
        };
    }
}
