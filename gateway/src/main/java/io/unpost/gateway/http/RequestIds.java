package io.unpost.gateway.http;

import io.micronaut.core.order.Ordered;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.annotation.RequestFilter;
import io.micronaut.http.annotation.ResponseFilter;
import io.micronaut.http.annotation.ServerFilter;
import io.micronaut.http.filter.ServerFilterPhase;
import io.opentelemetry.api.trace.SpanContext;
import java.util.HexFormat;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Gives every call an id, the caller's own where it sent a usable one, and every answer the ids of its call.
@ServerFilter(ServerFilter.MATCH_ALL_PATTERN)
final class RequestIds implements Ordered {

    private static final String REQUEST_ID = "X-Request-Id";
    private static final String TRACE_PARENT = "traceparent";
    private static final Pattern USABLE = Pattern.compile("[A-Za-z0-9._-]{1,128}");
    private static final HexFormat HEX = HexFormat.of();

    @Override
    public int getOrder() {
        return ServerFilterPhase.FIRST.order();
    }

    /// The id of this call.
    static String of(HttpRequest<?> request) {
        return attribute(request, REQUEST_ID, () -> UUID.randomUUID().toString());
    }

    /// The trace that this call belongs to, as `traceparent` writes it.
    static String traceOf(HttpRequest<?> request) {
        return attribute(request, TRACE_PARENT, RequestIds::trace);
    }

    /// Gives a call that names no trace the one that begins with this span.
    static void begin(HttpRequest<?> request, SpanContext span) {
        attribute(
                request,
                TRACE_PARENT,
                () -> "00-" + span.getTraceId() + "-" + span.getSpanId() + "-"
                        + span.getTraceFlags().asHex());
    }

    /// Puts the ids of a call on its answer. For answers that no filter sees: those to requests that cannot be read.
    static void put(HttpRequest<?> request, MutableHttpResponse<?> response) {
        response.getHeaders().set(REQUEST_ID, of(request));
        response.getHeaders().set(TRACE_PARENT, traceOf(request));
    }

    @RequestFilter
    void taken(HttpRequest<?> request) {
        of(request);
    }

    @ResponseFilter
    void given(HttpRequest<?> request, MutableHttpResponse<?> response) {
        put(request, response);
    }

    private static String attribute(HttpRequest<?> request, String name, Supplier<String> made) {
        return request.getAttribute(name, String.class).orElseGet(() -> {
            String given = request.getHeaders().get(name);
            String id = usable(given) ? given : made.get();
            request.setAttribute(name, id);
            return id;
        });
    }

    /// Version 00, ids of 16 and 8 bytes, not sampled: W3C Trace Context, section 3.2.
    private static String trace() {
        return "00-" + HEX.toHexDigits(randomLong()) + HEX.toHexDigits(randomLong()) + "-"
                + HEX.toHexDigits(randomLong()) + "-00";
    }

    private static boolean usable(@Nullable String id) {
        return id != null && USABLE.matcher(id).matches();
    }

    private static long randomLong() {
        return ThreadLocalRandom.current().nextLong(1, Long.MAX_VALUE);
    }
}
