package io.unpost.gateway.engine;

import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;

/// Threads of which a test knows when they wait for another one's result.
final class WaitingThreads {

    private final List<Thread> threads = new CopyOnWriteArrayList<>();

    /// The same work, its thread watched.
    <T> Callable<T> of(Callable<T> work) {
        return () -> {
            threads.add(Thread.currentThread());
            return work.call();
        };
    }

    /// Until so many of them wait.
    void await(int count) {
        while (threads.stream()
                        .filter(thread -> thread.getState() == Thread.State.TIMED_WAITING)
                        .count()
                < count) {
            Thread.onSpinWait();
        }
    }
}
