package io.unpost.gateway;

import io.micronaut.context.annotation.Replaces;
import io.micronaut.context.annotation.Requires;
import io.unpost.gateway.engine.Time;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;

/// The time of this machine, later by as much as a test wants.
@Singleton
@Replaces(SystemTime.class)
@Requires(property = LaterTime.PROPERTY)
final class LaterTime implements Time {

    static final String PROPERTY = "unpost.test.later-time";

    private final AtomicReference<Duration> later = new AtomicReference<>(Duration.ZERO);

    @Override
    public Instant instant() {
        return Instant.now();
    }

    @Override
    public Duration elapsed() {
        return Duration.ofNanos(System.nanoTime()).plus(later.get());
    }

    @Override
    public void sleep(Duration duration) throws InterruptedException {
        Thread.sleep(duration);
    }

    void pass(Duration duration) {
        later.updateAndGet(duration::plus);
    }
}
