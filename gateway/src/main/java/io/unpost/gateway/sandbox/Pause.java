package io.unpost.gateway.sandbox;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/// How an imitation takes its time. Blocks no thread.
interface Pause {

    /// Done after this time.
    CompletableFuture<Void> of(Duration duration);
}
