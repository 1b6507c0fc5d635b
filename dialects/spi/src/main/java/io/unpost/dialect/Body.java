package io.unpost.dialect;

import io.unpost.dialect.Document.Framing;
import org.jspecify.annotations.Nullable;

/// What can be read of a body: by the tape where it has no defect, by the document, which takes its time and knows
/// what to make of defects, where the tape is not sure. Both say the same wherever both say anything.
final class Body {

    private final byte[] bytes;
    private final Framing framing;
    private final @Nullable Tape tape;
    private @Nullable Document document;

    private Body(byte[] bytes, Framing framing, @Nullable Tape tape) {
        this.bytes = bytes;
        this.framing = framing;
        this.tape = tape;
    }

    static Body read(byte[] bytes, Framing framing) {
        return new Body(bytes, framing, framing == Framing.CUT ? null : scanned(bytes));
    }

    /// The text at a JSON pointer; null where there is none.
    @Nullable
    String text(String pointer) {
        int place = find(pointer);
        if (place == Tape.UNSURE || tape == null) {
            return document().at(pointer).orElse(null);
        }
        return place == Tape.MISSING ? null : tape.text(place);
    }

    /// Whether there is anything but null and emptiness at a JSON pointer.
    boolean has(String pointer) {
        int place = find(pointer);
        if (place == Tape.UNSURE || tape == null) {
            return document().has(pointer);
        }
        return place != Tape.MISSING && tape.holds(place);
    }

    private int find(String pointer) {
        return tape == null ? Tape.UNSURE : tape.find(Pointer.of(pointer));
    }

    private Document document() {
        if (document == null) {
            document = Document.read(bytes, framing);
        }
        return document;
    }

    static @Nullable Tape scanned(byte[] bytes) {
        if (bytes.length > Tape.MOST_BYTES) {
            return null;
        }
        int at = 0;
        while (at < bytes.length && bytes[at] <= ' ' && bytes[at] >= 0) {
            at++;
        }
        boolean xml = at < bytes.length && bytes[at] == '<';
        Scanner scanner = xml ? new XmlScanner(bytes) : new JsonScanner(bytes);
        return scanner.document() && !scanner.tape.full() ? scanner.tape : null;
    }
}
