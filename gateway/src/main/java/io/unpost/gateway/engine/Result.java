package io.unpost.gateway.engine;

import io.unpost.dialect.Outcome;
import io.unpost.dialect.Outcome.Verdict;
import io.unpost.dialect.ProviderSays;
import io.unpost.dialect.WireResponse;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// What came of one delete.
///
/// @param outcome how it ended
/// @param attempts how many attempts were made, sent or not
/// @param at when it ended
/// @param answer the provider's last answer; null where none came
/// @param elsewhere how much of the time went into requests at the provider and into waits
public record Result(
        Outcome outcome, int attempts, Instant at, @Nullable WireResponse answer, Duration elsewhere) {

    /// What the provider said last; null where nothing is known of it.
    public @Nullable ProviderSays says() {
        return switch (outcome) {
            case Verdict verdict -> verdict.says();
            case Outcome.Unknown unknown -> unknown.says();
            case Outcome.NotSent _ -> null;
        };
    }

    /// The same, with this much of the provider's answer.
    public Result with(WireResponse kept) {
        return new Result(outcome, attempts, at, kept, elsewhere);
    }
}
