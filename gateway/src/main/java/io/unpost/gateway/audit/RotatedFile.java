package io.unpost.gateway.audit;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.FileOutputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Adds lines to a file, which is renamed to `.1` when it is full, as `.1` is to `.2`, and so on.
///
/// Before every line it is seen to that the file is still the one that is open: one that was moved or removed meanwhile
/// is not written to unseen. Its streams are of a kind that an interrupted thread does not close.
final class RotatedFile implements Output {

    private static final FileAttribute<?>[] FOR_ITS_OWNER = {
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
    };

    private final Path file;
    private final long maxBytes;
    private final int keep;
    private @Nullable Open open;
    /// Whether the file is known to end with a whole line.
    private boolean whole;

    /// @param key tells the file from every other one; null where that cannot be told
    private record Open(FileOutputStream out, @Nullable Object key) {}

    /// @param maxBytes how long the file may become; only a line that is longer itself makes it longer
    /// @param keep how many full files are kept beside it
    /// @throws IOException where it cannot be written
    RotatedFile(Path file, long maxBytes, int keep) throws IOException {
        this.file = file;
        this.maxBytes = maxBytes;
        this.keep = keep;
        size();
    }

    @Override
    public synchronized void write(String line) throws IOException {
        long size = size();
        String start = whole || endsWithLine() ? "" : "\n";
        byte[] bytes = (start + line + "\n").getBytes(US_ASCII);
        if (size > 0 && size + bytes.length > maxBytes) {
            close();
            rotate();
            size();
            bytes = (line + "\n").getBytes(US_ASCII);
        }
        whole = false;
        Objects.requireNonNull(open).out().write(bytes);
        whole = true;
    }

    /// How long the file is, once it is the one that is open.
    private long size() throws IOException {
        if (open != null && open.key() != null) {
            BasicFileAttributes there = attributes();
            if (there != null && open.key().equals(there.fileKey())) {
                return there.size();
            }
        }
        close();
        create();
        BasicFileAttributes before = attributes();
        var out = new FileOutputStream(file.toFile(), true);
        BasicFileAttributes after = attributes();
        // Where somebody moves it in the same moment, it may be either of two that is open.
        Object key = after == null ? null : after.fileKey();
        open = new Open(out, before != null && Objects.equals(before.fileKey(), key) ? key : null);
        return after == null ? 0 : after.size();
    }

    private void close() throws IOException {
        if (open != null) {
            FileOutputStream out = open.out();
            open = null;
            whole = false;
            out.close();
        }
    }

    /// Null where there is no such file.
    private @Nullable BasicFileAttributes attributes() throws IOException {
        try {
            return Files.readAttributes(file, BasicFileAttributes.class);
        } catch (NoSuchFileException _) {
            return null;
        }
    }

    private void create() throws IOException {
        if (Files.exists(file)) {
            return;
        }
        boolean posix = file.getFileSystem().supportedFileAttributeViews().contains("posix");
        try {
            Files.createFile(file, posix ? FOR_ITS_OWNER : new FileAttribute<?>[0]);
        } catch (FileAlreadyExistsException _) {
            // Somebody else was faster.
        }
    }

    /// False where a crash, or a disk that was full, has cut the last line short.
    private boolean endsWithLine() throws IOException {
        try (var in = new RandomAccessFile(file.toFile(), "r")) {
            if (in.length() == 0) {
                return true;
            }
            in.seek(in.length() - 1);
            return in.read() == '\n';
        }
    }

    /// Frees the file's name. What breaks off in between leaves a gap, which is filled the next time.
    private void rotate() throws IOException {
        int last = 1;
        while (last < keep && Files.exists(numbered(last))) {
            last++;
        }
        for (int number = last; number > 1; number--) {
            rename(numbered(number - 1), numbered(number));
        }
        rename(file, numbered(1));
    }

    private Path numbered(int number) {
        return file.resolveSibling(file.getFileName() + "." + number);
    }

    private static void rename(Path from, Path to) throws IOException {
        Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
    }
}
