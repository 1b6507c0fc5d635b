package io.unpost.dialect;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A provider's rate limit, whole: a limit of which a part is unknown is no limit.
///
/// @param limit calls allowed in the window
/// @param remaining calls left in the window
/// @param resetAt when the window ends
public record RateLimit(long limit, long remaining, Instant resetAt) {

    /// The limit in the headers `prefix-limit`, `prefix-remaining` and `prefix-reset`, the last in seconds since 1970.
    ///
    /// @return null where one of them is absent or absurd, or where more is left than allowed
    public static @Nullable RateLimit ofHeaders(WireResponse response, String prefix) {
        Long reset = response.headerCount(prefix + "-reset");
        return of(
                response.headerCount(prefix + "-limit"),
                response.headerCount(prefix + "-remaining"),
                reset == null ? null : Instant.ofEpochSecond(reset));
    }

    /// A limit of parts that may be missing.
    ///
    /// @return null where one of them is null, or where more is left than allowed
    public static @Nullable RateLimit of(@Nullable Long limit, @Nullable Long remaining, @Nullable Instant resetAt) {
        return limit == null || remaining == null || resetAt == null || remaining > limit
                ? null
                : new RateLimit(limit, remaining, resetAt);
    }
}
