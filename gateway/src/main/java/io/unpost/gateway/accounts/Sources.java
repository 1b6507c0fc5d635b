package io.unpost.gateway.accounts;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;

/// The files that accounts were read from: an accounts file and the secret files that it names.
///
/// They are told apart by what they hold, whatever their times and links say: a mounted folder is swapped as a whole,
/// and a time may stay.
final class Sources {

    private final Map<Path, Source> sources = new LinkedHashMap<>();

    /// @param mostBytes a longer file is unreadable
    /// @param state a hash of the content, or why there is none
    private record Source(int mostBytes, String state) {}

    /// The text of a file, which is one of the sources from now on.
    ///
    /// @param mostBytes a longer file is unreadable
    FileText read(Path file, int mostBytes) {
        FileText text = FileText.of(file, mostBytes);
        sources.put(file, new Source(mostBytes, state(text)));
        return text;
    }

    /// The same files as they are now.
    Sources now() {
        var now = new Sources();
        sources.forEach((file, source) -> now.read(file, source.mostBytes()));
        return now;
    }

    boolean hold(Sources others) {
        return sources.equals(others.sources);
    }

    private static String state(FileText text) {
        return switch (text) {
            case FileText.Content(String content) -> HexFormat.of().formatHex(hash(content));
            case FileText.Unreadable(String why) -> why;
        };
    }

    private static byte[] hash(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
