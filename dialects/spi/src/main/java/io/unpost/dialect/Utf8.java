package io.unpost.dialect;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/// UTF-8 without the copies of a decoder.
final class Utf8 {

    private static final VarHandle EIGHT = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle FOUR = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    /// A one in each of eight bytes.
    private static final long ONES = 0x0101_0101_0101_0101L;

    private static final long HIGHEST_BITS = ONES << 7;

    private Utf8() {}

    /// Four bytes as a number, to compare them at once.
    static int four(byte[] bytes, int at) {
        return (int) FOUR.get(bytes, at);
    }

    /// The offset of the next byte that is one of these three, a control character below the space, or no ASCII; where
    /// there is none, the end.
    static int stop(byte[] bytes, int from, char one, char two, char three) {
        int at = from;
        for (; at + Long.BYTES <= bytes.length; at += Long.BYTES) {
            long eight = (long) EIGHT.get(bytes, at);
            // Sets the highest bit of each byte that is one of them. A borrow may set others, all of them behind it.
            long stops = eight
                    | (eight - ONES * ' ')
                    | ((eight ^ (ONES * one)) - ONES)
                    | ((eight ^ (ONES * two)) - ONES)
                    | ((eight ^ (ONES * three)) - ONES);
            if ((stops & HIGHEST_BITS) != 0) {
                return at + (Long.numberOfTrailingZeros(stops & HIGHEST_BITS) >>> 3);
            }
        }
        while (at < bytes.length && bytes[at] >= ' ' && bytes[at] != one && bytes[at] != two && bytes[at] != three) {
            at++;
        }
        return at;
    }

    /// The offset of the next byte that is a quotation mark, a backslash, a control character below the space, or no
    /// ASCII; where there is none, the end.
    static int quote(byte[] bytes, int from) {
        int at = from;
        for (; at + Long.BYTES <= bytes.length; at += Long.BYTES) {
            long eight = (long) EIGHT.get(bytes, at);
            // As above; with its second bit turned over, a quotation mark follows the control characters.
            long stops = eight | ((eight ^ (ONES * 2)) - ONES * '!') | ((eight ^ (ONES * '\\')) - ONES);
            if ((stops & HIGHEST_BITS) != 0) {
                return at + (Long.numberOfTrailingZeros(stops & HIGHEST_BITS) >>> 3);
            }
        }
        while (at < bytes.length && bytes[at] >= ' ' && bytes[at] != '"' && bytes[at] != '\\') {
            at++;
        }
        return at;
    }

    /// The offset of the next such byte; where there is none, the end.
    static int next(byte[] bytes, int from, byte wanted) {
        int at = from;
        for (; at + Long.BYTES <= bytes.length; at += Long.BYTES) {
            long found = found((long) EIGHT.get(bytes, at), wanted);
            if (found != 0) {
                return at + (Long.numberOfTrailingZeros(found) >>> 3);
            }
        }
        while (at < bytes.length && bytes[at] != wanted) {
            at++;
        }
        return at;
    }

    /// Copies what stands in front of the next such byte, or of the end, and may write up to seven bytes behind it
    /// where
    /// the text goes on for as long. Gives its offset.
    static int copy(byte[] bytes, int from, int end, byte[] copy, int size, byte wanted) {
        int at = from;
        int to = size;
        for (; at + Long.BYTES <= end; at += Long.BYTES, to += Long.BYTES) {
            long eight = (long) EIGHT.get(bytes, at);
            EIGHT.set(copy, to, eight);
            long found = found(eight, wanted);
            if (found != 0) {
                return at + (Long.numberOfTrailingZeros(found) >>> 3);
            }
        }
        while (at < end && bytes[at] != wanted) {
            copy[to++] = bytes[at++];
        }
        return at;
    }

    /// Sets the highest bit of the first such byte, and none in front of it.
    private static long found(long eight, byte wanted) {
        long others = eight ^ (ONES * wanted);
        return (others - ONES) & ~others & HIGHEST_BITS;
    }

    /// How many bytes the character of several takes that begins at an offset; 0 where it is none that RFC 3629 knows.
    static int length(byte[] bytes, int at) {
        if (at == bytes.length) {
            return 0;
        }
        int first = bytes[at] & 0xFF;
        int length = first < 0xC2 ? 0 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : first < 0xF5 ? 4 : 0;
        if (length == 0 || at + length > bytes.length) {
            return 0;
        }
        int second = bytes[at + 1] & 0xFF;
        // The shortest form only, no surrogates, nothing beyond U+10FFFF.
        int least = first == 0xE0 ? 0xA0 : first == 0xF0 ? 0x90 : 0x80;
        int most = first == 0xED ? 0x9F : first == 0xF4 ? 0x8F : 0xBF;
        if (second < least || second > most) {
            return 0;
        }
        for (int i = at + 2; i < at + length; i++) {
            if ((bytes[i] & 0xC0) != 0x80) {
                return 0;
            }
        }
        return length;
    }

    /// Writes a character; gives the offset behind it.
    static int write(int character, byte[] bytes, int at) {
        if (character < 0x80) {
            bytes[at] = (byte) character;
            return at + 1;
        }
        int length = character < 0x800 ? 2 : character < 0x10000 ? 3 : 4;
        int rest = character;
        for (int i = at + length - 1; i > at; i--) {
            bytes[i] = (byte) (0x80 | (rest & 0x3F));
            rest >>= 6;
        }
        bytes[at] = (byte) ((0xF00 >> length) | rest);
        return at + length;
    }
}
