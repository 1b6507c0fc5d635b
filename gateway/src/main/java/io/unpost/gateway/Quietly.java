package io.unpost.gateway;

import io.micronaut.context.ApplicationContext;

/// Starts the gateway without its server and without a log, for commands that print something themselves.
final class Quietly {

    private Quietly() {}

    static ApplicationContext start() {
        // Read by the log when it is used first, which is later.
        System.setProperty("unpost.log.level", "ERROR");
        return new GatewayContext().start();
    }
}
