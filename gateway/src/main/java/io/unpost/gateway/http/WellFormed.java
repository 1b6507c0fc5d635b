package io.unpost.gateway.http;

import io.micronaut.core.order.Ordered;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpVersion;
import io.micronaut.http.annotation.RequestFilter;
import io.micronaut.http.annotation.ServerFilter;
import io.micronaut.http.filter.ServerFilterPhase;
import io.micronaut.http.server.HttpServerConfiguration;
import org.jspecify.annotations.Nullable;

/// Refuses requests that the framework would guess the meaning of, and bodies that it would only find too large when
/// somebody reads them.
@ServerFilter(ServerFilter.MATCH_ALL_PATTERN)
final class WellFormed implements Ordered {

    private final long largestBody;

    WellFormed(HttpServerConfiguration server) {
        largestBody = server.getMaxRequestSize();
    }

    @Override
    public int getOrder() {
        return ServerFilterPhase.FIRST.after() + 1;
    }

    @RequestFilter
    @Nullable
    HttpResponse<?> refused(HttpRequest<?> request) {
        if (!saysOneHost(request)) {
            return refusal(ProblemCode.INVALID_REQUEST, "A request carries exactly one Host header.", request);
        }
        if (request.getUri().getRawFragment() != null) {
            return refusal(ProblemCode.INVALID_REQUEST, "A # inside an address is written %23.", request);
        }
        if (request.getContentLength() > largestBody) {
            return refusal(ProblemCode.REQUEST_TOO_LARGE, ProblemCode.REQUEST_TOO_LARGE.explanation(), request);
        }
        return null;
    }

    /// RFC 9112 section 3.2; HTTP/1.0 knew no such header.
    private static boolean saysOneHost(HttpRequest<?> request) {
        int hosts = request.getHeaders().getAll("Host").size();
        return hosts == 1 || (hosts == 0 && request.getHttpVersion() != HttpVersion.HTTP_1_1);
    }

    private static HttpResponse<?> refusal(ProblemCode code, String detail, HttpRequest<?> request) {
        return Problems.response(Problem.of(code, detail, request.getUri().getRawPath(), RequestIds.of(request)));
    }
}
