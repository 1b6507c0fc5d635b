package io.unpost.dialect;

/// What to delete.
///
/// @param kind one of the dialect's kinds
/// @param id the provider's own id, as the caller gave it, decoded; opaque
public record DeleteCommand(Kind kind, String id) {}
