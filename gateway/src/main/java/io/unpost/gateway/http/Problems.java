package io.unpost.gateway.http;

import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.server.exceptions.response.ErrorContext;
import io.micronaut.http.server.exceptions.response.ErrorResponseProcessor;
import jakarta.inject.Singleton;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Writes every refusal as a problem, the framework's own included.
@Singleton
final class Problems implements ErrorResponseProcessor<Problem> {

    private static final Logger LOG = LoggerFactory.getLogger(Problems.class);

    private static final MediaType PROBLEM_JSON = MediaType.of(Problem.MEDIA_TYPE);

    /// The response that carries a problem.
    static MutableHttpResponse<Problem> response(Problem problem) {
        return filled(HttpResponse.status(HttpStatus.valueOf(problem.status())), problem);
    }

    /// A refusal of the framework's, which knows no more than its HTTP status.
    @Override
    public MutableHttpResponse<Problem> processResponse(ErrorContext context, MutableHttpResponse<?> base) {
        ProblemCode code = code(base.status());
        HttpRequest<?> request = context.getRequest();
        Problem problem = Problem.of(code, code.explanation(), request.getUri().getRawPath(), RequestIds.of(request));
        RequestIds.put(request, base);
        // No filter sees the answer to a request that cannot be read.
        ResponseHeaders.keepFromBrowsers(base.getHeaders());
        log(problem, context);
        if (code == ProblemCode.OVERLOADED) {
            base.header(HttpHeaders.RETRY_AFTER, "1");
        }
        return filled(base.status(code.status()).body(problem), problem);
    }

    private static void log(Problem problem, ErrorContext context) {
        String trace = RequestIds.traceOf(context.getRequest());
        if (problem.status() >= 500) {
            Throwable cause = context.getRootCause().orElse(null);
            LOG.error(
                    "{}: {} request {} trace {}",
                    problem.instance(),
                    problem.code(),
                    problem.requestId(),
                    trace,
                    cause);
        } else {
            LOG.info("{}: {} request {} trace {}", problem.instance(), problem.code(), problem.requestId(), trace);
        }
    }

    private static MutableHttpResponse<Problem> filled(MutableHttpResponse<?> response, Problem problem) {
        return response.body(problem).contentType(PROBLEM_JSON).header("Unpost-Outcome", problem.outcome());
    }

    private static ProblemCode code(HttpStatus status) {
        return switch (status) {
            case UNAUTHORIZED -> ProblemCode.UNAUTHENTICATED;
            case FORBIDDEN -> ProblemCode.FORBIDDEN;
            case NOT_FOUND -> ProblemCode.UNKNOWN_ROUTE;
            case METHOD_NOT_ALLOWED -> ProblemCode.METHOD_NOT_ALLOWED;
            case REQUEST_ENTITY_TOO_LARGE, REQUEST_URI_TOO_LONG, REQUEST_HEADER_FIELDS_TOO_LARGE ->
                ProblemCode.REQUEST_TOO_LARGE;
            case MISDIRECTED_REQUEST -> ProblemCode.MISDIRECTED;
            case SERVICE_UNAVAILABLE, TOO_MANY_REQUESTS -> ProblemCode.OVERLOADED;
            default -> status.getCode() < 500 ? ProblemCode.INVALID_REQUEST : ProblemCode.INTERNAL_ERROR;
        };
    }
}
