package io.unpost.gateway.metrics;

import com.sun.management.OperatingSystemMXBean;
import io.micrometer.core.instrument.Clock;
import io.micrometer.core.instrument.config.MeterFilter;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.micronaut.context.annotation.Factory;
import io.micronaut.context.annotation.Requires;
import io.micronaut.core.util.StringUtils;
import io.prometheus.metrics.core.metrics.CounterWithCallback;
import io.prometheus.metrics.core.metrics.Info;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import jakarta.inject.Singleton;
import java.lang.management.ManagementFactory;
import java.util.Objects;
import java.util.Set;

/// Gives all metrics one registry, which is there even where nobody may read it.
@Factory
final class MetricsFactory {

    private static final double NANOS = 1e9;

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
        var machine = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
        CounterWithCallback.builder()
                .name("process_cpu_seconds_total")
                .help("Processor time that the process has used.")
                .callback(seconds -> seconds.call(machine.getProcessCpuTime() / NANOS))
                .register(registry);
        return registry;
    }

    /// Takes in what Micrometer knows of the process.
    @Singleton
    @Requires(property = PrometheusController.SWITCH, notEquals = StringUtils.FALSE)
    PrometheusMeterRegistry meters(PrometheusRegistry registry) {
        return new PrometheusMeterRegistry(PrometheusConfig.DEFAULT, registry, Clock.SYSTEM);
    }

    /// Leaves out what breaks Prometheus's rules for names: nanoseconds, and a gauge named like a histogram's count.
    @Singleton
    MeterFilter names() {
        var misnamed = Set.of("process.cpu.time", "system.cpu.count");
        return MeterFilter.deny(meter -> misnamed.contains(meter.getName()));
    }

    /// What the jar's manifest says.
    private static String version() {
        return Objects.requireNonNullElse(MetricsFactory.class.getPackage().getImplementationVersion(), "unknown");
    }
}
