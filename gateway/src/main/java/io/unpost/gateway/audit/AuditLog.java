package io.unpost.gateway.audit;

import io.micronaut.context.annotation.Context;
import io.unpost.gateway.engine.Backtrace;
import io.unpost.gateway.engine.Time;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Who had what deleted, and what came of it.
@Context
public final class AuditLog {

    private static final Logger LOG = LoggerFactory.getLogger(AuditLog.class);

    /// A pipe that nobody reads, or a network's disk that hangs, may never take a line. One caller waits for that, the
    /// others no longer than this for it: with an intent, after which nothing is sent,
    private static final Duration INTENT_WAIT = Duration.ofSeconds(1);

    /// and with an outcome, which somebody waits for and which should not be missing.
    private static final Duration OUTCOME_WAIT = Duration.ofSeconds(5);

    private final Output output;
    private final Time time;
    private final ReentrantLock writing = new ReentrantLock();
    private final AtomicBoolean failing = new AtomicBoolean();
    private final AtomicLong failures = new AtomicLong();

    public AuditLog(Output output, Time time) {
        this.output = output;
        this.time = time;
    }

    /// A call whose intent is written.
    public final class Entry {

        private final AuditedCall call;
        private final Duration begun = time.elapsed();

        private Entry(AuditedCall call) {
            this.call = call;
        }

        /// Writes how the call ended; to be called before its caller is answered. Where that fails, the line is in the
        /// log of errors instead.
        public void outcome(Ending ending) {
            try {
                String line = Line.outcome(
                        call, ending, time.instant(), time.elapsed().minus(begun));
                if (!written(line, OUTCOME_WAIT)) {
                    LOG.error("This line is missing in the audit log: {}", line);
                }
            } catch (RuntimeException | Error e) {
                failures.incrementAndGet();
                Backtrace.log(LOG, "The outcome of request " + call.requestId() + " is not in the audit log", e);
            }
        }
    }

    /// Writes what is about to be done; to be called before anything is sent.
    ///
    /// @return empty where it cannot be written: then nothing may be sent
    public Optional<Entry> intent(AuditedCall call) {
        var entry = new Entry(call);
        return written(Line.intent(call, time.instant()), INTENT_WAIT) ? Optional.of(entry) : Optional.empty();
    }

    /// How many lines could not be written since the start.
    public long failures() {
        return failures.get();
    }

    /// Logs the beginning and the end of a time in which lines cannot be written, not each of them.
    private boolean written(String line, Duration longest) {
        try {
            write(line, longest);
        } catch (IOException e) {
            failures.incrementAndGet();
            if (!failing.getAndSet(true)) {
                LOG.error("The audit log cannot be written, and nothing is deleted until it can: {}", e.toString());
            }
            return false;
        }
        if (failing.get() && failing.getAndSet(false)) {
            LOG.info("The audit log is written again; {} lines are missing since the start", failures());
        }
        return true;
    }

    private void write(String line, Duration longest) throws IOException {
        if (!mayWrite(longest)) {
            throw new IOException("earlier lines have not been taken for " + longest.toSeconds() + " s");
        }
        try {
            output.write(line);
        } finally {
            writing.unlock();
        }
    }

    private boolean mayWrite(Duration longest) {
        try {
            return writing.tryLock(longest.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return writing.tryLock();
        }
    }
}
