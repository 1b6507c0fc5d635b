package io.unpost.gateway.http;

import io.unpost.gateway.engine.Time;
import java.time.Duration;
import java.time.Instant;

/// Time that passes only from one script to the next, and leaves every answer at the same moment.
final class StoppedTime implements Time {

    /// When it is.
    static final Instant NOW = Instant.parse("2026-11-23T18:25:43.511Z");

    private volatile Duration elapsed = Duration.ZERO;

    @Override
    public Instant instant() {
        return NOW;
    }

    @Override
    public Duration elapsed() {
        return elapsed;
    }

    @Override
    public void sleep(Duration duration) {}

    /// Lets enough time pass to forget which provider failed and who reached a limit.
    void forget() {
        elapsed = elapsed.plusDays(2);
    }

    /// Lets a token that was found right be looked at again.
    void forgetTokens() {
        elapsed = elapsed.plus(KnownTokens.KNOWN);
    }
}
