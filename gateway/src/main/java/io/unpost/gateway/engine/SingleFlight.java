package io.unpost.gateway.engine;

import io.unpost.dialect.Kind;
import io.unpost.dialect.Outcome;
import io.unpost.gateway.accounts.Account;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Lets calls for the same target that overlap share one chain of attempts.
///
/// The first caller runs the chain under its own deadline, the others wait for it under theirs. Where the first one's
/// time ran out and others have more, one of them goes on from there and the others wait for that one.
final class SingleFlight {

    /// What callers are told whose time ends while another caller's chain runs.
    static final String ON_ITS_WAY = "the same delete, called for earlier, is still on its way";

    /// What is deleted, for whom.
    ///
    /// @param account with its credentials and provider: after a reload the same name may stand for others
    record Target(Account account, Kind kind, String id) {}

    /// One chain of attempts, running or ended.
    private static final class Flight {

        private final CompletableFuture<Result> result = new CompletableFuture<>();

        /// What those wait for whom this one's result did not settle it; null until the first of them is there.
        private @Nullable Flight next;
    }

    private final ConcurrentMap<Target, Flight> running = new ConcurrentHashMap<>();

    /// Runs the chain or joins the one that runs.
    ///
    /// @param chain makes the attempts; given what an earlier chain left unfinished, null where there was none
    /// @return empty where the deadline passed while another caller's chain still ran
    Optional<Result> join(Target target, Deadline deadline, Function<@Nullable Result, Result> chain) {
        var mine = new Flight();
        Flight theirs = running.putIfAbsent(target, mine);
        Result before = null;
        while (theirs != null) {
            Optional<Result> awaited = awaited(theirs, deadline);
            if (awaited.isEmpty()) {
                // What still runs may delete, whatever the chain before came to.
                return Optional.ofNullable(before)
                        .map(ended -> Progress.after(ended).and(onItsWay(ended)));
            }
            // Another call may have begun anew in between, and its chain then knows nothing of the one before.
            Result result =
                    before == null ? awaited.get() : Progress.after(before).and(awaited.get());
            if (!result.outOfTime() || deadline.left().compareTo(RetryPolicy.LEAST_ATTEMPT) < 0) {
                return Optional.of(result);
            }
            before = result;
            theirs = other(theirs, target, mine);
        }
        return Optional.of(run(target, mine, before, chain));
    }

    private static Result onItsWay(Result ended) {
        return new Result(new Outcome.Unknown(ON_ITS_WAY, null, null), ended.attempts(), ended.at(), null, true);
    }

    /// The flight that goes on after one that ended, null where it is this caller's own. There is one at most, and it
    /// stays known to those who come late to it, so that attempts are not made twice over.
    private @Nullable Flight other(Flight ended, Target target, Flight mine) {
        synchronized (ended) {
            if (ended.next == null) {
                Flight begun = running.putIfAbsent(target, mine);
                ended.next = begun == null ? mine : begun;
            }
            return ended.next == mine ? null : ended.next;
        }
    }

    private Result run(Target target, Flight mine, @Nullable Result before, Function<@Nullable Result, Result> chain) {
        try {
            Result result = chain.apply(before);
            running.remove(target, mine);
            mine.result.complete(result);
            return result;
        } catch (Throwable e) {
            running.remove(target, mine);
            mine.result.completeExceptionally(e);
            throw e;
        }
    }

    private static Optional<Result> awaited(Flight theirs, Deadline deadline) {
        try {
            return Optional.of(theirs.result.get(deadline.left().toNanos(), TimeUnit.NANOSECONDS));
        } catch (TimeoutException _) {
            return Optional.empty();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        } catch (ExecutionException e) {
            throw new IllegalStateException("the shared delete failed", e.getCause());
        }
    }
}
