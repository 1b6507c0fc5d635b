package io.unpost.gateway.audit;

import java.io.IOException;

/// Where the lines of the audit log go.
public interface Output {

    /// Adds one line, in one write. When this returns the operating system has it; it is not forced to the disk.
    ///
    /// @param line in ASCII, without its end
    /// @throws IOException where the line, or a part of it, is not written
    void write(String line) throws IOException;
}
