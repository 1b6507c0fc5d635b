package io.unpost.gateway.engine;

import java.time.Duration;

/// Carries one signed request to a provider and brings back what came of it.
public interface Transport {

    /// Sends a request once. Blocks; never throws for what a network or a provider does.
    ///
    /// No redirect is followed, no cookie kept, no request sent twice, and the connection of a request that was not
    /// answered in time is closed.
    ///
    /// @param connect the longest wait until the request starts to leave: name look-up, connection, TLS handshake
    /// @param limit the longest wait for the whole answer, all of that included
    Exchange send(SignedRequest request, Duration connect, Duration limit);
}
