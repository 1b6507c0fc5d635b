package io.unpost.gateway.sandbox;

import java.time.Instant;

/// What a provider says to a call.
@FunctionalInterface
interface Answer {

    /// Says it.
    ///
    /// @param now when it says so
    Reply to(Call call, Instant now);
}
