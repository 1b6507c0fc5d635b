package io.unpost.gateway.http;

import io.micronaut.core.order.Ordered;
import io.micronaut.http.HttpMethod;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.annotation.RequestFilter;
import io.micronaut.http.annotation.ResponseFilter;
import io.micronaut.http.annotation.ServerFilter;
import io.micronaut.http.filter.ServerFilterPhase;
import io.unpost.gateway.engine.Time;
import io.unpost.gateway.metrics.AnswerMetrics;
import java.time.Duration;
import java.util.regex.Pattern;

/// Counts every answer to a delete by what it tells, the framework's refusals included, and how long it took.
@ServerFilter(ServerFilter.MATCH_ALL_PATTERN)
final class CountedAnswers implements Ordered {

    private static final Pattern DELETE = Pattern.compile("/v1/accounts(?:/[^/]+){3}/?");
    private static final String NONE = "none";
    private static final String BEGUN = CountedAnswers.class.getName();
    private static final String ELSEWHERE = BEGUN + ".elsewhere";

    private final AnswerMetrics metrics;
    private final Time time;

    CountedAnswers(AnswerMetrics metrics, Time time) {
        this.metrics = metrics;
        this.time = time;
    }

    /// Notes how much time went into a call's provider and into waits, perhaps before the call joined.
    static void elsewhere(HttpRequest<?> request, Duration took) {
        request.setAttribute(ELSEWHERE, took);
    }

    /// Before all that answer.
    @Override
    public int getOrder() {
        return ServerFilterPhase.FIRST.order();
    }

    @RequestFilter
    void begun(HttpRequest<?> request) {
        request.setAttribute(BEGUN, time.elapsed());
    }

    @ResponseFilter
    void answered(HttpRequest<?> request, HttpResponse<?> response) {
        if (request.getMethod() != HttpMethod.DELETE
                || !DELETE.matcher(request.getUri().getRawPath()).matches()) {
            return;
        }
        if (!response.getHeaders().contains("Unpost-Outcome")) {
            // Every answer to a delete has it: the connection ended within a body, and nobody is told anything.
            return;
        }
        Target target = Target.of(request);
        metrics.answered(
                target.account(),
                target.kind(),
                response.getHeaders().get("Unpost-Outcome", String.class, NONE),
                response.getHeaders().get("Unpost-Evidence", String.class, NONE),
                response.body() instanceof Problem problem ? problem.code() : NONE,
                own(request));
        if (response.getHeaders().contains("Idempotent-Replayed")) {
            metrics.replayed();
        }
    }

    private Duration own(HttpRequest<?> request) {
        Duration now = time.elapsed();
        Duration begun = request.getAttribute(BEGUN, Duration.class).orElse(now);
        Duration own = now.minus(begun)
                .minus(request.getAttribute(ELSEWHERE, Duration.class).orElse(Duration.ZERO));
        return own.isNegative() ? Duration.ZERO : own;
    }
}
