package io.unpost.gateway.http;

import io.micronaut.core.order.Ordered;
import io.micronaut.http.HttpMethod;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.annotation.ResponseFilter;
import io.micronaut.http.annotation.ServerFilter;
import io.micronaut.http.filter.ServerFilterPhase;
import io.unpost.gateway.metrics.AnswerMetrics;
import java.util.regex.Pattern;

/// Counts every answer to a delete by what it tells, the framework's refusals included.
@ServerFilter(patterns = "/v1/accounts/**", methods = HttpMethod.DELETE)
final class CountedAnswers implements Ordered {

    private static final Pattern DELETE = Pattern.compile("/v1/accounts(?:/[^/]+){3}/?");
    private static final String NONE = "none";

    private final AnswerMetrics metrics;

    CountedAnswers(AnswerMetrics metrics) {
        this.metrics = metrics;
    }

    /// Before all that answer.
    @Override
    public int getOrder() {
        return ServerFilterPhase.FIRST.order();
    }

    @ResponseFilter
    void answered(HttpRequest<?> request, HttpResponse<?> response) {
        if (!DELETE.matcher(request.getUri().getRawPath()).matches()) {
            return;
        }
        Target target = Target.of(request);
        metrics.answered(
                target.account(),
                target.kind(),
                response.getHeaders().get("Unpost-Outcome", String.class, NONE),
                response.getHeaders().get("Unpost-Evidence", String.class, NONE),
                response.body() instanceof Problem problem ? problem.code() : NONE);
        if (response.getHeaders().contains("Idempotent-Replayed")) {
            metrics.replayed();
        }
    }
}
