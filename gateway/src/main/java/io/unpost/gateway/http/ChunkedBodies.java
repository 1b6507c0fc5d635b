package io.unpost.gateway.http;

import io.micronaut.core.order.Ordered;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.ServerHttpRequest;
import io.micronaut.http.annotation.RequestFilter;
import io.micronaut.http.annotation.ServerFilter;
import io.micronaut.http.filter.ServerFilterPhase;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/// Waits for the end of a body that does not say its length, before anything is done: only then is it known to have
/// one, and to be small enough.
@ServerFilter(ServerFilter.MATCH_ALL_PATTERN)
final class ChunkedBodies implements Ordered {

    /// After [WellFormed].
    @Override
    public int getOrder() {
        return ServerFilterPhase.FIRST.after() + 2;
    }

    /// The request itself, for which the framework waits; it does not wait for a stage without a value.
    @RequestFilter
    CompletionStage<HttpRequest<?>> whole(HttpRequest<?> request) {
        if (!request.getHeaders().contains("Transfer-Encoding") || !(request instanceof ServerHttpRequest<?> server)) {
            return CompletableFuture.completedFuture(request);
        }
        return server.byteBody().buffer().thenApply(body -> {
            body.close();
            return request;
        });
    }
}
