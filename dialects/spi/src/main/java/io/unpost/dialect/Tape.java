package io.unpost.dialect;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// A body without a defect, as a row of numbers that tell where in its bytes things stand. Texts and names are made of
/// the bytes when they are asked for.
///
/// A value is a cell with its kind and first byte. What holds others is followed by them, and has the place behind the
/// last one instead, and how many fields there are. In front of the value of a field stands a cell with its name: its
/// length and first byte.
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
    /// A name among some that stand twice, or a pointer with escapes: the tree knows what to make of it.
    static final int UNSURE = -2;

    private static final int OFFSET_BITS = 20;
    private static final int OFFSET = (1 << OFFSET_BITS) - 1;
    private static final int KIND = 7;
    private static final int COUNT_SHIFT = 23;
    /// This many fields or more.
    static final int MOST_COUNT = 0x1FF;
    /// No more bytes than an offset can name.
    static final int MOST_BYTES = 1 << OFFSET_BITS;
    /// No more bytes in a name.
    static final int MOST_NAME = 1_000;
    /// No more cells: none is of more than two tokens.
    private static final int MOST_CELLS = 45_000;

    private static final byte[] NO_SPACE = {};
    private static final byte[] TRUE = "true".getBytes(UTF_8);
    private static final byte[] FALSE = "false".getBytes(UTF_8);

    private final byte[] body;
    private int[] cells;
    private int size;
    private @Nullable Index root;
    /// That of the holder of what was asked for last.
    private @Nullable Index inner;
    private @Nullable Pointer innerOf;
    /// To write texts in.
    private byte[] space = NO_SPACE;

    /// @param body no more than [#MOST_BYTES]
    /// @param usual about how many bytes there are to a cell
    Tape(byte[] body, int usual) {
        this.body = body;
        this.cells = new int[body.length / usual + 8];
    }

    /// Whether it holds more than any provider sends.
    boolean full() {
        return size > MOST_CELLS;
    }

    /// Writes the name of the field that comes next.
    ///
    /// @param length no more than [#MOST_NAME]
    void name(int start, int length) {
        write((length << OFFSET_BITS) | start);
    }

    /// Writes a value that holds no others.
    void value(int kind, int start) {
        write((kind << OFFSET_BITS) | start);
    }

    /// Begins a value, nothing until it ends; what is written from now on belongs to it. Gives its place.
    int open() {
        write(0);
        return size - 1;
    }

    /// How many fields were written since, of which none holds others.
    int since(int place) {
        return (size - place) / 2;
    }

    /// Whether the name that was written last is that of an earlier field of what was begun, of which none holds
    /// others.
    boolean again(int place) {
        for (int other = place + 1; other < size - 1; other += 2) {
            if (alike(other, size - 1)) {
                return true;
            }
        }
        return false;
    }

    /// Ends a value that holds the fields that were written since.
    void fields(int place, int count) {
        cells[place] = (Math.min(count, MOST_COUNT) << COUNT_SHIFT) | (FIELDS << OFFSET_BITS) | size;
    }

    /// Ends a value that holds the values without names that were written since.
    void elements(int place) {
        cells[place] = (ELEMENTS << OFFSET_BITS) | size;
    }

    /// Ends a value that holds no others.
    void text(int place, int kind, int start) {
        cells[place] = (kind << OFFSET_BITS) | start;
    }

    private void write(int cell) {
        if (size == cells.length) {
            cells = Arrays.copyOf(cells, 2 * size);
        }
        cells[size++] = cell;
    }

    /// The place of what a JSON pointer names, [#MISSING] or [#UNSURE].
    int find(Pointer pointer) {
        if (!pointer.plain()) {
            return UNSURE;
        }
        Pointer holder = pointer.holder();
        if (holder == null) {
            return 0;
        }
        if (holder.holder() == null) {
            return root().find(pointer);
        }
        if (inner == null || innerOf != holder) {
            int place = find(holder);
            if (place < 0) {
                return place;
            }
            inner = new Index(this, place);
            innerOf = holder;
        }
        return inner.find(pointer);
    }

    private Index root() {
        if (root == null) {
            root = new Index(this, 0);
        }
        return root;
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
        byte first = body[start];
        if (first == 't' && Arrays.equals(body, start, end, TRUE, 0, TRUE.length)) {
            return "true";
        }
        if (first == 'f' && Arrays.equals(body, start, end, FALSE, 0, FALSE.length)) {
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
            case FIELDS, ELEMENTS -> behind(place) > place + 1;
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

    int kind(int place) {
        return (cells[place] >>> OFFSET_BITS) & KIND;
    }

    /// How many fields a value holds; no more than [#MOST_COUNT].
    int count(int place) {
        return cells[place] >>> COUNT_SHIFT;
    }

    /// The place behind a value and all that it holds.
    int behind(int place) {
        return kind(place) < FIELDS ? place + 1 : cells[place] & OFFSET;
    }

    /// The mark of the name at a place, as [Pointer#mark()] has it.
    int mark(int place) {
        return mark(body, cells[place] & OFFSET, cells[place] >>> OFFSET_BITS);
    }

    /// Most names in an object differ in it.
    static int mark(byte[] bytes, int start, int length) {
        if (length == 0) {
            return 0;
        }
        return length * 37 + bytes[start] * 5 + bytes[start + length / 2] * 3 + bytes[start + length - 1];
    }

    /// Whether this is the name at a place.
    boolean named(int place, byte[] name) {
        int start = cells[place] & OFFSET;
        int length = cells[place] >>> OFFSET_BITS;
        return length == name.length && Arrays.equals(body, start, start + length, name, 0, length);
    }

    /// Whether the names at two places are the same.
    boolean alike(int place, int other) {
        int one = cells[place] & OFFSET;
        int two = cells[other] & OFFSET;
        int length = cells[place] >>> OFFSET_BITS;
        return length == cells[other] >>> OFFSET_BITS
                && Arrays.equals(body, one, one + length, body, two, two + length);
    }
}
