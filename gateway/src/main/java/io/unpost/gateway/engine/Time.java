package io.unpost.gateway.engine;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/// Time as the engine sees it, so that tests of the engine take none.
public interface Time extends InstantSource {

    /// The wall clock; may jump.
    @Override
    Instant instant();

    /// Time since some fixed point; never jumps, so that deadlines rest on it.
    Duration elapsed();

    /// Lets time pass.
    ///
    /// @throws InterruptedException when the thread is asked to stop meanwhile
    void sleep(Duration duration) throws InterruptedException;
}
