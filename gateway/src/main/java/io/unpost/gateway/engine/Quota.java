package io.unpost.gateway.engine;

import io.github.bucket4j.Bucket;
import io.github.bucket4j.ConsumptionProbe;
import io.github.bucket4j.TimeMeter;
import io.unpost.dialect.Kind;
import io.unpost.dialect.Outcome.NotSent;
import io.unpost.dialect.Outcome.Verdict;
import io.unpost.gateway.accounts.Limits;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;

/// How many requests one account may still send: what its own budget leaves, and what its provider said last.
///
/// The budget is the account's, the provider's limits are told apart by kind, because a provider counts each of its
/// calls by itself.
final class Quota {

    private final @Nullable Bucket budget;
    private final Time time;
    private final Duration probe;
    private final ConcurrentMap<Kind, Allowance> allowances = new ConcurrentHashMap<>();

    Quota(Limits limits, Time time) {
        this.time = time;
        probe = limits.attempt();
        budget = limits.budget() == null ? null : bucket(limits.budget(), time);
    }

    private static Bucket bucket(Limits.Budget budget, Time time) {
        return Bucket.builder()
                .withCustomTimePrecision(new Elapsed(time))
                .addLimit(limit -> limit.capacity(budget.calls()).refillGreedy(budget.calls(), budget.per()))
                .build();
    }

    /// Leave to send one request, to be followed by what came of it.
    sealed interface Leave {

        /// It may be sent.
        ///
        /// @param word how often nothing was left so far, which this request comes after
        record Granted(long word) implements Leave {}

        /// It may not.
        record Refused(NotSent refusal) implements Leave {}
    }

    /// Takes one request off the account's quota.
    Leave take(Kind kind) {
        Allowance allowance = allowance(kind);
        Leave leave = allowance.take(time.elapsed());
        if (budget == null || !(leave instanceof Leave.Granted granted)) {
            return leave;
        }
        ConsumptionProbe taken = budget.tryConsumeAndReturnRemaining(1);
        if (taken.isConsumed()) {
            return leave;
        }
        allowance.giveBack(granted, time.elapsed());
        return new Leave.Refused(new NotSent(
                NotSent.Cause.BUDGET_SPENT,
                "the account's own budget is spent",
                Duration.ofNanos(Math.max(1, taken.getNanosToWaitForRefill()))));
    }

    /// Takes back what was not sent.
    void giveBack(Kind kind, Leave.Granted leave) {
        if (budget != null) {
            budget.addTokens(1);
        }
        allowance(kind).giveBack(leave, time.elapsed());
    }

    /// Takes in what the provider says of its limits.
    void learn(Kind kind, Leave.Granted leave, Verdict verdict) {
        allowance(kind).learn(leave, verdict, time);
    }

    /// What the account's own budget leaves; empty where it has none.
    OptionalLong left() {
        return budget == null ? OptionalLong.empty() : OptionalLong.of(budget.getAvailableTokens());
    }

    /// How many requests the provider has said that it leaves for a kind; empty where nothing is known.
    OptionalLong left(Kind kind) {
        Allowance known = allowances.get(kind);
        return known == null ? OptionalLong.empty() : known.left(time.elapsed());
    }

    /// How long the provider's limit for a kind holds; zero where nothing is known of one.
    Duration heldFor(Kind kind) {
        Allowance known = allowances.get(kind);
        return known == null ? Duration.ZERO : known.heldFor(time.elapsed());
    }

    private Allowance allowance(Kind kind) {
        return allowances.computeIfAbsent(kind, _ -> new Allowance(probe));
    }

    private record Elapsed(Time time) implements TimeMeter {

        @Override
        public long currentTimeNanos() {
            return time.elapsed().toNanos();
        }

        @Override
        public boolean isWallClockBased() {
            return false;
        }
    }
}
