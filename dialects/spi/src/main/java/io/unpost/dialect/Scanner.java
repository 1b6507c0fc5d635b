package io.unpost.dialect;

/// Goes through a body once, and writes down what stands where.
abstract sealed class Scanner permits JsonScanner, XmlScanner {

    /// No more bytes in a text.
    static final int MOST_TEXT = 200_000;

    final byte[] body;
    final Tape tape;

    /// @param body no more than [Tape#MOST_BYTES]
    /// @param usual about how many bytes there are to a cell of the tape
    Scanner(byte[] body, int usual) {
        this.body = body;
        this.tape = new Tape(body, usual);
    }

    /// Whether the body is taken; else the tape means nothing.
    abstract boolean document();

    static boolean isBlank(byte next) {
        return next <= ' ' && (next == ' ' || next == '\n' || next == '\r' || next == '\t');
    }
}
