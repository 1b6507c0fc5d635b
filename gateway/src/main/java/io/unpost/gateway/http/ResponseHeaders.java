package io.unpost.gateway.http;

import io.micronaut.core.order.Ordered;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.MutableHttpHeaders;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.annotation.ResponseFilter;
import io.micronaut.http.annotation.ServerFilter;
import io.micronaut.http.filter.ServerFilterPhase;

/// What every answer of the gateway says, whatever it answers.
@ServerFilter(ServerFilter.MATCH_ALL_PATTERN)
final class ResponseHeaders implements Ordered {

    private static final String POLICY = "Content-Security-Policy";

    private final Drain drain;

    ResponseHeaders(Drain drain) {
        this.drain = drain;
    }

    /// Before all that answer.
    @Override
    public int getOrder() {
        return ServerFilterPhase.FIRST.order();
    }

    @ResponseFilter
    void answered(HttpRequest<?> request, MutableHttpResponse<?> response) {
        MutableHttpHeaders headers = response.getHeaders();
        if (drain.hasBegun()) {
            // Whoever calls next opens another connection, perhaps to another gateway, and does not find this one
            // closed under its call.
            headers.set(HttpHeaders.CONNECTION, "close");
        }
        if (request.getPath().equals("/sandbox") || request.getPath().startsWith("/sandbox/")) {
            // The words of imitated providers are their own.
            return;
        }
        keepFromBrowsers(headers);
    }

    /// No browser may take an answer for a page, show it in one, or keep it; the one page there is says more.
    static void keepFromBrowsers(MutableHttpHeaders headers) {
        headers.set("X-Content-Type-Options", "nosniff");
        if (!headers.contains(POLICY)) {
            headers.set(POLICY, "default-src 'none'; frame-ancestors 'none'");
        }
        headers.set(HttpHeaders.CACHE_CONTROL, "no-store");
    }
}
