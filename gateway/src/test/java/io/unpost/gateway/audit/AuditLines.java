package io.unpost.gateway.audit;

import io.micronaut.context.annotation.Replaces;
import io.micronaut.context.annotation.Requires;
import io.micronaut.context.env.Environment;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/// The audit log of tests that name no file: standard output belongs to whoever runs them.
@Singleton
@Replaces(value = Output.class, factory = AuditFactory.class)
@Requires(env = Environment.TEST, missingProperty = "unpost.audit.file")
public final class AuditLines implements Output {

    private final List<String> lines = new ArrayList<>();

    @Override
    public synchronized void write(String line) {
        lines.add(line);
        notifyAll();
    }

    /// Waits until there are so many.
    public synchronized void await(int count) throws InterruptedException {
        while (lines.size() < count) {
            wait();
        }
    }

    /// Waits for such a line.
    public synchronized void await(Predicate<String> wanted) throws InterruptedException {
        while (lines.stream().noneMatch(wanted)) {
            wait();
        }
    }

    public synchronized List<String> lines() {
        return List.copyOf(lines);
    }
}
