package io.unpost.dialect;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.HexFormat;

/// Percent-encoding as RFC 3986 section 2.1 and RFC 5849 section 3.6 have it.
public final class PercentEncoding {

    private static final String UNRESERVED = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~";
    private static final HexFormat HEX = HexFormat.of().withUpperCase();

    private PercentEncoding() {}

    /// Encodes everything but the unreserved characters, as UTF-8, so that the result is a single path segment, query
    /// value or form value. `.` and `..` come back unchanged and are no segment on their own.
    public static String encode(String text) {
        var encoded = new StringBuilder(text.length() + 16);
        for (byte b : text.getBytes(UTF_8)) {
            if (b > 0 && UNRESERVED.indexOf(b) >= 0) {
                encoded.append((char) b);
            } else {
                encoded.append('%');
                HEX.toHexDigits(encoded, b);
            }
        }
        return encoded.toString();
    }
}
