package io.unpost.gateway.sandbox;

import io.micronaut.context.BeanProvider;
import io.micronaut.context.annotation.Requires;
import io.micronaut.http.server.netty.NettyEmbeddedServer;
import io.micronaut.http.server.netty.configuration.NettyHttpServerConfiguration;
import io.micronaut.http.server.netty.configuration.NettyHttpServerConfiguration.NettyListenerConfiguration;
import io.unpost.gateway.http.OpenListeners;
import jakarta.inject.Singleton;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/// Where this gateway's own API can be reached from this machine.
@Singleton
@Requires(env = "sandbox")
final class ApiAddress {

    private final BeanProvider<NettyEmbeddedServer> server;
    private final NettyHttpServerConfiguration configuration;

    /// @param server a provider, because the server itself needs much of what asks for its address
    ApiAddress(BeanProvider<NettyEmbeddedServer> server, NettyHttpServerConfiguration configuration) {
        this.server = server;
        this.configuration = configuration;
    }

    /// The address below loopback; empty while the server is not running.
    Optional<URI> find() {
        return port().map(port -> URI.create("http://127.0.0.1:" + port));
    }

    private Optional<Integer> port() {
        List<Integer> bound = List.copyOf(server.get().getBoundPorts());
        List<NettyListenerConfiguration> listeners = configuration.getListeners();
        if (listeners == null) {
            return bound.stream().findFirst();
        }
        // The ports come in the order of the listeners that have one.
        List<NettyListenerConfiguration> withPort = listeners.stream()
                .filter(listener -> listener.getFamily() == NettyListenerConfiguration.Family.TCP)
                .toList();
        return IntStream.range(0, Math.min(bound.size(), withPort.size()))
                .filter(i -> !OpenListeners.MANAGEMENT.equals(withPort.get(i).getName()))
                .mapToObj(bound::get)
                .findFirst();
    }
}
