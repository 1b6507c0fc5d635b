package io.unpost.gateway.metrics;

import io.micronaut.context.annotation.Requires;
import io.micronaut.core.util.StringUtils;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Produces;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.security.annotation.Secured;
import io.micronaut.security.rules.SecurityRule;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.instrumentation.jvm.JvmMetrics;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.unpost.gateway.accounts.Accounts;
import java.io.ByteArrayOutputStream;
import java.io.IOException;

/// `GET /prometheus`: all metrics, in Prometheus's text format.
@Controller("/prometheus")
@Produces(MediaType.ALL)
@Secured(SecurityRule.IS_AUTHENTICATED)
@Requires(property = PrometheusController.SWITCH, notEquals = StringUtils.FALSE)
public final class PrometheusController {

    /// With `false` nothing is shown.
    static final String SWITCH = "micronaut.metrics.enabled";

    private static final MediaType TEXT = MediaType.of("text/plain; version=0.0.4; charset=utf-8");

    private final PrometheusRegistry registry;
    private final EngineMetrics engine;
    private final Accounts accounts;

    /// @param answers asked for so that its metrics are shown before the first delete
    /// @param standing asked for so that its metrics are shown at all
    PrometheusController(
            PrometheusRegistry registry,
            EngineMetrics engine,
            AnswerMetrics answers,
            AccountMetrics standing,
            Accounts accounts) {
        this.registry = registry;
        this.engine = engine;
        this.accounts = accounts;
        JvmMetrics.builder().register(registry);
    }

    @Operation(operationId = "metrics", tags = "operations", summary = "Shows metrics in Prometheus's text format.")
    @ApiResponse(responseCode = "200", content = @Content(mediaType = "text/plain", schema = @Schema(type = "string")))
    @ApiResponse(
            responseCode = "401",
            content =
                    @Content(
                            mediaType = "application/problem+json",
                            schema = @Schema(ref = "#/components/schemas/Problem")))
    @Get
    @ExecuteOn(TaskExecutors.VIRTUAL)
    HttpResponse<byte[]> scrape() throws IOException {
        engine.showAlarms(accounts);
        var text = new ByteArrayOutputStream();
        PrometheusTextFormatWriter.create().write(text, registry.scrape());
        return HttpResponse.ok(text.toByteArray()).contentType(TEXT);
    }
}
