package io.unpost.gateway.engine;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.unpost.dialect.Kind;
import io.unpost.gateway.accounts.Account;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.OptionalLong;

/// What stands between each account and its provider, so that one account's trouble is no other's.
///
/// An account whose settings have changed begins anew.
@Singleton
public final class Protections {

    /// Longer than any budget takes to fill, so that nothing is forgotten that still counts.
    private static final Duration KEPT = Duration.ofHours(25);

    /// One account's.
    ///
    /// @param circuit whether the provider is well enough to be asked
    /// @param load how much is under way
    /// @param quota how much may still be sent
    /// @param clock how far the provider's clock is from ours
    record Protection(Circuit circuit, Load load, Quota quota, ClockSkew clock) {}

    private final LoadingCache<Account, Protection> byAccount;

    public Protections(Time time) {
        byAccount = Caffeine.newBuilder()
                .expireAfterAccess(KEPT)
                .ticker(() -> time.elapsed().toNanos())
                .build(account -> new Protection(
                        new Circuit(account.name(), time),
                        new Load(account.limits().maxInFlight()),
                        new Quota(account.limits(), time),
                        new ClockSkew(time)));
    }

    Protection of(Account account) {
        return byAccount.get(account);
    }

    /// The state of an account's circuit breaker.
    public CircuitBreaker.State circuit(Account account) {
        return of(account).circuit().state();
    }

    /// How many requests an account's own budget leaves; empty where it has none.
    public OptionalLong budgetLeft(Account account) {
        return of(account).quota().left();
    }

    /// How many requests the provider has said that it leaves for an account and kind; empty where nothing is known.
    public OptionalLong rateLimitLeft(Account account, Kind kind) {
        return of(account).quota().left(kind);
    }

    /// How long nothing is sent for an account and kind, because of the provider's limit; zero where it is.
    public Duration heldFor(Account account, Kind kind) {
        return of(account).quota().heldFor(kind);
    }

    /// How many of an account's deletes are under way.
    public int inFlight(Account account) {
        return of(account).load().calls();
    }
}
