package io.unpost.dialect;

import java.util.Arrays;

/// Where on a tape the fields or elements of one value stand: looked through once, however much is asked for.
final class Index {

    private final Tape tape;
    private final int holder;
    /// Of each element the place, or of each field that of its name, in a table with gaps of 0.
    private final char[] places;
    /// Whether a name stands twice, or there are too many.
    private boolean unsure;

    Index(Tape tape, int holder) {
        this.tape = tape;
        this.holder = holder;
        this.places = switch (tape.kind(holder)) {
            case Tape.FIELDS -> fields();
            case Tape.ELEMENTS -> elements();
            default -> new char[0];
        };
    }

    private char[] elements() {
        var all = new char[tape.behind(holder) - holder - 1];
        int count = 0;
        for (int place = holder + 1; place < tape.behind(holder); place = tape.behind(place)) {
            all[count++] = (char) place;
        }
        return Arrays.copyOf(all, count);
    }

    private char[] fields() {
        int count = tape.count(holder);
        // Many more of one mark would take too long.
        unsure = count == Tape.MOST_COUNT;
        // No more than two thirds of it are taken.
        var table = new char[unsure || count == 0 ? 1 : 2 * Integer.highestOneBit(count + count / 2)];
        int end = unsure ? 0 : tape.behind(holder);
        for (int place = holder + 1; place < end; place = tape.behind(place + 1)) {
            int slot = tape.mark(place) & (table.length - 1);
            while (table[slot] != 0) {
                unsure |= tape.alike(table[slot], place);
                slot = (slot + 1) & (table.length - 1);
            }
            table[slot] = (char) place;
        }
        return table;
    }

    /// The place of what the last part of a JSON pointer names, [Tape#MISSING] or [Tape#UNSURE].
    int find(Pointer pointer) {
        return switch (tape.kind(holder)) {
            case Tape.FIELDS -> unsure ? Tape.UNSURE : field(pointer);
            case Tape.ELEMENTS ->
                pointer.index() >= 0 && pointer.index() < places.length ? places[pointer.index()] : Tape.MISSING;
            default -> Tape.MISSING;
        };
    }

    private int field(Pointer pointer) {
        int slot = pointer.mark() & (places.length - 1);
        while (places[slot] != 0) {
            if (tape.named(places[slot], pointer.name())) {
                return places[slot] + 1;
            }
            slot = (slot + 1) & (places.length - 1);
        }
        return Tape.MISSING;
    }
}
