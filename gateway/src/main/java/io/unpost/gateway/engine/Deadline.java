package io.unpost.gateway.engine;

import java.time.Duration;

/// The moment by which something must have ended.
public final class Deadline {

    private final Time time;
    private volatile Duration at;

    private Deadline(Time time, Duration at) {
        this.time = time;
        this.at = at;
    }

    /// A deadline so far from now.
    public static Deadline in(Duration duration, Time time) {
        return new Deadline(time, time.elapsed().plus(duration));
    }

    /// Moves it on, where the other one is later.
    synchronized void extendTo(Deadline other) {
        at = at.compareTo(other.at) < 0 ? other.at : at;
    }

    /// The time left; zero where there is none.
    public Duration left() {
        Duration left = at.minus(time.elapsed());
        return left.isNegative() ? Duration.ZERO : left;
    }
}
