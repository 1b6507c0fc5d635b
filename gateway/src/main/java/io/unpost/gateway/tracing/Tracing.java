package io.unpost.gateway.tracing;

import io.micronaut.context.env.Environment;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.propagation.TextMapGetter;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.autoconfigure.AutoConfiguredOpenTelemetrySdk;
import io.opentelemetry.sdk.autoconfigure.spi.ConfigurationException;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.slf4j.bridge.SLF4JBridgeHandler;

/// Gives whatever is traced a tracer: OpenTelemetry's SDK where a receiver is configured, else one that does nothing.
///
/// The settings are the SDK's own, `OTEL_…` or `otel.…`; without an endpoint of OTLP nothing of it is loaded.
@Singleton
public final class Tracing {

    /// How long an end waits for the last spans to be received.
    private static final long FLUSH_SECONDS = 2;

    private static final Pattern SETTING = Pattern.compile("otel(?:\\.[a-z0-9_-]+)+");

    private final OpenTelemetry telemetry;
    private final Tracer tracer;

    Tracing(Environment environment) {
        Map<String, String> settings = settings(environment);
        boolean wanted = settings.containsKey("otel.exporter.otlp.endpoint")
                || settings.containsKey("otel.exporter.otlp.traces.endpoint");
        telemetry = wanted ? sdk(settings) : OpenTelemetry.noop();
        tracer = telemetry.getTracer("unpost");
    }

    /// Whether anything comes of what is traced.
    public boolean isOn() {
        return telemetry instanceof OpenTelemetrySdk;
    }

    public Tracer tracer() {
        return tracer;
    }

    /// The trace that a call goes on with; an empty one where it names none.
    public <C> Context of(C call, TextMapGetter<C> headers) {
        return telemetry.getPropagators().getTextMapPropagator().extract(Context.root(), call, headers);
    }

    /// What tells the receiver of a request that it is part of this span.
    ///
    /// @return names and values of headers
    public Map<String, String> headers(Span span) {
        var headers = new HashMap<String, String>();
        telemetry
                .getPropagators()
                .getTextMapPropagator()
                .inject(Context.root().with(span), headers, (_, name, value) -> headers.put(name, value));
        return headers;
    }

    @PreDestroy
    void end() {
        if (telemetry instanceof OpenTelemetrySdk sdk) {
            var _ = sdk.shutdown().join(FLUSH_SECONDS, TimeUnit.SECONDS);
        }
    }

    /// Those of the SDK that are set; an empty one is none, as OpenTelemetry has it.
    private static Map<String, String> settings(Environment environment) {
        var settings = new HashMap<String, String>();
        try {
            environment.getProperties("otel").forEach((name, value) -> {
                if (!value.toString().isBlank()) {
                    settings.put("otel." + name, value.toString());
                }
            });
        } catch (io.micronaut.context.exceptions.ConfigurationException _) {
            // Its message quotes the value.
            throw new TracingRefused("A setting for traces (OTEL_…) holds ${, which stands for a variable in settings,"
                    + " and there is none of that name.");
        }
        return settings;
    }

    private static OpenTelemetry sdk(Map<String, String> settings) {
        // The SDK logs by the JDK's log.
        SLF4JBridgeHandler.removeHandlersForRootLogger();
        SLF4JBridgeHandler.install();
        var properties = new HashMap<>(Map.of(
                "otel.service.name", "unpost",
                "otel.metrics.exporter", "none",
                "otel.logs.exporter", "none",
                "otel.exporter.otlp.protocol", "http/protobuf"));
        properties.putAll(settings);
        try {
            return AutoConfiguredOpenTelemetrySdk.builder()
                    .addPropertiesSupplier(() -> properties)
                    // What is under way when the process is asked to end is still traced.
                    .disableShutdownHook()
                    .build()
                    .getOpenTelemetrySdk();
        } catch (ConfigurationException | IllegalStateException | IllegalArgumentException e) {
            throw refused(e, properties.keySet());
        }
    }

    /// Names settings only: the SDK's own message quotes their values, which can be credentials.
    private static TracingRefused refused(Exception mistake, Set<String> settings) {
        String named = SETTING.matcher(String.valueOf(mistake.getMessage()))
                .results()
                .map(MatchResult::group)
                .filter(settings::contains)
                .distinct()
                .collect(Collectors.joining(", "));
        return new TracingRefused("The settings for traces (OTEL_…) are wrong"
                + (named.isEmpty() ? "" : ": " + named)
                + ". They are those of OpenTelemetry's SDK. An endpoint is a URL, such as http://localhost:4318;"
                + " OTEL_EXPORTER_OTLP_PROTOCOL can only be http/protobuf.");
    }
}
