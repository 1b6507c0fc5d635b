package io.unpost.gateway.battery;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicLong;

/// Looks for secrets in what a gateway logs, and keeps what is more than information.
final class GatewayLog implements AutoCloseable {

    /// How many lines are kept.
    private static final int MOST = 10_000;

    private final Examiner examiner;
    private final Writer file;
    private final AtomicLong warnings = new AtomicLong();

    GatewayLog(Path file, Examiner examiner) throws IOException {
        this.examiner = examiner;
        this.file = Files.newBufferedWriter(file);
    }

    void add(String line) {
        examiner.add(Shape.secrets(line).toList());
        if (!line.contains(" INFO ") && warnings.incrementAndGet() <= MOST) {
            try {
                file.write(line + "\n");
                file.flush();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /// How many lines there were that are no information, those of stack traces too.
    long warnings() {
        return warnings.get();
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
