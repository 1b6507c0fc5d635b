package io.unpost.gateway.sandbox;

import java.time.Instant;

/// Something published at an imitated provider.
///
/// @param id the provider's id
/// @param owner whose it is
/// @param createdAt when it was published, to the second
/// @param text what it says
record Post(String id, Owner owner, Instant createdAt, String text) {

    /// Who published it.
    enum Owner {
        /// The demo account: it may delete it.
        DEMO_ACCOUNT,
        /// Somebody else.
        SOMEBODY_ELSE
    }
}
