package io.unpost.gateway.audit;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.FileOutputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;

/// Adds lines to a file, which is renamed to `.1` when it is full, as `.1` is to `.2`, and so on.
///
/// The file is opened for every line: one that was moved or removed meanwhile is not written to unseen. Its streams are
/// of a kind that an interrupted thread does not close.
final class RotatedFile implements Output {

    private static final FileAttribute<?>[] FOR_ITS_OWNER = {
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
    };

    private final Path file;
    private final long maxBytes;
    private final int keep;
    /// Whether the file is known to end with a whole line.
    private boolean whole;

    /// @param maxBytes how long the file may become; only a line that is longer itself makes it longer
    /// @param keep how many full files are kept beside it
    /// @throws IOException where it cannot be written
    RotatedFile(Path file, long maxBytes, int keep) throws IOException {
        this.file = file;
        this.maxBytes = maxBytes;
        this.keep = keep;
        create();
        new FileOutputStream(file.toFile(), true).close();
    }

    @Override
    public synchronized void write(String line) throws IOException {
        create();
        String start = whole || endsWithLine() ? "" : "\n";
        byte[] bytes = (start + line + "\n").getBytes(US_ASCII);
        long size = Files.size(file);
        if (size > 0 && size + bytes.length > maxBytes) {
            rotate();
            create();
            bytes = (line + "\n").getBytes(US_ASCII);
        }
        whole = false;
        try (var out = new FileOutputStream(file.toFile(), true)) {
            out.write(bytes);
        }
        whole = true;
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
