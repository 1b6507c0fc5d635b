package io.unpost.gateway.engine;

import java.util.HexFormat;
import java.util.function.Consumer;
import java.util.function.Supplier;

/// Nonces of 128 bits that nobody can guess, each used once: RFC 5849 section 3.3. For any number of threads at once.
public final class Nonces implements Supplier<String> {

    private static final int BYTES = 16;

    private final Consumer<byte[]> random;
    /// Enough for many: a source of such numbers takes its time whenever it is asked, however much for.
    private final byte[] ready = new byte[64 * BYTES];
    private int used = ready.length;

    /// @param random fills bytes with numbers that nobody can guess
    public Nonces(Consumer<byte[]> random) {
        this.random = random;
    }

    @Override
    public synchronized String get() {
        if (used == ready.length) {
            random.accept(ready);
            used = 0;
        }
        used += BYTES;
        return HexFormat.of().formatHex(ready, used - BYTES, used);
    }
}
