package io.unpost.gateway.transport;

import io.micronaut.core.io.buffer.ByteArrayBufferFactory;
import io.micronaut.http.ByteBodyHttpResponse;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpMethod;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MutableHttpRequest;
import io.micronaut.http.body.ByteBodyFactory;
import io.micronaut.http.client.HttpVersionSelection;
import io.micronaut.http.client.RawHttpClient;
import io.micronaut.http.client.annotation.Client;
import io.micronaut.http.client.netty.NettyClientCustomizer;
import io.unpost.dialect.WireRequest.Method;
import io.unpost.gateway.engine.Exchange;
import io.unpost.gateway.engine.SignedRequest;
import io.unpost.gateway.engine.Time;
import io.unpost.gateway.engine.Transport;
import jakarta.inject.Singleton;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Objects;
import org.reactivestreams.Subscriber;
import org.reactivestreams.Subscription;

/// Sends requests by HTTP/1.1 over pooled connections.
///
/// Micronaut's client finds, opens and keeps the connections. Whether a request left, and whether its answer is whole,
/// is read off the connection itself by a [Guard], never guessed from an exception.
@Singleton
final class HttpTransport implements Transport {

    private static final ByteBodyFactory BODIES = ByteBodyFactory.createDefault(ByteArrayBufferFactory.INSTANCE);
    private static final String USER_AGENT = "unpost/"
            + Objects.requireNonNullElse(HttpTransport.class.getPackage().getImplementationVersion(), "dev");

    private final RawHttpClient client;
    private final Flights flights;

    /// @param client without HTTP/2, where one connection carries many requests and closing it would end them all
    HttpTransport(
            @Client(
                            configuration = ProviderHttpConfiguration.class,
                            plaintextMode = HttpVersionSelection.PlaintextMode.HTTP_1,
                            alpnModes = HttpVersionSelection.ALPN_HTTP_1)
                    RawHttpClient client,
            NettyClientCustomizer.Registry connections,
            Time clock) {
        this.client = client;
        this.flights = new Flights(clock);
        connections.register(flights);
    }

    @Override
    public Exchange send(SignedRequest request, Duration connect, Duration limit) {
        var flight = new Flight(connect, limit);
        String ticket = flights.book(flight);
        try {
            var body = BODIES.copyOf(request.body(), StandardCharsets.UTF_8);
            client.exchange(message(request, ticket), body, null).subscribe(new ClientView(flight));
            return flight.await();
        } finally {
            flights.forget(ticket);
        }
    }

    private static MutableHttpRequest<?> message(SignedRequest request, String ticket) {
        MutableHttpRequest<?> message = HttpRequest.create(method(request.method()), "/")
                .uri(request.uri())
                .header(HttpHeaders.HOST, host(request.uri()))
                .header(HttpHeaders.USER_AGENT, USER_AGENT)
                .header(HttpHeaders.ACCEPT, "*/*");
        request.headers().forEach(message.getHeaders()::set);
        return message.header(Flights.TICKET, ticket);
    }

    private static HttpMethod method(Method method) {
        return switch (method) {
            case POST -> HttpMethod.POST;
            case DELETE -> HttpMethod.DELETE;
        };
    }

    /// Set here, since the client drops 80 and 443 with either scheme, and OAuth 1.0a signatures cover the port.
    private static String host(URI uri) {
        int usual = "https".equalsIgnoreCase(uri.getScheme()) ? 443 : 80;
        return uri.getPort() < 0 || uri.getPort() == usual ? uri.getHost() : uri.getHost() + ":" + uri.getPort();
    }

    /// What the client makes of a flight: how it knows of all that goes wrong before there is a connection.
    ///
    /// Never cancelled: the pool hands a connection to a cancelled request too, and it must be given back.
    private record ClientView(Flight flight) implements Subscriber<HttpResponse<?>> {

        @Override
        public void onSubscribe(Subscription subscription) {
            subscription.request(1);
        }

        @Override
        public void onNext(HttpResponse<?> standIn) {
            if (standIn instanceof ByteBodyHttpResponse<?> open) {
                open.close();
            }
        }

        @Override
        public void onError(Throwable fault) {
            flight.fail(Fault.sentence(fault));
        }

        @Override
        public void onComplete() {}
    }
}
