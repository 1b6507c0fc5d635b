package io.unpost.dialect;

import org.jspecify.annotations.Nullable;

/// What the provider said, word for word; for people to read. The engine never branches on it.
///
/// @param status the HTTP status
/// @param code the provider's own error code, as text; null where it gave none
/// @param message the provider's own error text; null where it gave none
/// @param rateLimit the limit as the provider told it; null where it did not tell all of it
public record ProviderSays(
        int status,
        @Nullable String code,
        @Nullable String message,
        @Nullable RateLimit rateLimit) {}
