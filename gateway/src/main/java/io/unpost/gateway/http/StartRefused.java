package io.unpost.gateway.http;

import io.micronaut.context.exceptions.ConfigurationException;

/// The gateway cannot start, because of how it is configured. The message is for operators and never holds a secret.
public final class StartRefused extends ConfigurationException {

    StartRefused(String message) {
        super(message);
    }
}
