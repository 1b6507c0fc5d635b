package io.unpost.gateway.sandbox;

import io.micronaut.context.annotation.Factory;
import io.micronaut.context.annotation.Replaces;
import io.micronaut.context.annotation.Requires;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/// A time that stands still, with pauses that last until a test ends them.
@Factory
@Requires(property = StandingTime.PROPERTY)
final class StandingTime {

    /// Set in contexts whose time stands still.
    static final String PROPERTY = "unpost.test.standing-time";

    /// When it is.
    static final Instant NOW = Instant.parse("2026-11-23T18:25:43Z");

    /// The longest wait for anything that must happen.
    static final Duration PATIENCE = Duration.ofSeconds(20);

    /// A pause that somebody waits in.
    record Paused(Duration duration, CompletableFuture<Void> done) {}

    @Singleton
    @Replaces(InstantSource.class)
    InstantSource time() {
        return InstantSource.fixed(NOW);
    }

    @Singleton
    @Replaces(Pause.class)
    Pauses pauses() {
        return new Pauses();
    }

    /// Every pause that somebody waited in.
    static final class Pauses implements Pause {

        private final BlockingQueue<Paused> begun = new LinkedBlockingQueue<>();

        @Override
        public CompletableFuture<Void> of(Duration duration) {
            var pause = new Paused(duration, new CompletableFuture<>());
            begun.add(pause);
            return pause.done();
        }

        /// The next one; waits for it.
        Paused next() throws InterruptedException {
            Paused pause = begun.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS);
            if (pause == null) {
                throw new AssertionError("nobody pauses");
            }
            return pause;
        }
    }
}
