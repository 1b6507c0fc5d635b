package io.unpost.gateway.http;

import io.micronaut.context.annotation.Context;
import io.micronaut.context.annotation.Value;
import io.micronaut.runtime.graceful.GracefulShutdownCapable;
import io.unpost.gateway.engine.Deadline;
import io.unpost.gateway.engine.DeleteGateway;
import io.unpost.gateway.engine.Time;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The end of the gateway, which cuts nothing off.
///
/// First it is not ready any more, and serves on until whoever sends it calls has noticed. Then it takes no more, and
/// ends what it has begun, whether a caller still waits for it or not.
@Context
public final class Drain {

    private static final Logger LOG = LoggerFactory.getLogger(Drain.class);
    private static final Duration LOOK = Duration.ofMillis(20);

    private final DeleteGateway gateway;
    private final Underway calls;
    private final Time time;
    private final Duration delay;
    private final Duration timeout;
    private volatile boolean begun;

    /// @param delay how long it serves on
    /// @param timeout how long it may take to end what it has begun then
    Drain(
            DeleteGateway gateway,
            Underway calls,
            Time time,
            @Value("${unpost.drain.delay:5s}") String delay,
            @Value("${unpost.drain.timeout:12s}") String timeout) {
        this.gateway = gateway;
        this.calls = calls;
        this.time = time;
        this.delay = Settings.duration("unpost.drain.delay", delay);
        this.timeout = Settings.duration("unpost.drain.timeout", timeout);
    }

    /// Whether the end has begun.
    boolean hasBegun() {
        return begun;
    }

    /// Ends the gateway. Blocks until nothing is under way, or the time for that is over.
    ///
    /// @param server closes its ports, and each connection as soon as its call is answered
    public void run(GracefulShutdownCapable server) throws InterruptedException {
        begun = true;
        LOG.info("draining: not ready any more, serving on for {} ms", delay.toMillis());
        time.sleep(delay);
        LOG.info("draining: no new connections, {} deletes under way", calls.count());
        CompletableFuture<?> answered = server.shutdownGracefully().toCompletableFuture();
        var end = Deadline.in(timeout, time);
        boolean quiet = false;
        while (!(quiet && isQuiet(answered))) {
            if (isQuiet(answered)) {
                // Once more, for connections that were taken as the ports closed.
                quiet = true;
                answered = server.shutdownGracefully().toCompletableFuture();
            }
            if (end.left().isZero()) {
                LOG.warn(
                        "draining: {} calls and {} deletes are cut off after {} ms",
                        calls.count(),
                        gateway.underWay(),
                        timeout.toMillis());
                return;
            }
            time.sleep(LOOK);
        }
        LOG.info("drained");
    }

    private boolean isQuiet(CompletableFuture<?> answered) {
        return answered.isDone() && calls.count() == 0 && gateway.underWay() == 0;
    }
}
