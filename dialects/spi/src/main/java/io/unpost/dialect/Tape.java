package io.unpost.dialect;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// A body without a defect, as a row of numbers that tell where in its bytes things stand. Texts and names are made of
/// the bytes when they are asked for.
///
/// A value is a cell with its kind and first byte. That of what holds others has the place of a row of cells instead:
/// how many there are, their names, of which a few bits and the first byte tell, and the values. What is still open
/// stands at the other end of the row, the last one first.
final class Tape {

    /// Null, or an empty element.
    static final int NOTHING = 0;
    /// Text that stands there as it is.
    static final int TEXT = 1;
    /// Text with the escapes of JSON.
    static final int ESCAPED = 2;
    /// Text with the references of XML.
    static final int REFERRING = 3;
    /// What holds fields.
    static final int FIELDS = 4;
    /// What holds values without names.
    static final int ELEMENTS = 5;

    /// No such thing.
    static final int MISSING = -1;
    /// A name that stands twice, or a pointer with escapes: the tree knows what to make of it.
    static final int UNSURE = -2;

    private static final int OFFSET_BITS = 20;
    private static final int OFFSET = (1 << OFFSET_BITS) - 1;
    private static final int MARK = 0xFFF;
    /// No more bytes than an offset can name.
    static final int MOST_BYTES = 1 << OFFSET_BITS;
    /// No more bytes in a name.
    static final int MOST_NAME = 1_000;
    /// No more cells: each token takes one at least.
    private static final int MOST_CELLS = 90_000;
    /// Array indices of more digits are those of no array.
    private static final int MOST_DIGITS = 6;

    private static final byte[] TRUE = "true".getBytes(UTF_8);
    private static final byte[] FALSE = "false".getBytes(UTF_8);

    private final byte[] body;
    private int[] cells;
    private int size;
    private int pending;
    /// To write texts in.
    private byte[] space = new byte[0];

    /// @param body no more than [#MOST_BYTES]
    /// @param usual about how many bytes there are to a cell
    Tape(byte[] body, int usual) {
        this.body = body;
        this.cells = new int[body.length / usual + 8];
    }

    /// Whether it holds more than any provider sends.
    boolean full() {
        return size + pending > MOST_CELLS;
    }

    /// Writes the name of the field that comes next.
    void name(int start, int length) {
        push(mark(length, length == 0 ? 0 : body[start], length == 0 ? 0 : body[start + length - 1]) | start);
    }

    /// Most names in an object differ in it.
    private static int mark(int length, int first, int last) {
        return ((length * 37 + first * 5 + last) & MARK) << OFFSET_BITS;
    }

    /// Writes a value that holds no others.
    void value(int kind, int start) {
        push((kind << OFFSET_BITS) | start);
    }

    /// How much is open: what is written from now on belongs to a value that [#close(int, int)] ends.
    int open() {
        return pending;
    }

    /// Writes a value that holds what was written since it was opened.
    void close(int kind, int opened) {
        int cell = (kind << OFFSET_BITS) | size;
        int count = pending - opened;
        reserve(count + 1);
        if (kind == FIELDS) {
            cells[size++] = count / 2;
            take(opened, 2);
            take(opened + 1, 2);
        } else {
            cells[size++] = count;
            take(opened, 1);
        }
        pending = opened;
        push(cell);
    }

    private void take(int first, int step) {
        for (int i = first; i < pending; i += step) {
            cells[size++] = cells[cells.length - 1 - i];
        }
    }

    /// Whether something that is open has a field of this name.
    boolean names(int opened, int start, int length) {
        for (int i = opened; i < pending; i += 2) {
            int other = cells[cells.length - 1 - i] & OFFSET;
            if (Arrays.equals(body, start, start + length, body, other, other + length)
                    && ends(other, other + length)) {
                return true;
            }
        }
        return false;
    }

    /// The place of what a JSON pointer names, [#MISSING] or [#UNSURE].
    int find(String pointer) {
        if (pointer.isEmpty()) {
            return cells.length - 1;
        }
        if (pointer.charAt(0) != '/') {
            return UNSURE;
        }
        int place = cells.length - 1;
        int from = 1;
        for (int at = 1; place >= 0 && at <= pointer.length(); at++) {
            char next = at < pointer.length() ? pointer.charAt(at) : '/';
            if (next == '~') {
                return UNSURE;
            }
            if (next == '/') {
                place = switch (kind(place)) {
                    case FIELDS -> field(place, pointer, from, at);
                    case ELEMENTS -> element(place, pointer, from, at);
                    default -> MISSING;
                };
                from = at + 1;
            }
        }
        return place;
    }

    /// The text at a place; null where something else stands there.
    @Nullable
    String text(int place) {
        int kind = kind(place);
        if (kind == NOTHING || kind >= FIELDS) {
            return null;
        }
        int start = cells[place] & OFFSET;
        int end = end(start, kind);
        return switch (kind) {
            case ESCAPED -> Escapes.undone(body, start, end, space(end - start));
            case REFERRING -> References.resolved(body, start, end, space(end - start));
            default -> plain(start, end);
        };
    }

    private String plain(int start, int end) {
        if (Arrays.equals(body, start, end, TRUE, 0, TRUE.length)) {
            return "true";
        }
        if (Arrays.equals(body, start, end, FALSE, 0, FALSE.length)) {
            return "false";
        }
        return new String(body, start, end - start, UTF_8);
    }

    private byte[] space(int length) {
        if (space.length < length) {
            space = new byte[length];
        }
        return space;
    }

    /// Whether anything but null and emptiness stands at a place.
    boolean holds(int place) {
        return switch (kind(place)) {
            case NOTHING -> false;
            case FIELDS, ELEMENTS -> cells[cells[place] & OFFSET] > 0;
            default -> body[cells[place] & OFFSET] != closing(cells[place] & OFFSET);
        };
    }

    /// Where a text ends that begins at an offset. That it does was seen when it was scanned.
    private int end(int start, int kind) {
        byte closing = closing(start);
        int end = start;
        if (closing == 0) {
            while (body[end] != ',' && body[end] != '}' && body[end] != ']' && body[end] > ' ') {
                end++;
            }
            return end;
        }
        end = Utf8.next(body, start, closing);
        while (kind == ESCAPED && Escapes.escaped(body, start, end)) {
            end = Utf8.next(body, end + 1, closing);
        }
        return end;
    }

    /// The byte that ends a text, which the one in front of it tells; NUL for a number or word.
    private byte closing(int start) {
        byte opening = body[start - 1];
        return opening == '>' ? (byte) '<' : opening == '"' || opening == '\'' ? opening : 0;
    }

    private int kind(int place) {
        return cells[place] >>> OFFSET_BITS;
    }

    private int field(int place, String pointer, int from, int end) {
        int length = end - from;
        int mark = length == 0 ? mark(0, 0, 0) : mark(length, pointer.charAt(from), pointer.charAt(end - 1));
        int first = (cells[place] & OFFSET) + 1;
        int count = cells[first - 1];
        int found = MISSING;
        for (int at = first; at < first + count; at++) {
            if ((cells[at] & ~OFFSET) == mark && same(cells[at] & OFFSET, pointer, from, end)) {
                if (found >= 0) {
                    return UNSURE;
                }
                found = at + count;
            }
        }
        return found;
    }

    /// Names are of ASCII, so that a byte is a character.
    private boolean same(int start, String pointer, int from, int end) {
        int length = end - from;
        if (start + length >= body.length) {
            return false;
        }
        for (int i = 0; i < length; i++) {
            if (body[start + i] != pointer.charAt(from + i)) {
                return false;
            }
        }
        return ends(start, start + length);
    }

    /// Whether the name that begins at one offset ends in front of another.
    private boolean ends(int start, int at) {
        byte next = body[at];
        return switch (body[start - 1]) {
            case '"' -> next == '"';
            // Text beside attributes, which has no name.
            case '>' -> at == start;
            default -> next == '=' || next == '>' || next == '/' || Scanner.isBlank(next);
        };
    }

    private int element(int place, String pointer, int from, int end) {
        boolean zeroInFront = end - from > 1 && pointer.charAt(from) == '0';
        if (from == end || end - from > MOST_DIGITS || zeroInFront) {
            return MISSING;
        }
        int index = 0;
        for (int i = from; i < end; i++) {
            char digit = pointer.charAt(i);
            if (digit < '0' || digit > '9') {
                return MISSING;
            }
            index = index * 10 + digit - '0';
        }
        int first = (cells[place] & OFFSET) + 1;
        return index < cells[first - 1] ? first + index : MISSING;
    }

    private void push(int cell) {
        reserve(1);
        pending++;
        cells[cells.length - pending] = cell;
    }

    /// Makes room for more cells between both ends.
    private void reserve(int more) {
        if (size + pending + more > cells.length) {
            int[] wider = new int[2 * cells.length + more];
            System.arraycopy(cells, 0, wider, 0, size);
            System.arraycopy(cells, cells.length - pending, wider, wider.length - pending, pending);
            cells = wider;
        }
    }
}
