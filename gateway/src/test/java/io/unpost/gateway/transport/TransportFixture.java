package io.unpost.gateway.transport;

import io.micronaut.context.ApplicationContext;
import io.unpost.dialect.WireRequest.Method;
import io.unpost.gateway.engine.Exchange;
import io.unpost.gateway.engine.SignedRequest;
import io.unpost.gateway.engine.Transport;
import java.net.URI;
import java.time.Duration;
import java.util.Map;

/// A transport as the gateway has it, with limits that fit a test.
final class TransportFixture implements AutoCloseable {

    /// Long enough for whatever is meant to succeed, however slow the machine.
    static final Duration AMPLE = Duration.ofSeconds(20);

    /// Short, for what is meant to run into it.
    static final Duration SHORT = Duration.ofMillis(200);

    static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}";

    final ApplicationContext context;
    final Transport transport;

    TransportFixture(Map<String, Object> settings) {
        this.context = ApplicationContext.run(settings);
        this.transport = context.getBean(Transport.class);
    }

    TransportFixture() {
        this(Map.of());
    }

    static SignedRequest delete(URI uri) {
        return new SignedRequest(Method.DELETE, uri, Map.of("Authorization", "OAuth secret"), "");
    }

    Exchange send(URI uri) {
        return send(uri, AMPLE);
    }

    Exchange send(URI uri, Duration limit) {
        return transport.send(delete(uri), AMPLE, limit);
    }

    @Override
    public void close() {
        context.close();
    }
}
