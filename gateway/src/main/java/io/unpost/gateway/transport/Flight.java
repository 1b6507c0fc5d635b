package io.unpost.gateway.transport;

import io.unpost.dialect.WireResponse;
import io.unpost.gateway.engine.Exchange;
import io.unpost.gateway.engine.Exchange.Answered;
import io.unpost.gateway.engine.Exchange.NeverLeft;
import io.unpost.gateway.engine.Exchange.NoAnswer;
import io.unpost.gateway.engine.TimedWait;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;

/// One request on its way, and what is certain about it.
///
/// A flight that is pending either leaves or is abandoned, whichever is first: what was abandoned can never leave.
/// The first end stays; of one without an answer the connection is told, to be closed.
final class Flight {

    private enum State {
        PENDING,
        LEFT,
        ABANDONED
    }

    private final long start = System.nanoTime();
    private final Duration connect;
    private final Duration limit;
    private final AtomicReference<State> state = new AtomicReference<>(State.PENDING);
    private final CompletableFuture<Exchange> end = new CompletableFuture<>();

    Flight(Duration connect, Duration limit) {
        this.connect = connect.compareTo(limit) < 0 ? connect : limit;
        this.limit = limit;
    }

    /// Asks to leave.
    ///
    /// @param lost what to do where it ends without an answer
    /// @return false when it has been said that the request never left: then nothing may be written
    boolean leave(Runnable lost) {
        if (!state.compareAndSet(State.PENDING, State.LEFT)) {
            return false;
        }
        var _ = end.thenAccept(exchange -> {
            if (!(exchange instanceof Answered)) {
                lost.run();
            }
        });
        return true;
    }

    /// Whether it is known what came of it.
    boolean ended() {
        return end.isDone();
    }

    /// The whole answer is here.
    void land(WireResponse response) {
        end(new Answered(response));
    }

    /// Something broke; what that means follows from whether the request had left.
    void fail(String why) {
        if (!abandon(why)) {
            end(new NoAnswer(why));
        }
    }

    /// Gives up, unless the request has left.
    ///
    /// @return whether the request never left
    boolean abandon(String why) {
        if (state.compareAndSet(State.PENDING, State.ABANDONED)) {
            end(new NeverLeft(why));
        }
        return state.get() == State.ABANDONED;
    }

    /// Waits for the end, which comes at the limit at the latest, by this thread's own clock: it needs no event loop.
    ///
    /// An interrupt does not shorten the wait: it would make a known end an unknown one. It is kept for the caller.
    Exchange await() {
        if (!endsWithin(connect)) {
            var _ = abandon("no connection was ready within " + connect.toMillis() + " ms");
        }
        if (!endsWithin(limit)) {
            fail("no whole answer came within " + limit.toMillis() + " ms");
        }
        return end.join();
    }

    private void end(Exchange exchange) {
        end.complete(exchange);
    }

    private boolean endsWithin(Duration time) {
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    return TimedWait.of(end, time.minusNanos(System.nanoTime() - start));
                } catch (InterruptedException _) {
                    interrupted = true;
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
