package io.unpost.gateway.sandbox;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// Something published at an imitated provider, of whatever kind.
///
/// @param id the provider's id
/// @param owner whose it is
/// @param createdAt when it was published, to the second
/// @param text what it says
/// @param original what it repeats; null where it repeats nothing
record Post(
        String id,
        Owner owner,
        Instant createdAt,
        String text,
        @Nullable Post original) {

    /// Who may delete it.
    enum Owner {
        DEMO_ACCOUNT,
        SOMEBODY_ELSE
    }

    /// One that repeats nothing.
    Post(String id, Owner owner, Instant createdAt, String text) {
        this(id, owner, createdAt, text, null);
    }

    /// One that the demo account may delete.
    ///
    /// @param createdAt in ISO 8601
    static Post mine(String id, String createdAt, String text) {
        return new Post(id, Owner.DEMO_ACCOUNT, Instant.parse(createdAt), text);
    }

    /// One that it may not.
    ///
    /// @param createdAt in ISO 8601
    static Post theirs(String id, String createdAt, String text) {
        return new Post(id, Owner.SOMEBODY_ELSE, Instant.parse(createdAt), text);
    }

    /// The same, repeating another.
    Post repeating(Post repeated) {
        return new Post(id, owner, createdAt, text, repeated);
    }
}
