package io.unpost.gateway.metrics;

import io.github.resilience4j.circuitbreaker.CircuitBreaker.State;
import io.prometheus.metrics.core.metrics.CounterWithCallback;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.unpost.dialect.Kind;
import io.unpost.gateway.accounts.Account;
import io.unpost.gateway.accounts.Accounts;
import io.unpost.gateway.accounts.AccountsFile;
import io.unpost.gateway.engine.Protections;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Locale;
import java.util.function.BiConsumer;

/// Shows how each account stands, asked for only when somebody looks: an account that is gone is not shown.
@Singleton
public final class AccountMetrics {

    private static final List<State> STATES = List.of(State.CLOSED, State.HALF_OPEN, State.OPEN);

    private final PrometheusRegistry registry;
    private final Accounts accounts;

    AccountMetrics(PrometheusRegistry registry, Accounts accounts, AccountsFile file, Protections protections) {
        this.registry = registry;
        this.accounts = accounts;
        showReloads(file);
        show(
                "unpost_circuit_breaker_state",
                "The state of an account's circuit breaker: 1 for the one it is in. An open one closes by deletes"
                        + " only.",
                (account, gauge) -> {
                    State state = protections.circuit(account);
                    STATES.forEach(one -> gauge.call(one == state ? 1 : 0, account.name(), wire(one)));
                },
                "account",
                "state");
        show(
                "unpost_budget_remaining",
                "Requests that an account's own budget leaves.",
                (account, gauge) ->
                        protections.budgetLeft(account).ifPresent(left -> gauge.call((double) left, account.name())),
                "account");
        show(
                "unpost_rate_limit_remaining",
                "Requests that the provider has said that it leaves for an account and kind, where it has.",
                (account, gauge) -> account.dialect().facts().deletables().forEach(deletable -> {
                    Kind kind = deletable.kind();
                    protections
                            .rateLimitLeft(account, kind)
                            .ifPresent(left -> gauge.call((double) left, account.name(), kind.name()));
                }),
                "account",
                "kind");
        show(
                "unpost_rate_limit_hold_seconds",
                "How long nothing is sent for an account and kind, because a limit of the provider was reached.",
                (account, gauge) -> account.dialect().facts().deletables().forEach(deletable -> {
                    Kind kind = deletable.kind();
                    gauge.call(protections.heldFor(account, kind).toMillis() / 1e3, account.name(), kind.name());
                }),
                "account",
                "kind");
        show(
                "unpost_deletes_in_flight",
                "Deletes that are being carried out, for however many callers each.",
                (account, gauge) -> gauge.call(protections.inFlight(account), account.name()),
                "account");
    }

    private void showReloads(AccountsFile file) {
        CounterWithCallback.builder()
                .name("unpost_accounts_reloads_total")
                .help("How often the accounts file was read again, by whether it was right.")
                .labelNames("result")
                .callback(reloads -> {
                    reloads.call((double) file.taken(), "success");
                    reloads.call((double) file.refused(), "failure");
                })
                .register(registry);
        GaugeWithCallback.builder()
                .name("unpost_accounts_file_right")
                .help("1 where the accounts file was right when it was read last, 0 where it was refused.")
                .callback(right -> right.call(file.isRight() ? 1 : 0))
                .register(registry);
    }

    private void show(
            String name, String help, BiConsumer<Account, GaugeWithCallback.Callback> values, String... labels) {
        GaugeWithCallback.builder()
                .name(name)
                .help(help)
                .labelNames(labels)
                .callback(gauge -> accounts.all().forEach(account -> values.accept(account, gauge)))
                .register(registry);
    }

    private static String wire(State state) {
        return state.name().toLowerCase(Locale.ROOT);
    }
}
