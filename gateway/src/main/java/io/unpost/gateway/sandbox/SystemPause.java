package io.unpost.gateway.sandbox;

import static java.util.concurrent.TimeUnit.MILLISECONDS;

import io.micronaut.context.annotation.Requires;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/// Pauses in real time.
@Singleton
@Requires(env = "sandbox")
final class SystemPause implements Pause {

    @Override
    public CompletableFuture<Void> of(Duration duration) {
        return CompletableFuture.runAsync(
                () -> {}, CompletableFuture.delayedExecutor(duration.toMillis(), MILLISECONDS));
    }
}
