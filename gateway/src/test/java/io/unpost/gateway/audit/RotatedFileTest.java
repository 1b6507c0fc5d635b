package io.unpost.gateway.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class RotatedFileTest {

    private static final long LARGE = 1 << 20;

    @TempDir
    private Path temp;

    private Path folder;
    private Path file;

    @BeforeEach
    void make() throws IOException {
        folder = Files.createDirectory(temp.resolve("audit"));
        file = folder.resolve("audit.log");
    }

    @Test
    void linesAreAddedToWhatIsThere() throws IOException {
        Files.writeString(file, "before\n");

        var log = new RotatedFile(file, LARGE, 2);
        log.write("one");
        log.write("two");

        assertThat(file).hasContent("before\none\ntwo\n");
    }

    @Test
    void onlyItsOwnerReadsIt() throws IOException {
        assumeTrue(file.getFileSystem().supportedFileAttributeViews().contains("posix"));
        var log = new RotatedFile(file, 4, 2);
        log.write("one");
        log.write("two");

        for (Path each : List.of(file, numbered(1))) {
            assertThat(Files.getPosixFilePermissions(each))
                    .containsExactlyInAnyOrder(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);
        }
    }

    @Test
    void lineThatACrashCutShortStaysOnALineOfItsOwn() throws IOException {
        Files.writeString(file, "whole\n{\"cut");

        var log = new RotatedFile(file, LARGE, 2);
        log.write("next");
        log.write("last");

        assertThat(file).hasContent("whole\n{\"cut\nnext\nlast\n");
    }

    @Test
    void fullFileIsRenamedAndTheOldestOneGoes() throws IOException {
        var log = new RotatedFile(file, 8, 2);
        for (String line : List.of("a", "b", "c", "d", "e", "f", "g", "h", "i", "j", "k", "l", "m")) {
            log.write(line);
        }

        assertThat(file).hasContent("m\n");
        assertThat(numbered(1)).hasContent("i\nj\nk\nl\n");
        assertThat(numbered(2)).hasContent("e\nf\ng\nh\n");
        assertThat(numbered(3)).doesNotExist();
    }

    @Test
    void oneFileIsKeptWhereOneIsWanted() throws IOException {
        var log = new RotatedFile(file, 2, 1);
        for (String line : List.of("a", "b", "c")) {
            log.write(line);
        }

        assertThat(file).hasContent("c\n");
        assertThat(numbered(1)).hasContent("b\n");
        assertThat(numbered(2)).doesNotExist();
    }

    /// A crash between two renames leaves a gap; nothing above it has to move.
    @Test
    void gapAmongTheFilesIsFilled() throws IOException {
        Files.writeString(file, "new\n");
        Files.writeString(numbered(1), "old\n");
        Files.writeString(numbered(3), "oldest\n");

        new RotatedFile(file, 4, 3).write("newest");

        assertThat(file).hasContent("newest\n");
        assertThat(numbered(1)).hasContent("new\n");
        assertThat(numbered(2)).hasContent("old\n");
        assertThat(numbered(3)).hasContent("oldest\n");
    }

    @Test
    void lineLongerThanAFileIsStillOneLine() throws IOException {
        String line = "x".repeat(100_000);
        var log = new RotatedFile(file, 1024, 2);
        log.write("short");
        log.write(line);
        log.write("short");

        assertThat(numbered(2)).hasContent("short\n");
        assertThat(numbered(1)).hasContent(line + "\n");
        assertThat(file).hasContent("short\n");
    }

    @Test
    void manyWritersLoseAndSplitNoLine() throws Exception {
        var log = new RotatedFile(file, 1000, 9999);
        List<String> lines = IntStream.range(0, 4000)
                .mapToObj(number -> number + " " + "x".repeat(number % 97) + " end")
                .toList();
        try (var writers = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Callable<Void>> tasks = new ArrayList<>();
            for (String line : lines) {
                tasks.add(() -> {
                    log.write(line);
                    return null;
                });
            }
            for (var task : writers.invokeAll(tasks)) {
                task.get();
            }
        }

        assertThat(everyLine()).containsExactlyInAnyOrderElementsOf(lines);
    }

    /// A channel would be closed by the interrupt, for good.
    @Test
    void interruptedThreadStillWrites() throws IOException {
        var log = new RotatedFile(file, LARGE, 2);
        Thread.currentThread().interrupt();
        try {
            log.write("one");
        } finally {
            assertThat(Thread.interrupted()).isTrue();
        }
        log.write("two");

        assertThat(file).hasContent("one\ntwo\n");
    }

    @Test
    void movedFileIsBegunAnew() throws IOException {
        var log = new RotatedFile(file, LARGE, 2);
        log.write("one");
        Files.move(file, folder.resolve("elsewhere"));
        log.write("two");

        assertThat(folder.resolve("elsewhere")).hasContent("one\n");
        assertThat(file).hasContent("two\n");
    }

    @Test
    void folderThatIsGoneIsAFailureUntilItIsBack() throws IOException {
        var log = new RotatedFile(file, LARGE, 2);
        Path away = temp.resolve("away");
        Files.move(folder, away);

        assertThatThrownBy(() -> log.write("one")).isInstanceOf(IOException.class);

        Files.move(away, folder);
        log.write("two");
        assertThat(file).hasContent("two\n");
    }

    private List<String> everyLine() throws IOException {
        List<String> lines = new ArrayList<>();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path each : (Iterable<Path>) files::iterator) {
                assertThat(Files.size(each)).isBetween(1L, 1000L);
                lines.addAll(Files.readAllLines(each));
            }
        }
        return lines;
    }

    private Path numbered(int number) {
        return folder.resolve("audit.log." + number);
    }
}
