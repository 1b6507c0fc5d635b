package io.unpost.gateway.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.micronaut.http.HttpRequest;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.HexFormat;
import java.util.Optional;

/// What the address of a delete names, decoded.
///
/// @param path the path as it was called
/// @param account the account's name; matches no account where it cannot be decoded
/// @param kind the kind's name; matches no kind where it cannot be decoded
/// @param id the provider's id; empty where it cannot be decoded as UTF-8
/// @param requestId the call's id in the log
record Target(String path, String account, String kind, Optional<String> id, String requestId) {

    /// Reads the raw path, because a path variable no longer tells `%2F` from `/`.
    static Target of(HttpRequest<?> request) {
        String path = request.getUri().getRawPath();
        // The router lets one more slash pass at the end.
        String[] segments = (path.endsWith("/") ? path.substring(0, path.length() - 1) : path).split("/", -1);
        int last = segments.length - 1;
        return new Target(
                path,
                decoded(segments[last - 2]).orElse(""),
                decoded(segments[last - 1]).orElse(""),
                decoded(segments[last]),
                RequestIds.of(request));
    }

    /// Percent-decodes one segment; `+` is a plus there.
    private static Optional<String> decoded(String segment) {
        if (segment.chars().allMatch(c -> c != '%' && c < 0x80)) {
            return Optional.of(segment);
        }
        var bytes = new ByteArrayOutputStream(segment.length());
        for (int i = 0; i < segment.length(); i++) {
            char c = segment.charAt(i);
            if (c != '%') {
                bytes.writeBytes(String.valueOf(c).getBytes(UTF_8));
            } else if (i + 2 < segment.length()
                    && HexFormat.isHexDigit(segment.charAt(i + 1))
                    && HexFormat.isHexDigit(segment.charAt(i + 2))) {
                bytes.write(HexFormat.fromHexDigits(segment, i + 1, i + 3));
                i += 2;
            } else {
                return Optional.empty();
            }
        }
        try {
            return Optional.of(UTF_8.newDecoder()
                    .decode(ByteBuffer.wrap(bytes.toByteArray()))
                    .toString());
        } catch (CharacterCodingException _) {
            return Optional.empty();
        }
    }
}
