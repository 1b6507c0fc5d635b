package io.unpost.gateway.transport;

import io.micronaut.context.annotation.Primary;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.unpost.gateway.engine.Exchange;
import io.unpost.gateway.engine.SignedRequest;
import io.unpost.gateway.engine.Transport;
import io.unpost.gateway.tracing.Tracing;
import jakarta.inject.Singleton;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;

/// Makes each request a span of the delete that it is sent for, and tells its provider so, by `traceparent`.
///
/// The names are those of OpenTelemetry's semantic conventions for HTTP clients. What may be a credential, the query
/// and the headers, is left out. `tracestate` and baggage, which callers fill, go to no provider.
@Singleton
@Primary
final class TracedTransport implements Transport {

    private static final String TRACE_PARENT = "traceparent";

    private final HttpTransport transport;
    private final Tracing tracing;

    TracedTransport(HttpTransport transport, Tracing tracing) {
        this.transport = transport;
        this.tracing = tracing;
    }

    @Override
    public Exchange send(SignedRequest request, Duration connect, Duration limit) {
        if (!tracing.isOn()) {
            return transport.send(request, connect, limit);
        }
        Span span = begun(tracing.tracer(), request);
        try {
            Exchange exchange = transport.send(withParent(request, span), connect, limit);
            tell(span, exchange);
            return exchange;
        } catch (RuntimeException | Error e) {
            failed(span, e.getClass().getSimpleName(), "");
            throw e;
        } finally {
            span.end();
        }
    }

    private static Span begun(Tracer tracer, SignedRequest request) {
        URI uri = request.uri();
        return tracer.spanBuilder(request.method().name())
                .setSpanKind(SpanKind.CLIENT)
                .setAttribute("http.request.method", request.method().name())
                .setAttribute("url.full", uri.getScheme() + "://" + uri.getRawAuthority() + uri.getRawPath())
                .setAttribute("server.address", uri.getHost())
                .setAttribute("server.port", port(uri))
                .startSpan();
    }

    private static void tell(Span span, Exchange exchange) {
        switch (exchange) {
            case Exchange.Answered(var response) -> {
                span.setAttribute("http.response.status_code", response.status());
                if (response.status() >= 400) {
                    failed(span, Integer.toString(response.status()), "");
                }
            }
            case Exchange.NoAnswer(var why) -> failed(span, "no_answer", why);
            case Exchange.NeverLeft(var why) -> failed(span, "never_left", why);
        }
    }

    private static void failed(Span span, String type, String why) {
        span.setAttribute("error.type", type);
        span.setStatus(StatusCode.ERROR, why);
    }

    private SignedRequest withParent(SignedRequest request, Span span) {
        var headers = new HashMap<>(request.headers());
        String parent = tracing.headers(span).get(TRACE_PARENT);
        if (parent != null) {
            headers.put(TRACE_PARENT, parent);
        }
        return new SignedRequest(request.method(), request.uri(), headers, request.body());
    }

    private static int port(URI uri) {
        int usual = "https".equalsIgnoreCase(uri.getScheme()) ? 443 : 80;
        return uri.getPort() < 0 ? usual : uri.getPort();
    }
}
