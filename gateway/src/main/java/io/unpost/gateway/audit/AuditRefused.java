package io.unpost.gateway.audit;

import io.micronaut.context.exceptions.ConfigurationException;

/// The audit log cannot be kept as it is configured. The message says to operators what to do.
public final class AuditRefused extends ConfigurationException {

    AuditRefused(String message) {
        super(message);
    }
}
