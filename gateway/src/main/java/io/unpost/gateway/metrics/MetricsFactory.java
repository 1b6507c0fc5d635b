package io.unpost.gateway.metrics;

import io.micronaut.context.annotation.Factory;
import io.prometheus.metrics.core.metrics.Info;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import jakarta.inject.Singleton;
import java.util.Objects;

/// Gives all metrics one registry, which is there even where nobody may read it.
@Factory
final class MetricsFactory {

    /// With the metrics that there always are.
    @Singleton
    PrometheusRegistry registry() {
        var registry = new PrometheusRegistry();
        Info.builder()
                .name("unpost_build_info")
                .help("Which Unpost runs, on which Java.")
                .labelNames("version", "java")
                .register(registry)
                .addLabelValues(version(), Runtime.version().toString());
        return registry;
    }

    /// What the jar's manifest says.
    private static String version() {
        return Objects.requireNonNullElse(MetricsFactory.class.getPackage().getImplementationVersion(), "unknown");
    }
}
