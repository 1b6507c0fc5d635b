package io.unpost.gateway.engine;

import io.unpost.dialect.Kind;
import io.unpost.gateway.accounts.Account;
import java.time.Duration;

/// Is told what the engine does, for whoever counts it. Must be quick.
public interface Observer {

    /// One request to the provider has come to an end.
    ///
    /// @param took from before it was sent until it was known what came of it
    void exchanged(Account account, Kind kind, Exchange exchange, Duration took);

    /// One delete has come to an end, for however many callers it was made.
    ///
    /// @param retries how many of its requests came after another
    void settled(Account account, Kind kind, int retries);

    /// A provider confirmed the deletion of something else than it was asked for.
    void mismatched(Account account, Kind kind);
}
