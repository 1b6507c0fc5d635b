package io.unpost.gateway.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.unpost.dialect.WireResponse;
import io.unpost.gateway.engine.Redaction;
import org.jspecify.annotations.Nullable;

/// A provider's answer as received, for callers who ask for it.
///
/// @param text at most 64 KiB in UTF-8, U+FFFD for bad bytes, secrets redacted; null where it was not asked for or no
///     answer came
/// @param truncated whether there is more; null with the text
record RawBody(@Nullable String text, @Nullable Boolean truncated) {

    /// Not asked for.
    static final RawBody NONE = new RawBody(null, null);

    private static final int LIMIT_BYTES = 64 << 10;

    /// Redacted before it is cut, so that half a secret cannot stand at the end.
    static RawBody of(@Nullable WireResponse answer, Redaction redaction) {
        if (answer == null) {
            return NONE;
        }
        byte[] bytes = redaction.of(new String(answer.body(), UTF_8)).getBytes(UTF_8);
        if (bytes.length <= LIMIT_BYTES) {
            return new RawBody(new String(bytes, UTF_8), false);
        }
        int end = LIMIT_BYTES;
        while ((bytes[end] & 0xC0) == 0x80) {
            end--;
        }
        return new RawBody(new String(bytes, 0, end, UTF_8), true);
    }
}
