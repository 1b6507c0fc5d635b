package io.unpost.dialect;

import static java.nio.charset.StandardCharsets.UTF_8;

/// Escapes in strings of JSON, RFC 8259 section 7.
final class Escapes {

    private Escapes() {}

    /// The length of an escape; 0 where it is none, or half a character.
    static int length(byte[] body, int at) {
        if (at + 1 >= body.length) {
            return 0;
        }
        return switch (body[at + 1]) {
            case '"', '\\', '/', 'b', 'f', 'n', 'r', 't' -> 2;
            case 'u' -> {
                int unit = unit(body, at);
                if (unit < 0 || Character.isLowSurrogate((char) unit)) {
                    yield 0;
                }
                if (!Character.isHighSurrogate((char) unit)) {
                    yield 6;
                }
                int second = unit(body, at + 6);
                yield second >= 0 && Character.isLowSurrogate((char) second) ? 12 : 0;
            }
            default -> 0;
        };
    }

    /// The code unit of the escape `\u0000` at an offset; -1 where it is none.
    private static int unit(byte[] body, int at) {
        if (at + 6 > body.length || body[at] != '\\' || body[at + 1] != 'u') {
            return -1;
        }
        int unit = 0;
        for (int i = at + 2; i < at + 6; i++) {
            unit = (unit << 4) | Character.digit(body[i], 16);
        }
        return unit;
    }

    /// Whether an odd number of backslashes stands in front of an offset.
    static boolean escaped(byte[] body, int start, int at) {
        int first = at;
        while (first > start && body[first - 1] == '\\') {
            first--;
        }
        return (at - first) % 2 == 1;
    }

    /// The text of a string that was scanned.
    ///
    /// @param text space as long as the string: an escape is longer than what it stands for
    static String undone(byte[] body, int start, int end, byte[] text) {
        int size = 0;
        for (int at = start; at < end; ) {
            int backslash = Utf8.copy(body, at, end, text, size, (byte) '\\');
            size += backslash - at;
            at = backslash + 1;
            if (backslash == end) {
                break;
            }
            byte escaped = body[at++];
            switch (escaped) {
                case 'b' -> text[size++] = '\b';
                case 'f' -> text[size++] = '\f';
                case 'n' -> text[size++] = '\n';
                case 'r' -> text[size++] = '\r';
                case 't' -> text[size++] = '\t';
                case 'u' -> {
                    int first = unit(body, at - 2);
                    at += 4;
                    int character = first;
                    if (Character.isHighSurrogate((char) first)) {
                        character = Character.toCodePoint((char) first, (char) unit(body, at));
                        at += 6;
                    }
                    size = Utf8.write(character, text, size);
                }
                default -> text[size++] = escaped;
            }
        }
        return new String(text, 0, size, UTF_8);
    }
}
