package io.unpost.dialect;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.HexFormat;

/// Percent-encoding as RFC 3986 section 2.1 and RFC 5849 section 3.6 have it.
public final class PercentEncoding {

    private static final boolean[] UNRESERVED = new boolean[128];
    private static final HexFormat HEX = HexFormat.of().withUpperCase();

    static {
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~"
                .chars()
                .forEach(character -> UNRESERVED[character] = true);
    }

    private PercentEncoding() {}

    /// Encodes everything but the unreserved characters, as UTF-8, so that the result is a single path segment, query
    /// value or form value. `.` and `..` come back unchanged and are no segment on their own.
    public static String encode(String text) {
        int plain = 0;
        while (plain < text.length() && unreserved(text.charAt(plain))) {
            plain++;
        }
        if (plain == text.length()) {
            return text;
        }
        byte[] bytes = text.getBytes(UTF_8);
        byte[] encoded = new byte[3 * bytes.length];
        int size = 0;
        for (byte b : bytes) {
            if (unreserved(b)) {
                encoded[size++] = b;
            } else {
                encoded[size++] = '%';
                encoded[size++] = (byte) HEX.toHighHexDigit(b);
                encoded[size++] = (byte) HEX.toLowHexDigit(b);
            }
        }
        return new String(encoded, 0, size, ISO_8859_1);
    }

    private static boolean unreserved(int character) {
        return character >= 0 && character < UNRESERVED.length && UNRESERVED[character];
    }
}
