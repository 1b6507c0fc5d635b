package io.unpost.gateway.engine;

import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;

/// Threads of which a test knows when they wait for another one's result.
public final class WaitingThreads {

    private final List<Thread> threads = new CopyOnWriteArrayList<>();

    /// Whether a thread is in a [TimedWait]: it waits for a future, which nothing else does.
    public static boolean waits(Thread thread) {
        Object blocker = LockSupport.getBlocker(thread);
        return thread.getState() == Thread.State.WAITING
                && blocker != null
                && blocker.getClass().getEnclosingClass() == CompletableFuture.class;
    }

    /// The same work, its thread watched.
    <T> Callable<T> of(Callable<T> work) {
        return () -> {
            threads.add(Thread.currentThread());
            return work.call();
        };
    }

    /// Until so many of them wait.
    void await(int count) {
        while (threads.stream().filter(WaitingThreads::waits).count() < count) {
            Thread.onSpinWait();
        }
    }
}
