package io.unpost.gateway.http;

import io.micronaut.core.order.Ordered;
import io.micronaut.core.propagation.MutablePropagatedContext;
import io.micronaut.core.propagation.ThreadPropagatedContextElement;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.annotation.RequestFilter;
import io.micronaut.http.annotation.ResponseFilter;
import io.micronaut.http.annotation.ServerFilter;
import io.micronaut.http.filter.ServerFilterPhase;
import io.micronaut.web.router.RouteAttributes;
import io.micronaut.web.router.UriRouteInfo;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.Scope;
import io.opentelemetry.context.propagation.TextMapGetter;
import io.unpost.gateway.tracing.Tracing;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Makes each call of the API a span, of the trace that its caller named.
///
/// The names are those of OpenTelemetry's semantic conventions for HTTP servers, and `unpost.…` for what an answer
/// tells. No header and no query, where secrets could be.
@ServerFilter(ServerFilter.MATCH_ALL_PATTERN)
final class TracedCalls implements Ordered {

    /// What a variable of a route has to fit.
    private static final Pattern EXPRESSION = Pattern.compile(":[^}]*}");

    private static final String SPAN = TracedCalls.class.getName();

    private final Tracing tracing;

    TracedCalls(Tracing tracing) {
        this.tracing = tracing;
    }

    /// Before the ids of a call are made: a trace that begins here has this span's id.
    @Override
    public int getOrder() {
        return ServerFilterPhase.FIRST.before();
    }

    @RequestFilter
    void begun(HttpRequest<?> request, MutablePropagatedContext propagated) {
        if (!tracing.isOn() || !request.getPath().startsWith("/v1/")) {
            return;
        }
        Context parent = tracing.of(request, Headers.FIRST);
        Span span = tracing.tracer()
                .spanBuilder(request.getMethodName())
                .setParent(parent)
                .setSpanKind(SpanKind.SERVER)
                .setAttribute("http.request.method", request.getMethodName())
                .setAttribute("url.scheme", request.isSecure() ? "https" : "http")
                .setAttribute("url.path", request.getUri().getRawPath())
                .startSpan();
        RequestIds.begin(request, span.getSpanContext());
        request.setAttribute(SPAN, span);
        propagated.add(new Current(parent.with(span)));
    }

    @ResponseFilter
    void answered(HttpRequest<?> request, HttpResponse<?> response) {
        request.getAttribute(SPAN, Span.class).ifPresent(span -> end(span, request, response));
    }

    private static void end(Span span, HttpRequest<?> request, HttpResponse<?> response) {
        route(request).ifPresent(route -> {
            span.updateName(request.getMethodName() + " " + route);
            span.setAttribute("http.route", route);
        });
        span.setAttribute("http.response.status_code", response.code());
        span.setAttribute("unpost.request_id", RequestIds.of(request));
        attribute(span, "unpost.outcome", response.getHeaders().get("Unpost-Outcome"));
        attribute(span, "unpost.evidence", response.getHeaders().get("Unpost-Evidence"));
        if (response.body() instanceof Problem problem) {
            span.setAttribute("unpost.code", problem.code());
            if (response.code() >= 500) {
                span.setAttribute("error.type", problem.code());
                span.setStatus(StatusCode.ERROR);
            }
        }
        span.end();
    }

    /// The pattern that the path fits; empty where there is no such address.
    private static Optional<String> route(HttpRequest<?> request) {
        return RouteAttributes.getRouteInfo(request)
                .filter(UriRouteInfo.class::isInstance)
                .map(route -> ((UriRouteInfo<?, ?>) route).getUriMatchTemplate().toPathString())
                .map(route -> EXPRESSION.matcher(route).replaceAll("}"));
    }

    private static void attribute(Span span, String name, @Nullable String value) {
        if (value != null) {
            span.setAttribute(name, value);
        }
    }

    /// The span of a call, on whatever thread the call is.
    private record Current(Context context) implements ThreadPropagatedContextElement<Scope> {

        @Override
        @SuppressWarnings("MustBeClosed") // by restoreThreadContext
        public Scope updateThreadContext() {
            return context.makeCurrent();
        }

        @Override
        public void restoreThreadContext(@Nullable Scope scope) {
            Objects.requireNonNull(scope).close();
        }
    }

    /// Reads a request's headers.
    private enum Headers implements TextMapGetter<HttpRequest<?>> {
        FIRST;

        @Override
        public Iterable<String> keys(HttpRequest<?> request) {
            return request.getHeaders().names();
        }

        @Override
        public @Nullable String get(@Nullable HttpRequest<?> request, String name) {
            return request == null ? null : request.getHeaders().get(name);
        }
    }
}
