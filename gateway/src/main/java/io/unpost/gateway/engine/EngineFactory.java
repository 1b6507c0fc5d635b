package io.unpost.gateway.engine;

import io.micronaut.context.annotation.Factory;
import io.unpost.dialect.Kind;
import io.unpost.gateway.accounts.Account;
import jakarta.inject.Singleton;
import java.security.SecureRandom;
import java.time.Duration;
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

    /// Counts nothing.
    @Singleton
    Observer observer() {
        return new Observer() {
            @Override
            public void exchanged(Account account, Kind kind, Exchange exchange, Duration took) {}

            @Override
            public void settled(Account account, Kind kind, Result result, Duration own) {}

            @Override
            public void mismatched(Account account, Kind kind) {}
        };
    }

    @Singleton
    RetryPolicy retryPolicy() {
        return new RetryPolicy(() -> ThreadLocalRandom.current().nextDouble());
    }
}
