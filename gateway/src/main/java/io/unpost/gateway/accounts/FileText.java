package io.unpost.gateway.accounts;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/// What is in a file of UTF-8, or why that cannot be known.
sealed interface FileText {

    /// There is no file of that name.
    Unreadable ABSENT = new Unreadable("does not exist");

    /// The whole text.
    record Content(String text) implements FileText {

        /// May be a secret.
        @Override
        public String toString() {
            return "***";
        }
    }

    /// No text.
    ///
    /// @param why in words that follow "the file"
    record Unreadable(String why) implements FileText {}

    /// The text of a file.
    ///
    /// @param mostBytes a longer file is unreadable
    static FileText of(Path file, int mostBytes) {
        if (Files.isDirectory(file)) {
            return new Unreadable("is a folder");
        }
        try (InputStream in = Files.newInputStream(file)) {
            byte[] bytes = in.readNBytes(mostBytes + 1);
            return bytes.length > mostBytes
                    ? new Unreadable("is too large; at most " + mostBytes / 1024 + " KiB are allowed")
                    : new Content(
                            UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString());
        } catch (NoSuchFileException _) {
            return ABSENT;
        } catch (CharacterCodingException _) {
            return new Unreadable("is not UTF-8");
        } catch (IOException _) {
            return new Unreadable("cannot be read");
        }
    }
}
