package io.unpost.dialect;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.Arrays;

/// Scans XML in UTF-8 that breaks no rule and no limit of [Document], and has no more than elements, attributes, text,
/// and references to characters. Comments, sections, instructions, text beside elements, names with other letters than
/// ASCII or a prefix, and whatever parsers may take in two ways, it refuses as it does a defect.
final class XmlScanner extends Scanner {

    private static final byte[] DECLARATION = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>".getBytes(ISO_8859_1);
    private static final int MOST_LEVELS = 30;
    private static final int MOST_ATTRIBUTES = 10;

    /// The offset of the byte that comes next.
    private int at;

    XmlScanner(byte[] body) {
        super(body, 20);
    }

    @Override
    boolean document() {
        blanks();
        int end = Math.min(body.length, at + DECLARATION.length);
        if (Arrays.equals(body, at, end, DECLARATION, 0, DECLARATION.length)) {
            at = end;
            blanks();
        }
        if (!take('<') || !element(0)) {
            return false;
        }
        blanks();
        return at == body.length;
    }

    /// From the name on.
    ///
    /// @param levels how many it stands in
    private boolean element(int levels) {
        int start = at;
        if (levels > MOST_LEVELS || !name()) {
            return false;
        }
        int length = at - start;
        if (levels > 0) {
            tape.name(start, length);
        }
        int place = tape.open();
        // Attributes of the root are not read.
        if (blanks() && peek() != '>' && peek() != '/' && (levels == 0 || !attributes(place))) {
            return false;
        }
        if (take('/')) {
            return levels > 0 && tape.since(place) == 0 && take('>');
        }
        return take('>') && content(levels, start, length, place);
    }

    /// Behind the start tag.
    ///
    /// @param place its own on the tape
    private boolean content(int levels, int start, int length, int place) {
        int attributes = tape.since(place);
        int children = 0;
        while (true) {
            int begin = at;
            blanks();
            // A carriage return in a text would be another character there.
            at = peek() == '<' ? at : begin;
            int kind = text('<');
            if (kind < 0) {
                return false;
            }
            boolean blank = blank(begin, at);
            at++;
            if (peek() == '/') {
                boolean sound = children > 0 ? blank : levels > 0 && leaf(attributes > 0, kind, begin, blank, place);
                if (children > 0 || attributes > 0) {
                    tape.fields(place, attributes + Math.max(children, 1));
                }
                return sound && closed(start, length);
            }
            if (!blank) {
                return false;
            }
            children++;
            if (!element(levels + 1)) {
                return false;
            }
        }
    }

    /// Takes the text of an element without others in it, in front of its end tag.
    private boolean leaf(boolean attributes, int kind, int begin, boolean blank, int place) {
        int end = at - 1;
        if (!attributes && begin == end) {
            return true;
        }
        if (blank || end - begin > MOST_TEXT) {
            return false;
        }
        if (attributes) {
            // Beside attributes it is the field without a name.
            tape.name(begin, 0);
            tape.value(kind, begin);
        } else {
            tape.text(place, kind, begin);
        }
        return true;
    }

    private boolean closed(int start, int length) {
        at++;
        int end = at + length;
        if (end > body.length || !Arrays.equals(body, at, end, body, start, start + length)) {
            return false;
        }
        at = end;
        blanks();
        return take('>');
    }

    private boolean attributes(int place) {
        for (int i = 0; i < MOST_ATTRIBUTES; i++) {
            int start = at;
            if (!name()) {
                return false;
            }
            tape.name(start, at - start);
            blanks();
            if (!take('=') || tape.again(place)) {
                return false;
            }
            blanks();
            byte quote = peek();
            if (quote != '"' && quote != '\'') {
                return false;
            }
            int begin = ++at;
            int kind = text((char) quote);
            if (kind < 0 || at - begin > MOST_TEXT) {
                return false;
            }
            tape.value(kind, begin);
            at++;
            boolean apart = blanks();
            if (peek() == '>' || peek() == '/') {
                return true;
            }
            if (!apart) {
                return false;
            }
        }
        return false;
    }

    /// Goes to the end of a text; gives its kind, or -1.
    private int text(char end) {
        // Neither may stand in a text, or not always.
        char other = end == '<' ? '>' : '<';
        int kind = Tape.TEXT;
        while (true) {
            at = Utf8.stop(body, at, end, '&', other);
            byte next = peek();
            if (next == end) {
                return kind;
            }
            int length = 0;
            if (next == '&') {
                kind = Tape.REFERRING;
                length = References.length(body, at);
            } else if (next < 0) {
                length = characterLength();
            } else if (end == '<' && (next == '\n' || next == '\t' || (next == '>' && body[at - 1] != ']'))) {
                length = 1;
            }
            if (length == 0) {
                return -1;
            }
            at += length;
        }
    }

    private int characterLength() {
        int length = Utf8.length(body, at);
        // U+FFFE and U+FFFF.
        boolean none = length == 3 && body[at] == (byte) 0xEF && body[at + 1] == (byte) 0xBF && body[at + 2] > -67;
        return none ? 0 : length;
    }

    private boolean name() {
        int start = at;
        while (letter(peek()) || (at > start && inName(peek()))) {
            at++;
        }
        return at > start && at - start <= Tape.MOST_NAME;
    }

    private static boolean letter(byte next) {
        return (next >= 'a' && next <= 'z') || (next >= 'A' && next <= 'Z') || next == '_';
    }

    private static boolean inName(byte next) {
        return (next >= '0' && next <= '9') || next == '-' || next == '.';
    }

    private boolean blank(int start, int end) {
        for (int i = start; i < end; i++) {
            if (!isBlank(body[i])) {
                return false;
            }
        }
        return true;
    }

    /// The byte that comes next; NUL, which may stand nowhere, at the end.
    private byte peek() {
        return at < body.length ? body[at] : 0;
    }

    private boolean take(char wanted) {
        if (peek() != wanted) {
            return false;
        }
        at++;
        return true;
    }

    /// Goes behind blanks; whether there were any.
    private boolean blanks() {
        int start = at;
        while (isBlank(peek())) {
            at++;
        }
        return at > start;
    }
}
