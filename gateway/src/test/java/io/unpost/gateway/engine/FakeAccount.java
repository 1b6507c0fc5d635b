package io.unpost.gateway.engine;

import io.unpost.dialect.DeleteCommand;
import io.unpost.dialect.Dialect;
import io.unpost.dialect.Options;
import io.unpost.dialect.Outcome.Verdict;
import io.unpost.dialect.WireResponse;
import io.unpost.gateway.accounts.Account;
import io.unpost.gateway.accounts.Credentials;
import io.unpost.gateway.accounts.Limits;
import io.unpost.gateway.accounts.Secret;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.function.BiFunction;

/// Accounts called `acme`.
final class FakeAccount {

    private static final Credentials CREDENTIALS = new Credentials.OAuth1(
            new Secret("canary-1"), new Secret("canary-2"), new Secret("canary-3"), new Secret("canary-4"));

    private FakeAccount() {}

    static Account of(BiFunction<DeleteCommand, WireResponse, Verdict> reading) {
        return of(new FakeDialect(reading), CREDENTIALS, Limits.DEFAULT);
    }

    static Account of(BiFunction<DeleteCommand, WireResponse, Verdict> reading, int attempts, Duration call) {
        Duration longest = Duration.ofSeconds(3);
        return of(new FakeDialect(reading), CREDENTIALS, new Limits(longest, longest, call, attempts, 64, null));
    }

    /// One whose dialect is equal to that of others with the same reading.
    static Account named(String name, BiFunction<DeleteCommand, WireResponse, Verdict> reading, Limits limits) {
        return new Account(
                name,
                new FakeDialect(reading),
                new Options(Map.of()),
                URI.create("https://fake.example"),
                CREDENTIALS,
                limits);
    }

    /// One for which nothing can be sent.
    static Account of(Credentials credentials) {
        var dialect = new FakeDialect((_, _) -> {
            throw new AssertionError("nothing was sent");
        });
        return of(dialect, credentials, Limits.DEFAULT);
    }

    private static Account of(Dialect dialect, Credentials credentials, Limits limits) {
        return new Account(
                "acme", dialect, new Options(Map.of()), URI.create("https://fake.example"), credentials, limits);
    }
}
