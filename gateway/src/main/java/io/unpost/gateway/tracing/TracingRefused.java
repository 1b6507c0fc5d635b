package io.unpost.gateway.tracing;

import io.micronaut.context.exceptions.ConfigurationException;

/// Traces cannot be sent as it is configured. The message says to operators what to do.
public final class TracingRefused extends ConfigurationException {

    TracingRefused(String message) {
        super(message);
    }
}
