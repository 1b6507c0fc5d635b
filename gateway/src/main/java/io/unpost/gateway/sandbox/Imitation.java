package io.unpost.gateway.sandbox;

import io.unpost.gateway.accounts.Credentials;
import java.util.List;

/// One imitated provider, as the sandbox's page and the demo accounts see it. Its wire is in a controller of its own.
interface Imitation {

    /// Whom it imitates, for people.
    String provider();

    /// The account that is deleted for.
    DemoAccount account();

    /// What exists there.
    PostStore posts();

    /// The ids with an answer of their own, in the order they are shown.
    List<MagicId> magicIds();

    /// An account that works without any configuration.
    ///
    /// @param name what callers call it
    /// @param dialect the id of the dialect it speaks
    /// @param path where its provider is, below the gateway's own address
    /// @param credentials those the imitation accepts; they open nothing else
    record DemoAccount(String name, String dialect, String path, Credentials credentials) {}

    /// An id with an answer of its own.
    ///
    /// @param does what happens to a delete, for people
    record MagicId(String id, String does) {}
}
