package io.unpost.dialect;

import static java.nio.charset.StandardCharsets.UTF_8;

import org.jspecify.annotations.Nullable;

/// A JSON pointer, taken apart: what names a field or an element, and the pointer to what holds it.
final class Pointer {

    /// Those that were asked for last, each at a place of its hash: dialects ask each answer for the same few. There is
    /// no lock, because one that another thread does not see, or writes over, is only taken apart once more.
    private static final @Nullable Pointer[] KNOWN = new Pointer[256];
    /// How many of about one hash there is room for.
    private static final int PLACES = 4;
    /// Indices of more digits are those of no array.
    private static final int MOST_DIGITS = 6;

    private final String text;
    private final boolean plain;
    private final @Nullable Pointer holder;
    private final byte[] name;
    private final int mark;
    private final int index;

    private Pointer(String text) {
        int slash = text.lastIndexOf('/');
        String last = text.substring(slash + 1);
        this.text = text;
        this.plain = (text.isEmpty() || text.charAt(0) == '/') && text.indexOf('~') < 0;
        this.holder = plain && slash >= 0 ? of(text.substring(0, slash)) : null;
        this.name = last.getBytes(UTF_8);
        this.mark = Tape.mark(name, 0, name.length);
        this.index = index(last);
    }

    static Pointer of(String text) {
        int slot = text.hashCode() & (KNOWN.length - 1);
        for (int i = 0; i < PLACES; i++) {
            Pointer known = KNOWN[slot ^ i];
            if (known == null) {
                slot ^= i;
                break;
            }
            if (known.text.equals(text)) {
                return known;
            }
        }
        var pointer = new Pointer(text);
        KNOWN[slot] = pointer;
        return pointer;
    }

    private static int index(String text) {
        boolean digits = text.chars().allMatch(digit -> digit >= '0' && digit <= '9');
        boolean plain = !text.isEmpty() && (text.charAt(0) != '0' || text.length() == 1);
        return digits && plain && text.length() <= MOST_DIGITS ? Integer.parseInt(text) : -1;
    }

    /// Whether it has no escapes, and is none of those that name nothing.
    boolean plain() {
        return plain;
    }

    /// That of what holds what it names; null where it names the whole.
    @Nullable
    Pointer holder() {
        return holder;
    }

    /// The name of a field, which nobody changes.
    byte[] name() {
        return name;
    }

    /// The mark of such a name, as [Tape#mark(int)] has it.
    int mark() {
        return mark;
    }

    /// The place among elements; -1 where it is none.
    int index() {
        return index;
    }
}
