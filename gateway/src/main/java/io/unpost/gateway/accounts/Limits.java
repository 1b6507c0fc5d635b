package io.unpost.gateway.accounts;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// How long and how often one delete may try, and how much one account may ask of its provider.
///
/// @param connect the longest wait for a connection to the provider
/// @param attempt the longest wait for one answer, connecting included
/// @param call the longest a whole delete may take, all attempts and waits included
/// @param attempts how many attempts a delete may make; from 1 up
/// @param maxInFlight how many of the account's deletes may run at a time; from 1 up
/// @param budget how many requests the account may send in a time; null where only the provider limits it
public record Limits(
        Duration connect,
        Duration attempt,
        Duration call,
        int attempts,
        int maxInFlight,
        @Nullable Budget budget) {

    /// What an account has that says nothing about it.
    public static final Limits DEFAULT =
            new Limits(Duration.ofSeconds(1), Duration.ofSeconds(3), Duration.ofSeconds(10), 3, 64, null);

    /// A token bucket: full at first, refilled evenly.
    ///
    /// @param calls how many requests it holds; from 1 up
    /// @param per how long it takes to fill it from empty
    public record Budget(int calls, Duration per) {}
}
