package io.unpost.gateway.battery;

import io.unpost.gateway.Told;
import java.time.Duration;
import java.time.Instant;

/// An operation and what its caller was told.
record Answered(Operation operation, Told told, Instant from, Instant to) {

    Claim claim() {
        return Claim.of(operation, told, from, to);
    }

    Duration took() {
        return Duration.between(from, to);
    }

    @Override
    public String toString() {
        return operation + ": " + told.status() + " " + told.body();
    }
}
