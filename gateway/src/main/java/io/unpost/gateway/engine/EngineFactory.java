package io.unpost.gateway.engine;

import io.micronaut.context.annotation.Factory;
import jakarta.inject.Singleton;
import java.security.SecureRandom;
import java.util.concurrent.ThreadLocalRandom;

/// Gives the engine its time and chance.
@Factory
final class EngineFactory {

    @Singleton
    Signers signers(Time clock) {
        return new Signers(clock, new Nonces(new SecureRandom()::nextBytes));
    }

    @Singleton
    RetryPolicy retryPolicy() {
        return new RetryPolicy(() -> ThreadLocalRandom.current().nextDouble());
    }
}
