import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/// The programs that a run starts, each on one core, and the folder in which they write. Neither outlives the run.
final class Programs {

    private static final List<String> SETTINGS =
            List.of("UNPOST_", "MICRONAUT_", "OTEL_", "JWT_", "JAVA_", "JDK_JAVA_", "_JAVA_");

    private final List<Process> running = new ArrayList<>();
    private final Path folder;
    private boolean closed;

    Programs() {
        try {
            folder = Files.createTempDirectory("unpost-bench-");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Runtime.getRuntime().addShutdownHook(new Thread(this::close));
    }

    Path folder() {
        return folder;
    }

    /// Whether the run was interrupted: what fails then has no other reason.
    synchronized boolean closed() {
        return closed;
    }

    /// @param log a file in the folder, for all that the program prints
    synchronized Process start(int core, String log, Map<String, String> environment, List<String> command) {
        if (closed) {
            throw new Failure("the run has ended");
        }
        var pinned = new ArrayList<>(List.of("taskset", "-c", Integer.toString(core)));
        pinned.addAll(command);
        var builder = new ProcessBuilder(pinned)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve(log).toFile());
        builder.environment().keySet().removeIf(name -> SETTINGS.stream().anyMatch(name::startsWith));
        builder.environment().putAll(environment);
        try {
            Process started = builder.start();
            running.add(started);
            return started;
        } catch (IOException e) {
            throw new Failure(e.getMessage());
        }
    }

    /// What a program prints that ends by itself.
    String output(int core, String log, List<String> command) {
        Process process = start(core, log, Map.of(), command);
        try {
            int status = process.waitFor();
            if (status != 0) {
                throw new Failure(command.getFirst() + " ended with " + status + ": " + tail(log));
            }
            return read(log);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        } finally {
            stop(process);
        }
    }

    /// The end of what a program has printed.
    String tail(String log) {
        String text = read(log).strip();
        return text.substring(Math.max(0, text.length() - 2000));
    }

    private String read(String log) {
        try {
            return Files.readString(folder.resolve(log), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Ends it and its children: by SIGTERM, on which nginx ends its worker, and what is left of them by SIGKILL.
    void stop(Process process) {
        List<ProcessHandle> children = process.descendants().toList();
        process.destroy();
        try {
            process.waitFor(Duration.ofMillis(500).toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
        process.destroyForcibly();
        children.forEach(ProcessHandle::destroyForcibly);
        synchronized (this) {
            running.remove(process);
        }
    }

    private void close() {
        List<Process> left;
        synchronized (this) {
            closed = true;
            left = List.copyOf(running);
        }
        left.forEach(this::stop);
        left.forEach(process -> process.onExit().join());
        try (Stream<Path> files = Files.walk(folder)) {
            files.sorted(Comparator.reverseOrder())
                    .forEach(file -> file.toFile().delete());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
