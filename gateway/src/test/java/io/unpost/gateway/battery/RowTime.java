package io.unpost.gateway.battery;

import io.micronaut.context.annotation.Replaces;
import io.micronaut.context.annotation.Requires;
import io.unpost.gateway.SystemTime;
import io.unpost.gateway.engine.Time;
import io.unpost.gateway.engine.WaitingThreads;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;

/// The time of this machine, which a row can turn and see being looked at.
@Singleton
@Replaces(SystemTime.class)
@Requires(property = RowTime.PROPERTY)
final class RowTime implements Time {

    static final String PROPERTY = "unpost.test.row-time";
    private static final long POLL_NANOS = 100_000;

    private final AtomicReference<Duration> ahead = new AtomicReference<>(Duration.ZERO);
    private final Set<Thread> callers = ConcurrentHashMap.newKeySet();

    /// A load whose gateway has such a time.
    static Load load(Load load) {
        return new Load(
                load.forms(), load.operations(), load.perAccount(), load.keys(), load.call(), Map.of(PROPERTY, true));
    }

    static RowTime of(Row row) {
        return row.gateway().context().getBean(RowTime.class);
    }

    @Override
    public Instant instant() {
        return Instant.now().plus(ahead.get());
    }

    @Override
    public Duration elapsed() {
        // Each call has a virtual thread of its own; a cache's housekeeping looks too.
        if (Thread.currentThread().isVirtual()) {
            callers.add(Thread.currentThread());
        }
        return Duration.ofNanos(System.nanoTime());
    }

    @Override
    public void sleep(Duration duration) throws InterruptedException {
        Thread.sleep(duration);
    }

    /// Sets the clock on the wall, and no other.
    void turn(Duration ahead) {
        this.ahead.set(ahead);
    }

    /// Forgets who looked.
    void forget() {
        callers.clear();
    }

    /// Until so many threads wait, a delete's for its provider and its callers' for the delete: each has looked, to
    /// set its deadline. A caller that came late would show by a send of its own.
    void awaitWaiting(int threads) {
        while (callers.stream().filter(WaitingThreads::waits).count() < threads) {
            LockSupport.parkNanos(POLL_NANOS);
        }
    }
}
