package io.unpost.gateway.http;

import io.unpost.gateway.engine.Time;
import java.time.Duration;
import java.time.Instant;

/// Time that never passes, so that every answer is of the same moment.
final class StoppedTime implements Time {

    /// When it is.
    static final Instant NOW = Instant.parse("2026-11-23T18:25:43.511Z");

    @Override
    public Instant instant() {
        return NOW;
    }

    @Override
    public Duration elapsed() {
        return Duration.ZERO;
    }

    @Override
    public void sleep(Duration duration) {}
}
