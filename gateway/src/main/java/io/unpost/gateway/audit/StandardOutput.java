package io.unpost.gateway.audit;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;

/// Adds lines to standard output, between what is logged there.
final class StandardOutput implements Output {

    private final OutputStream out;
    private boolean whole = true;

    StandardOutput(OutputStream out) {
        this.out = out;
    }

    /// That of the process; not `System.out`, which hides what goes wrong.
    static StandardOutput ofProcess() {
        return new StandardOutput(new FileOutputStream(FileDescriptor.out));
    }

    @Override
    public synchronized void write(String line) throws IOException {
        String start = whole ? "" : "\n";
        whole = false;
        out.write((start + line + "\n").getBytes(US_ASCII));
        whole = true;
    }
}
