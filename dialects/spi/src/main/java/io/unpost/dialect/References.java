package io.unpost.dialect;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

/// References to characters in XML, and to the five entities that each document has.
final class References {

    /// A longer one has zeros in front.
    private static final int MOST = 10;

    private References() {}

    /// The length of a reference; 0 where it means no character, or a control character.
    static int length(byte[] body, int at) {
        int end = semicolon(body, at);
        return end < 0 || character(body, at, end) < 0 ? 0 : end + 1 - at;
    }

    /// The offset of the semicolon that ends a reference; -1 where none is near.
    private static int semicolon(byte[] body, int at) {
        for (int i = at + 1; i < body.length && i < at + MOST; i++) {
            if (body[i] == ';') {
                return i;
            }
        }
        return -1;
    }

    /// The character that a reference means; -1 where it means none, or a control character.
    private static int character(byte[] body, int at, int end) {
        if (body[at + 1] != '#') {
            return switch (new String(body, at + 1, end - at - 1, ISO_8859_1)) {
                case "amp" -> '&';
                case "lt" -> '<';
                case "gt" -> '>';
                case "quot" -> '"';
                case "apos" -> '\'';
                default -> -1;
            };
        }
        boolean hex = body[at + 2] == 'x';
        int character = 0;
        int first = hex ? at + 3 : at + 2;
        for (int i = first; i < end; i++) {
            int digit = Character.digit(body[i], hex ? 16 : 10);
            if (digit < 0) {
                return -1;
            }
            character = character * (hex ? 16 : 10) + digit;
        }
        boolean none = first == end
                || character < ' '
                || character > Character.MAX_CODE_POINT
                || (character >= Character.MIN_SURROGATE && character <= Character.MAX_SURROGATE)
                || (character & 0xFFFE) == 0xFFFE;
        return none ? -1 : character;
    }

    /// The text of an element or attribute that was scanned.
    ///
    /// @param text space as long: a reference is longer than what it stands for
    static String resolved(byte[] body, int start, int end, byte[] text) {
        int size = 0;
        for (int at = start; at < end; ) {
            int reference = Utf8.copy(body, at, end, text, size, (byte) '&');
            size += reference - at;
            at = reference;
            if (reference < end) {
                int semicolon = semicolon(body, reference);
                size = Utf8.write(character(body, reference, semicolon), text, size);
                at = semicolon + 1;
            }
        }
        return new String(text, 0, size, UTF_8);
    }
}
