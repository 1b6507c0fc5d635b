package io.unpost.gateway.sandbox;

import io.unpost.gateway.accounts.Credentials;
import java.util.List;

/// One imitated provider, as the sandbox's page and the demo accounts see it. Its wire is in a controller of its own.
interface Imitation {

    /// Whom it imitates, for people.
    String provider();

    /// The account that is deleted for.
    DemoAccount account();

    /// What exists there, one for each kind that can be deleted.
    List<Stock> kinds();

    /// An answer with the headers that all of this provider's have.
    Reply withHeaders(Reply reply);

    /// An account that works without any configuration.
    ///
    /// @param name what callers call it
    /// @param dialect the id of the dialect it speaks
    /// @param path where its provider is, below the gateway's own address
    /// @param credentials those the imitation accepts; they open nothing else
    record DemoAccount(String name, String dialect, String path, Credentials credentials) {}
}
