package io.unpost.dialect;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A provider's rate limit, whole: a limit of which a part is unknown is no limit.
///
/// @param limit calls allowed in the window
/// @param remaining calls left in the window
/// @param resetAt when the window ends, by the gateway's clock
public record RateLimit(long limit, long remaining, Instant resetAt) {

    /// The limit in the headers `prefix-limit`, `prefix-remaining` and `prefix-reset`.
    ///
    /// @param reset how the provider writes the last
    /// @return null where one of them is absent or absurd, or where more is left than allowed
    public static @Nullable RateLimit ofHeaders(WireResponse response, String prefix, Reset reset) {
        return of(
                WireResponse.headerCountOf(response.value(prefix, "-limit")),
                WireResponse.headerCountOf(response.value(prefix, "-remaining")),
                end(response, prefix, reset));
    }

    /// A limit of parts that may be missing.
    ///
    /// @return null where one of them is null, or where more is left than allowed
    public static @Nullable RateLimit of(@Nullable Long limit, @Nullable Long remaining, @Nullable Instant resetAt) {
        return limit == null || remaining == null || resetAt == null || remaining > limit
                ? null
                : new RateLimit(limit, remaining, resetAt);
    }

    /// How long an answer asks to wait: its `Retry-After`, else until the last of the used-up windows ends, because
    /// a limit is over only when all of them are. A window is the headers `prefix-remaining` and `prefix-reset`.
    ///
    /// @param reset how the provider writes the latter
    /// @return null where it says neither, or what it says lies in the past
    public static @Nullable Duration retryAfter(WireResponse response, List<String> prefixes, Reset reset) {
        Duration wait = response.retryAfter();
        if (wait != null) {
            return wait;
        }
        for (String prefix : prefixes) {
            Long remaining = WireResponse.headerCountOf(response.value(prefix, "-remaining"));
            Instant end = end(response, prefix, reset);
            if (end != null && (remaining == null || remaining == 0)) {
                Duration left = Duration.between(response.receivedAt(), end);
                wait = left.isPositive() && (wait == null || left.compareTo(wait) > 0) ? left : wait;
            }
        }
        return wait;
    }

    private static @Nullable Instant end(WireResponse response, String prefix, Reset reset) {
        String text = response.value(prefix, "-reset");
        if (text == null) {
            return null;
        }
        Instant end = reset.read(text, response.receivedAt().plus(response.skew()));
        return end == null ? null : end.minus(response.skew());
    }
}
