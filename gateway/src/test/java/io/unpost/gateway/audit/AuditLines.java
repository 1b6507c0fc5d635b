package io.unpost.gateway.audit;

import io.micronaut.context.annotation.Replaces;
import io.micronaut.context.annotation.Requires;
import io.micronaut.context.env.Environment;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;

/// The audit log of tests that name no file: standard output belongs to whoever runs them.
@Singleton
@Replaces(value = Output.class, factory = AuditFactory.class)
@Requires(env = Environment.TEST, missingProperty = "unpost.audit.file")
public final class AuditLines implements Output {

    private static final Duration HANG = Duration.ofSeconds(30);

    private final List<String> lines = new ArrayList<>();

    @Override
    public synchronized void write(String line) {
        lines.add(line);
        notifyAll();
    }

    /// Waits until there are so many.
    ///
    /// @throws AssertionError where there are fewer after a time that only a hang can take
    public synchronized void await(int count) throws InterruptedException {
        if (!within(() -> lines.size() >= count)) {
            throw new AssertionError("there are " + lines.size() + " lines instead of " + count);
        }
    }

    /// Waits for such a line.
    ///
    /// @throws AssertionError where there is none after a time that only a hang can take
    public synchronized void await(Predicate<String> wanted) throws InterruptedException {
        if (!within(() -> lines.stream().anyMatch(wanted))) {
            throw new AssertionError("there is no such line: " + lines);
        }
    }

    private synchronized boolean within(BooleanSupplier there) throws InterruptedException {
        long end = System.nanoTime() + HANG.toNanos();
        while (!there.getAsBoolean()) {
            long left = Duration.ofNanos(end - System.nanoTime()).toMillis();
            if (left <= 0) {
                return false;
            }
            wait(left);
        }
        return true;
    }

    public synchronized List<String> lines() {
        return List.copyOf(lines);
    }
}
