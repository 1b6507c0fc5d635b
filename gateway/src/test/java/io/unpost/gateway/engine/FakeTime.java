package io.unpost.gateway.engine;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// Time that passes only when it is told to.
public final class FakeTime implements Time {

    /// Where it starts.
    public static final Instant START = Instant.parse("2026-11-23T18:25:43.511Z");

    private final List<Duration> sleeps = new ArrayList<>();
    private Duration elapsed = Duration.ZERO;

    @Override
    public synchronized Instant instant() {
        return START.plus(elapsed);
    }

    @Override
    public synchronized Duration elapsed() {
        return elapsed;
    }

    @Override
    public synchronized void sleep(Duration duration) {
        sleeps.add(duration);
        pass(duration);
    }

    /// Lets time pass.
    public synchronized void pass(Duration duration) {
        elapsed = elapsed.plus(duration);
    }

    /// How long was slept each time.
    public synchronized List<Duration> sleeps() {
        return List.copyOf(sleeps);
    }
}
