package io.unpost.gateway.engine;

import com.github.benmanes.caffeine.cache.Caffeine;
import io.opentelemetry.context.Context;
import io.unpost.dialect.Kind;
import io.unpost.dialect.Outcome.Verdict;
import io.unpost.gateway.accounts.Account;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Lets calls for the same target that overlap share one chain of attempts.
///
/// The chain has a thread of its own, so that no caller's haste is another's: each waits for it under its own deadline,
/// and one that leaves ends nothing. A delete that is proven after somebody left without being told so is kept for a
/// while, for whoever asks next: to send it again would find it gone, and not know why.
final class SingleFlight {

    /// For a chain that ends by the same deadline as its caller's wait.
    private static final Duration GRACE = Duration.ofMillis(100);

    /// How long, and how many of them.
    private static final Duration KEPT = Duration.ofMinutes(1);

    private static final int MOST_KEPT = 10_000;

    /// What is deleted, for whom.
    ///
    /// @param account with its credentials and provider: after a reload the same name may stand for others
    record Target(Account account, Kind kind, String id) {}

    /// One chain of attempts under way.
    static final class Flight {

        private final Deadline deadline;
        private final Duration begun;
        private final CompletableFuture<Result> result = new CompletableFuture<>();
        private volatile Progress progress = Progress.NONE;
        private boolean left;
        private @Nullable Result end;

        /// @param begun by [Time#elapsed()]
        Flight(Deadline deadline, Duration begun) {
            this.deadline = deadline;
            this.begun = begun;
        }

        /// When the chain ends at the latest; those who join later move it on.
        Deadline deadline() {
            return deadline;
        }

        /// What is known so far, for callers whose own time ends before the chain does.
        void progressed(Progress soFar) {
            progress = soFar;
        }

        /// Takes in what the chain came to.
        ///
        /// @return whether somebody has left without being told
        private synchronized boolean endWith(Result come) {
            end = come;
            return left;
        }

        /// Lets a caller go.
        ///
        /// @return what the chain came to; null where it still runs
        private synchronized @Nullable Result leave() {
            left = true;
            return end;
        }
    }

    private final Time time;
    private final ConcurrentMap<Target, Flight> running = new ConcurrentHashMap<>();
    private final ConcurrentMap<Target, Result> untold;

    SingleFlight(Time time) {
        this.time = time;
        this.untold = Caffeine.newBuilder()
                .expireAfterWrite(KEPT)
                .maximumSize(MOST_KEPT)
                .ticker(() -> time.elapsed().toNanos())
                .<Target, Result>build()
                .asMap();
    }

    /// Begins the chain or joins the one that runs, and waits for it.
    ///
    /// @param wait how long this caller waits
    /// @param longest how long the chain may take; a caller who joins it gives it as much again
    /// @param chain makes the attempts
    /// @return what the chain came to, or how far it came by the caller's deadline
    Result join(Target target, Deadline wait, Deadline longest, Function<Flight, Result> chain) {
        var mine = new Flight(longest, time.elapsed());
        Flight theirs = running.putIfAbsent(target, mine);
        if (theirs != null) {
            theirs.deadline.extendTo(longest);
            return awaited(theirs, wait);
        }
        // Where an earlier chain has left something, it did so before it ceased to run.
        Result known = untold.remove(target);
        if (known != null) {
            running.remove(target, mine);
            mine.result.complete(known);
            return known;
        }
        try {
            // In the trace of the call that begins it.
            Thread.startVirtualThread(Context.current().wrap(() -> run(target, mine, chain)));
        } catch (Throwable e) {
            ended(target, mine, e);
            throw e;
        }
        return awaited(mine, wait);
    }

    /// How many chains run.
    int running() {
        return running.size();
    }

    private void run(Target target, Flight flight, Function<Flight, Result> chain) {
        try {
            Result result = chain.apply(flight);
            if (flight.endWith(result) && result.outcome() instanceof Verdict.Deleted) {
                untold.put(target, result);
            }
            running.remove(target, flight);
            flight.result.complete(result);
        } catch (Throwable e) {
            ended(target, flight, e);
        }
    }

    /// By a defect. What was sent before it may have arrived: to let it through would say that nothing was.
    private void ended(Target target, Flight flight, Throwable defect) {
        running.remove(target, flight);
        if (flight.progress.attempts() == 0) {
            flight.result.completeExceptionally(defect);
        } else {
            flight.result.complete(flight.progress.result(time.instant(), took(flight)));
        }
    }

    private Result awaited(Flight flight, Deadline wait) {
        try {
            return TimedWait.of(flight.result, wait.left().plus(GRACE)) ? flight.result.join() : leave(flight);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return leave(flight);
        } catch (CompletionException e) {
            throw new IllegalStateException("the delete failed", e.getCause());
        }
    }

    private Result leave(Flight flight) {
        Result end = flight.leave();
        return end == null ? flight.progress.unfinished(time.instant(), took(flight)) : end;
    }

    private Duration took(Flight flight) {
        return time.elapsed().minus(flight.begun);
    }
}
