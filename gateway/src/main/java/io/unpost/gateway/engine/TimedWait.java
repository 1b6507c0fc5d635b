package io.unpost.gateway.engine;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Waits for the end of something, for so long at most.
///
/// All waits share one timer, whose thread wakes for those alone that take too long. A virtual thread that is parked
/// for
/// a time wakes the JDK's own timer instead, each time.
public final class TimedWait {

    private static final ScheduledThreadPoolExecutor TIMER = timer();

    private TimedWait() {}

    private static ScheduledThreadPoolExecutor timer() {
        var timer = new ScheduledThreadPoolExecutor(
                1, Thread.ofPlatform().name("timed-waits").daemon().factory());
        timer.setRemoveOnCancelPolicy(true);
        return timer;
    }

    /// Waits.
    ///
    /// @return whether it has ended
    public static boolean of(CompletableFuture<?> end, Duration longest) throws InterruptedException {
        if (end.isDone() || !longest.isPositive()) {
            return end.isDone();
        }
        var either = new CompletableFuture<@Nullable Void>();
        var _ = end.whenComplete((_, _) -> either.complete(null));
        Future<?> alarm = TIMER.schedule(() -> either.complete(null), longest.toNanos(), TimeUnit.NANOSECONDS);
        try {
            either.get();
        } catch (ExecutionException e) {
            throw new IllegalStateException("it only ever ends well", e);
        } finally {
            alarm.cancel(false);
        }
        return end.isDone();
    }
}
