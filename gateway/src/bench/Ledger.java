import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import java.util.stream.Stream;

/// What callers were answered, against what the gateway says in its audit log and its metrics.
final class Ledger {

    private final Path file;
    private long answered;
    private long cutOff;
    private long intents;
    private long deleted;
    private long others;

    /// @param file the audit log
    Ledger(Path file) {
        this.file = file;
    }

    Path file() {
        return file;
    }

    /// @param requests that were answered
    /// @param open how many may have been under way when their callers left
    void answered(long requests, int open) {
        answered += requests;
        cutOff += open;
    }

    /// Counts the full files of the audit log and removes them: a run has gigabytes of them.
    void collect() {
        try (Stream<Path> files = Files.list(file.resolveSibling("."))) {
            String name = file.getFileName() + ".";
            List<Path> full = files.filter(each -> each.getFileName().toString().startsWith(name))
                    .toList();
            for (Path each : full) {
                count(each);
                Files.delete(each);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void count(Path part) throws IOException {
        try (Stream<String> lines = Files.lines(part)) {
            lines.forEach(line -> {
                if (line.contains("\"event\":\"intent\"")) {
                    intents++;
                } else if (line.contains("\"event\":\"outcome\"") && line.contains("\"outcome\":\"deleted\"")) {
                    deleted++;
                } else {
                    others++;
                }
            });
        }
    }

    /// @param metrics the gateway's, in Prometheus's text format
    void settle(Supplier<String> metrics) {
        long before;
        long counted = counted(metrics.get(), true);
        do {
            before = counted;
            LockSupport.parkNanos(100_000_000);
            counted = counted(metrics.get(), true);
        } while (before != counted);
        collect();
        try {
            count(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        long wrong = counted(metrics.get(), false) + others;
        if (wrong != 0 || intents != deleted || !right(deleted) || !right(counted)) {
            throw new Failure(
                    answered + " deletes were answered, and up to " + cutOff + " more cut off; the audit log has "
                            + intents + " intents and " + deleted + " deleted, the metrics " + counted + "; " + wrong
                            + " ended in another way");
        }
        System.out.printf("  %,d deletes answered; audited: %,d; counted: %,d%n", answered, deleted, counted);
    }

    private boolean right(long number) {
        return answered <= number && number <= answered + cutOff;
    }

    private static long counted(String metrics, boolean deleted) {
        return metrics.lines()
                .filter(line -> line.startsWith("unpost_deletes_total{"))
                .filter(line -> line.contains("outcome=\"deleted\"") == deleted)
                .mapToLong(line -> (long) Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .sum();
    }
}
