package io.unpost.gateway.accounts;

import java.nio.file.Path;

/// One thing that is wrong with an accounts file, in words that hold no value from it.
///
/// @param file the accounts file
/// @param line where in it, counted from 1; 0 for the file as a whole
/// @param text which account and key, what is wrong, what is allowed
public record Mistake(Path file, int line, String text) {

    /// The line an operator reads: `file:line: account 'x': key 'y': what is wrong`.
    @Override
    public String toString() {
        return line == 0 ? file + ": " + text : file + ":" + line + ": " + text;
    }
}
