package io.unpost.gateway.metrics;

import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.CounterWithCallback;
import io.prometheus.metrics.core.metrics.Histogram;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.unpost.gateway.accounts.Account;
import io.unpost.gateway.accounts.Accounts;
import io.unpost.gateway.audit.AuditLog;
import jakarta.inject.Singleton;
import java.time.Duration;

/// Counts what callers are told.
@Singleton
public final class AnswerMetrics {

    /// Stands for every account and kind that is not configured. No name of either has an underscore.
    private static final String OTHER = "_other";

    private static final double NANOS = 1e9;

    /// What is known of a call's target.
    private record Known(String account, String kind) {

        private static final Known NOTHING = new Known(OTHER, OTHER);
    }

    private final Accounts accounts;
    private final Counter deletes;
    private final Counter replays;
    private final Histogram own;

    AnswerMetrics(PrometheusRegistry registry, Accounts accounts, AuditLog audit) {
        this.accounts = accounts;
        deletes = Counter.builder()
                .name("unpost_deletes_total")
                .help("Delete calls answered, by what the caller was told; code is none for a success.")
                .labelNames("account", "kind", "outcome", "evidence", "code")
                .withoutExemplars()
                .register(registry);
        replays = Counter.builder()
                .name("unpost_idempotent_replays_total")
                .help("Delete calls answered by what an earlier call with the same Idempotency-Key was told.")
                .withoutExemplars()
                .register(registry);
        own = Histogram.builder()
                .name("unpost_gateway_seconds")
                .help("The gateway's own time of each delete call, from its first filter to its answer: without"
                        + " requests at the provider, and without waits.")
                .labelNames("account", "kind")
                .classicOnly()
                .classicUpperBounds(0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.1)
                .withoutExemplars()
                .register(registry);
        CounterWithCallback.builder()
                .name("unpost_audit_failures_total")
                .help("Lines of the audit log that could not be written.")
                .callback(failures -> failures.call((double) audit.failures()))
                .register(registry);
    }

    /// Counts an answer.
    ///
    /// @param account as the caller named it; counted by its name only where it is configured
    /// @param kind as the caller named it; counted by its name only where that account has it
    /// @param outcome one of the outcomes an answer can have
    /// @param evidence one of the evidences an answer can have; `none` without any
    /// @param code the code of a problem; `none` for a success
    /// @param took the gateway's own time, without the provider's and without waits
    public void answered(String account, String kind, String outcome, String evidence, String code, Duration took) {
        Known known = known(account, kind);
        deletes.labelValues(known.account(), known.kind(), outcome, evidence, code)
                .inc();
        own.labelValues(known.account(), known.kind()).observe(took.toNanos() / NANOS);
    }

    /// Counts an answer that was given before.
    public void replayed() {
        replays.inc();
    }

    private Known known(String account, String kind) {
        try {
            return accounts.find(account)
                    .map(found -> new Known(found.name(), kindOf(found, kind)))
                    .orElse(Known.NOTHING);
        } catch (RuntimeException _) { // What is wrong with the accounts is for the answer to say, and was said.
            return Known.NOTHING;
        }
    }

    private static String kindOf(Account account, String kind) {
        return account.dialect().facts().deletables().stream()
                .map(deletable -> deletable.kind().name())
                .filter(kind::equals)
                .findFirst()
                .orElse(OTHER);
    }
}
