package io.unpost.gateway.metrics;

import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.Histogram;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.unpost.dialect.Kind;
import io.unpost.gateway.accounts.Account;
import io.unpost.gateway.accounts.Accounts;
import io.unpost.gateway.engine.Exchange;
import io.unpost.gateway.engine.Observer;
import jakarta.inject.Singleton;
import java.time.Duration;

/// Measures what the engine does.
@Singleton
public final class EngineMetrics implements Observer {

    private static final double NANOS = 1e9;

    private final Histogram provider;
    private final Counter retries;
    private final Counter mismatches;

    EngineMetrics(PrometheusRegistry registry) {
        provider = Histogram.builder()
                .name("unpost_provider_seconds")
                .help("Time of each request at a provider, by whether its answer was received (answered), got lost"
                        + " (no_answer), or the request did not leave (never_left).")
                .labelNames("account", "kind", "answer")
                .classicOnly()
                .classicUpperBounds(0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10)
                .withoutExemplars()
                .register(registry);
        retries = Counter.builder()
                .name("unpost_retries_total")
                .help("Attempts of deletes after the first of each.")
                .labelNames("account", "kind")
                .withoutExemplars()
                .register(registry);
        mismatches = Counter.builder()
                .name("unpost_mismatches_total")
                .help("Answers that confirm the deletion of something else than the provider was asked for.")
                .labelNames("account", "kind")
                .withoutExemplars()
                .register(registry);
    }

    /// Shows the alarms that were not raised as zero: a counter that begins at one has not risen.
    void showAlarms(Accounts accounts) {
        for (Account account : accounts.all()) {
            account.dialect()
                    .facts()
                    .deletables()
                    .forEach(deletable -> mismatches.initLabelValues(
                            account.name(), deletable.kind().name()));
        }
    }

    @Override
    public void exchanged(Account account, Kind kind, Exchange exchange, Duration took) {
        String answer = switch (exchange) {
            case Exchange.Answered _ -> "answered";
            case Exchange.NoAnswer _ -> "no_answer";
            case Exchange.NeverLeft _ -> "never_left";
        };
        provider.labelValues(account.name(), kind.name(), answer).observe(took.toNanos() / NANOS);
    }

    @Override
    public void settled(Account account, Kind kind, int again) {
        if (again > 0) {
            retries.labelValues(account.name(), kind.name()).inc(again);
        }
    }

    @Override
    public void mismatched(Account account, Kind kind) {
        mismatches.labelValues(account.name(), kind.name()).inc();
    }
}
