package io.unpost.gateway.accounts;

import io.micronaut.context.annotation.Factory;
import io.micronaut.context.annotation.Value;
import jakarta.inject.Singleton;

/// Reads the settings that accounts depend on.
@Factory
final class AccountsFactory {

    @Singleton
    Reachable reachable(@Value("${unpost.allow-private-addresses:false}") boolean privateToo) {
        return privateToo ? Reachable.PRIVATE_TOO : Reachable.PUBLIC;
    }
}
