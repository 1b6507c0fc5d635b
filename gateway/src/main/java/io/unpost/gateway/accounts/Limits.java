package io.unpost.gateway.accounts;

import java.time.Duration;

/// How long and how often one delete may try.
///
/// @param connect the longest wait for a connection to the provider
/// @param attempt the longest wait for one answer, connecting included
/// @param call the longest a whole delete may take, all attempts and waits included
/// @param attempts how many attempts a delete may make; from 1 up
public record Limits(Duration connect, Duration attempt, Duration call, int attempts) {

    /// What an account has that says nothing about it.
    public static final Limits DEFAULT =
            new Limits(Duration.ofSeconds(1), Duration.ofSeconds(3), Duration.ofSeconds(10), 3);
}
