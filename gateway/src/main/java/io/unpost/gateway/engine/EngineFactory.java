package io.unpost.gateway.engine;

import io.micronaut.context.annotation.Factory;
import jakarta.inject.Singleton;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.concurrent.ThreadLocalRandom;

/// Gives the engine its time and chance.
@Factory
final class EngineFactory {

    @Singleton
    Signers signers(Time clock) {
        var random = new SecureRandom();
        return new Signers(clock, () -> {
            byte[] nonce = new byte[16];
            random.nextBytes(nonce);
            return HexFormat.of().formatHex(nonce);
        });
    }

    @Singleton
    RetryPolicy retryPolicy() {
        return new RetryPolicy(() -> ThreadLocalRandom.current().nextDouble());
    }
}
