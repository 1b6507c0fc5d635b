package io.unpost.dialect;

/// Scans JSON in UTF-8 that breaks no rule (RFC 8259) and no limit of [Document]. It knows less than the parser behind
/// that: names with escapes or other letters than ASCII, and halves of surrogate pairs, it refuses as it does a defect.
final class JsonScanner extends Scanner {

    private static final int MOST_LEVELS = 32;
    private static final int MOST_NUMBER = 1_000;

    JsonScanner(byte[] body) {
        super(body, 10);
    }

    @Override
    boolean document() {
        blanks();
        if ((peek() != '{' && peek() != '[') || !value(0)) {
            return false;
        }
        blanks();
        return at == body.length;
    }

    /// @param levels how many it stands in
    private boolean value(int levels) {
        if (tape.full()) {
            return false;
        }
        return switch (peek()) {
            case '{' -> levels < MOST_LEVELS && object(levels + 1);
            case '[' -> levels < MOST_LEVELS && array(levels + 1);
            case '"' -> string();
            case 't' -> word("true", Tape.TEXT);
            case 'f' -> word("false", Tape.TEXT);
            case 'n' -> word("null", Tape.NOTHING);
            default -> number();
        };
    }

    private boolean object(int levels) {
        int opened = tape.open();
        at++;
        blanks();
        if (peek() != '}') {
            do {
                blanks();
                if (!name()) {
                    return false;
                }
                blanks();
                if (!take(':')) {
                    return false;
                }
                blanks();
                if (!value(levels)) {
                    return false;
                }
                blanks();
            } while (take(','));
        }
        tape.close(Tape.FIELDS, opened);
        return take('}');
    }

    private boolean array(int levels) {
        int opened = tape.open();
        at++;
        blanks();
        if (peek() != ']') {
            do {
                blanks();
                if (!value(levels)) {
                    return false;
                }
                blanks();
            } while (take(','));
        }
        tape.close(Tape.ELEMENTS, opened);
        return take(']');
    }

    private boolean name() {
        if (!take('"')) {
            return false;
        }
        int start = at;
        at = Utf8.stop(body, at, '"', '\\', '"');
        int length = at - start;
        if (length > Tape.MOST_NAME) {
            return false;
        }
        tape.name(start, length);
        return take('"');
    }

    private boolean string() {
        int start = ++at;
        int kind = Tape.TEXT;
        while (true) {
            at = Utf8.stop(body, at, '"', '\\', '"');
            if (peek() == '"') {
                tape.value(kind, start);
                return ++at - start <= MOST_TEXT;
            }
            int length = peek() == '\\' ? Escapes.length(body, at) : Utf8.length(body, at);
            if (length == 0) {
                return false;
            }
            kind = peek() == '\\' ? Tape.ESCAPED : kind;
            at += length;
        }
    }

    private boolean number() {
        int start = at;
        take('-');
        if (!take('0') && !digits()) {
            return false;
        }
        if (take('.') && !digits()) {
            return false;
        }
        if (take('e') || take('E')) {
            if (!take('-')) {
                take('+');
            }
            if (!digits()) {
                return false;
            }
        }
        tape.value(Tape.TEXT, start);
        return at - start < MOST_NUMBER;
    }

    private boolean digits() {
        int start = at;
        while (peek() >= '0' && peek() <= '9') {
            at++;
        }
        return at > start;
    }

    private boolean word(String word, int kind) {
        int length = word.length();
        if (body.length - at < length) {
            return false;
        }
        for (int i = 1; i < length; i++) {
            if (body[at + i] != word.charAt(i)) {
                return false;
            }
        }
        tape.value(kind, at);
        at += length;
        return true;
    }
}
