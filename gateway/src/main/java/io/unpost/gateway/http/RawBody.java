package io.unpost.gateway.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.unpost.dialect.WireResponse;
import io.unpost.gateway.engine.Redaction;
import java.util.Arrays;
import java.util.Map;
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
    private static final int LONGEST_CHARACTER_BYTES = 4;

    /// Redacted before it is cut, so that half a secret cannot stand at the end.
    static RawBody of(@Nullable WireResponse answer, Redaction redaction) {
        if (answer == null) {
            return NONE;
        }
        byte[] bytes = redacted(answer, redaction);
        int end = end(bytes, LIMIT_BYTES);
        return new RawBody(new String(bytes, 0, end, UTF_8), end < bytes.length);
    }

    /// As much of an answer as [#of] shows, and one character more where there is more.
    static WireResponse kept(WireResponse answer, Redaction redaction) {
        byte[] bytes = redacted(answer, redaction);
        byte[] shown = Arrays.copyOf(bytes, end(bytes, LIMIT_BYTES + LONGEST_CHARACTER_BYTES));
        return new WireResponse(answer.status(), Map.of(), shown, answer.receivedAt());
    }

    private static byte[] redacted(WireResponse answer, Redaction redaction) {
        return redaction.of(new String(answer.body(), UTF_8)).getBytes(UTF_8);
    }

    /// Where to cut so that no more is left than the limit, and no half of a character.
    private static int end(byte[] bytes, int limit) {
        int end = Math.min(bytes.length, limit);
        while (end < bytes.length && (bytes[end] & 0xC0) == 0x80) {
            end--;
        }
        return end;
    }
}
