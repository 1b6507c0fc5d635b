package io.unpost.gateway.http;

import io.micronaut.context.annotation.Context;
import io.micronaut.context.annotation.Requires;
import io.micronaut.http.server.netty.configuration.NettyHttpServerConfiguration;
import io.micronaut.http.server.netty.configuration.NettyHttpServerConfiguration.NettyListenerConfiguration;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Refuses to start where deletes would be open to the network without a token.
@Context
@Requires(property = "micronaut.security.enabled", value = "false")
public final class OpenListeners {

    /// The name of the listener for probes and scrapers, which serves no delete.
    public static final String MANAGEMENT = "management";

    private static final Set<String> LOOPBACK = Set.of("127.0.0.1", "localhost", "::1");

    OpenListeners(NettyHttpServerConfiguration server, List<NettyListenerConfiguration> listeners) {
        if (listeners.isEmpty()) {
            check(server.getHost().orElse(null));
        }
        for (NettyListenerConfiguration listener : listeners) {
            if (!MANAGEMENT.equals(listener.getName())) {
                check(listener.getHost());
            }
        }
    }

    private static void check(@Nullable String host) {
        if (host == null || !LOOPBACK.contains(host)) {
            throw new StartRefused("Without tokens (micronaut.security.enabled: false) deletes are served on"
                    + " 127.0.0.1, localhost or ::1 only, and a listener is bound to "
                    + (host == null ? "every address" : host) + ". Bind it to the loopback, or use tokens.");
        }
    }
}
