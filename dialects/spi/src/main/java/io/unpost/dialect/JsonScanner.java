package io.unpost.dialect;

import static java.nio.charset.StandardCharsets.UTF_8;

/// Scans JSON in UTF-8 that breaks no rule (RFC 8259) and no limit of [Document]. It knows less than the parser behind
/// that: names with escapes or other letters than ASCII, and halves of surrogate pairs, it refuses as it does a defect.
///
/// Each method takes the offset at which something begins, and gives the one behind it, or [#DEFECT]: an offset that
/// stands in a field would be written and read again for every token.
final class JsonScanner extends Scanner {

    private static final int MOST_LEVELS = 32;
    private static final int MOST_NUMBER = 1_000;
    /// No offset, at which [#peek(int)] sees nothing.
    private static final int DEFECT = -1;

    private static final int TRUE = Utf8.four("true".getBytes(UTF_8), 0);
    private static final int FALSE = Utf8.four("false".getBytes(UTF_8), 1);
    private static final int NULL = Utf8.four("null".getBytes(UTF_8), 0);

    JsonScanner(byte[] body) {
        super(body, 15);
    }

    @Override
    boolean document() {
        int start = blanks(0);
        return (peek(start) == '{' || peek(start) == '[') && blanks(value(start, 0)) == body.length;
    }

    /// @param levels how many it stands in
    private int value(int at, int levels) {
        return switch (peek(at)) {
            case '{' -> levels < MOST_LEVELS ? object(at + 1, levels + 1) : DEFECT;
            case '[' -> levels < MOST_LEVELS ? array(at + 1, levels + 1) : DEFECT;
            case '"' -> string(at + 1);
            case 't' -> word(at, at + 4, TRUE, Tape.TEXT);
            case 'f' -> word(at, at + 5, FALSE, Tape.TEXT);
            case 'n' -> word(at, at + 4, NULL, Tape.NOTHING);
            default -> number(at);
        };
    }

    private int object(int start, int levels) {
        int place = tape.open();
        int at = blanks(start);
        int count = 0;
        if (peek(at) == '"') {
            at = field(at, levels);
            count = 1;
            while (peek(at) == ',') {
                at = field(blanks(at + 1), levels);
                count++;
            }
        }
        tape.fields(place, count);
        return peek(at) == '}' ? at + 1 : DEFECT;
    }

    /// With the blanks behind it.
    private int field(int start, int levels) {
        int colon = peek(start) == '"' ? blanks(name(start + 1)) : DEFECT;
        return peek(colon) == ':' ? blanks(value(blanks(colon + 1), levels)) : DEFECT;
    }

    private int array(int start, int levels) {
        int place = tape.open();
        int at = blanks(start);
        if (peek(at) != ']') {
            at = blanks(value(at, levels));
            while (peek(at) == ',') {
                at = blanks(value(blanks(at + 1), levels));
            }
        }
        tape.elements(place);
        return peek(at) == ']' ? at + 1 : DEFECT;
    }

    private int name(int start) {
        int end = Utf8.quote(body, start);
        if (peek(end) != '"' || end - start > Tape.MOST_NAME) {
            return DEFECT;
        }
        tape.name(start, end - start);
        return end + 1;
    }

    private int string(int start) {
        int kind = Tape.TEXT;
        int at = start;
        while (true) {
            at = Utf8.quote(body, at);
            byte next = peek(at);
            if (next == '"') {
                tape.value(kind, start);
                return at - start < MOST_TEXT ? at + 1 : DEFECT;
            }
            int length = next == '\\' ? Escapes.length(body, at) : Utf8.length(body, at);
            if (length == 0) {
                return DEFECT;
            }
            kind = next == '\\' ? Tape.ESCAPED : kind;
            at += length;
        }
    }

    private int number(int start) {
        int at = peek(start) == '-' ? start + 1 : start;
        at = peek(at) == '0' ? at + 1 : digits(at);
        if (peek(at) == '.') {
            at = digits(at + 1);
        }
        if (peek(at) == 'e' || peek(at) == 'E') {
            boolean signed = peek(at + 1) == '-' || peek(at + 1) == '+';
            at = digits(signed ? at + 2 : at + 1);
        }
        tape.value(Tape.TEXT, start);
        return at - start < MOST_NUMBER ? at : DEFECT;
    }

    private int digits(int start) {
        int at = start;
        while (peek(at) >= '0' && peek(at) <= '9') {
            at++;
        }
        return at > start ? at : DEFECT;
    }

    /// @param last the last four bytes of the word
    private int word(int start, int end, int last, int kind) {
        if (end > body.length || Utf8.four(body, end - Integer.BYTES) != last) {
            return DEFECT;
        }
        tape.value(kind, start);
        return end;
    }

    private int blanks(int start) {
        int at = start;
        while (isBlank(peek(at))) {
            at++;
        }
        return at;
    }

    /// The byte at an offset; NUL, which may stand nowhere, at the end.
    private byte peek(int at) {
        return at >= 0 && at < body.length ? body[at] : 0;
    }
}
