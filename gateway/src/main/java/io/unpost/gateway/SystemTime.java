package io.unpost.gateway;

import io.micronaut.context.annotation.Bean;
import io.unpost.gateway.engine.Time;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;

/// The time of this machine.
@Singleton
@Bean(typed = Time.class)
public final class SystemTime implements Time {

    @Override
    public Instant instant() {
        return Instant.now();
    }

    @Override
    public Duration elapsed() {
        return Duration.ofNanos(System.nanoTime());
    }

    @Override
    public void sleep(Duration duration) throws InterruptedException {
        Thread.sleep(duration);
    }
}
