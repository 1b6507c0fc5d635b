package io.unpost.gateway.http;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Produces;
import io.micronaut.security.annotation.Secured;
import io.micronaut.security.rules.SecurityRule;
import io.micronaut.serde.annotation.Serdeable;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// Explains every problem code: where a problem's `type` leads.
@Controller("/problems")
@Produces(MediaType.ALL)
@Secured(SecurityRule.IS_ANONYMOUS)
public final class ProblemsController {

    /// All problem codes.
    @Serdeable
    public record ExplanationList(List<Explanation> problems) {}

    /// One problem code.
    @Serdeable
    public record Explanation(
            String code, int status, String title, String explanation, boolean retryable, boolean mayBeGone) {

        private static Explanation of(ProblemCode code) {
            return new Explanation(
                    code.wire(),
                    code.status().getCode(),
                    code.title(),
                    code.explanation(),
                    code.retryable(),
                    code.mayBeGone());
        }
    }

    @Operation(
            operationId = "problems",
            tags = "problems",
            summary = "Explains every problem code.",
            security = {})
    @ApiResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = ExplanationList.class)))
    @Get
    HttpResponse<ExplanationList> all() {
        var all = new ExplanationList(
                Arrays.stream(ProblemCode.values()).map(Explanation::of).toList());
        return HttpResponse.ok(all).contentType(MediaType.APPLICATION_JSON_TYPE);
    }

    @Operation(
            operationId = "problem",
            tags = "problems",
            summary = "Explains a problem code.",
            security = {})
    @ApiResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = Explanation.class)))
    @ApiResponse(
            responseCode = "404",
            content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
    @Get("/{code}")
    HttpResponse<?> one(HttpRequest<?> request, String code) {
        Optional<ProblemCode> found = ProblemCode.find(code);
        if (found.isEmpty()) {
            return Problems.response(Problem.of(
                    ProblemCode.UNKNOWN_ROUTE,
                    "There is no such problem code; GET /problems lists them.",
                    request.getUri().getRawPath(),
                    RequestIds.of(request)));
        }
        return HttpResponse.ok(Explanation.of(found.get())).contentType(MediaType.APPLICATION_JSON_TYPE);
    }
}
