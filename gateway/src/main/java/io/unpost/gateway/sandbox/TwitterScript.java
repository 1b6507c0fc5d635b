package io.unpost.gateway.sandbox;

import java.time.Duration;

/// What happens to a delete of a magic id.
sealed interface TwitterScript {

    /// Nothing is deleted, and this is the answer.
    record Says(TwitterReply reply) implements TwitterScript {}

    /// Nothing is deleted, because a rate limit is reached that ends after this time.
    record Limited(Duration window) implements TwitterScript {}

    /// Nothing is deleted, and after a while the connection ends without an answer.
    record Silent(Duration pause, Ending ending) implements TwitterScript {}

    /// It is deleted at once, and after a while the tweet is the answer, as far as it comes.
    record Deletes(Duration pause, Delivery delivery) implements TwitterScript {}

    /// It is deleted, and the answer says something else.
    record DeletesYetSays(TwitterReply reply) implements TwitterScript {}

    /// This the first time; from then on, as any other tweet.
    record Once(TwitterScript first) implements TwitterScript {}

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

    /// Whether the tweet must exist for this to happen, and is gone afterwards.
    default boolean needsTweet() {
        return switch (this) {
            case Deletes _, DeletesYetSays _, Once _ -> true;
            case Says _, Limited _, Silent _ -> false;
        };
    }
}
