package io.unpost.gateway.engine;

import java.time.Duration;

/// The moment by which a call must be answered.
public final class Deadline {

    private final Time time;
    private final Duration at;

    private Deadline(Time time, Duration at) {
        this.time = time;
        this.at = at;
    }

    /// A deadline so far from now.
    public static Deadline in(Duration duration, Time time) {
        return new Deadline(time, time.elapsed().plus(duration));
    }

    /// The time left; zero where there is none.
    public Duration left() {
        Duration left = at.minus(time.elapsed());
        return left.isNegative() ? Duration.ZERO : left;
    }
}
