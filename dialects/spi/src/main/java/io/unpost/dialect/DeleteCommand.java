package io.unpost.dialect;

/// What to delete.
///
/// @param kind one of the dialect's kinds
/// @param id the provider's own id, as the caller gave it, decoded; opaque
/// @param author how much of the author the provider may send back
public record DeleteCommand(Kind kind, String id, Author author) {

    /// How much of the deleted thing's author is wanted.
    public enum Author {
        /// Everything the provider sends.
        FULL,
        /// The id alone. A dialect whose provider can reduce it asks for that; else the gateway cuts it.
        ID_ONLY
    }
}
