package io.unpost.gateway.http;

import io.unpost.dialect.Deletable;
import io.unpost.gateway.accounts.Account;
import io.unpost.gateway.engine.Backtrace;
import io.unpost.gateway.engine.Result;
import io.unpost.gateway.engine.Time;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Lets calls with one [IdempotencyKey] delete once: the first one runs, and what it came to is the answer to all that
/// follow.
///
/// Answers are kept in memory, for a day at most, and the oldest make room for new ones. A key whose answer was dropped
/// is as good as new. A call that runs is never dropped.
@Singleton
final class Idempotency {

    private static final Logger LOG = LoggerFactory.getLogger(Idempotency.class);

    /// How long an answer is kept.
    static final Duration KEPT = Duration.ofHours(24);

    /// How much memory the answers take together, roughly.
    static final int MOST_BYTES = room(Runtime.getRuntime().maxMemory());

    /// What an answer takes beside its texts, generously: no more than 65,536 of them are kept.
    private static final int ENTRY_BYTES = 1 << 10;

    private final Time time;
    private final Map<IdempotencyKey, First> running = new HashMap<>();
    // The oldest first.
    private final SequencedMap<IdempotencyKey, Stored> answers = new LinkedHashMap<>();
    private int bytes;

    Idempotency(Time time) {
        this.time = time;
    }

    /// What there is for answers in a heap that may become so large.
    static int room(long heap) {
        return (int) Math.min(64 << 20, heap / 4);
    }

    /// What a key is used for. Names and an id as they are decoded, whatever the address looked like.
    record Use(String account, String kind, String id) {}

    /// What becomes of a call.
    sealed interface Turn {}

    /// The key was used for this before, and the answer is known.
    record Replay(Settled first) implements Turn {}

    /// The first call with this key still runs.
    record InProgress() implements Turn {}

    /// The key was or is used for something else.
    record Mismatch() implements Turn {}

    /// @param since when it was stored, by [Time#elapsed()]
    private record Stored(Use use, Settled first, int bytes, Duration since) {}

    /// Begins a call.
    ///
    /// @param key null where the caller gave none: such a call is the first of its own
    synchronized Turn begin(@Nullable IdempotencyKey key, Use use) {
        var mine = new First(key, use);
        if (key == null) {
            return mine;
        }
        dropOutdated();
        First other = running.get(key);
        if (other != null) {
            return other.use.equals(use) ? new InProgress() : new Mismatch();
        }
        Stored stored = answers.get(key);
        if (stored != null) {
            return stored.use().equals(use) ? new Replay(stored.first()) : new Mismatch();
        }
        running.put(key, mine);
        return mine;
    }

    /// The first call with its key; it runs, and the key is free again when it is closed without being settled.
    final class First implements Turn, AutoCloseable {

        private final @Nullable IdempotencyKey key;
        private final Use use;

        private First(@Nullable IdempotencyKey key, Use use) {
            this.key = key;
            this.use = use;
        }

        /// From now on this is the answer. Where it cannot be kept, the key is free again.
        void settles(Account account, Deletable what, Result result) {
            if (key == null) {
                return;
            }
            try {
                store(key, this, new Settled(account, what, result));
            } catch (RuntimeException | Error e) {
                // What was done is done, and its caller is told so.
                Backtrace.log(LOG, "An answer was not kept for its idempotency key", e);
            }
        }

        @Override
        public void close() {
            if (key != null) {
                end(key, this);
            }
        }
    }

    private synchronized void store(IdempotencyKey key, First first, Settled settled) {
        int size = ENTRY_BYTES
                + 2 * (key.toString().length() + first.use.toString().length())
                + settled.bytes();
        answers.put(key, new Stored(first.use, settled, size, time.elapsed()));
        running.remove(key);
        bytes += size;
        while (bytes > MOST_BYTES) {
            dropOldest();
        }
    }

    /// Does nothing once it is settled; the key may be another call's by then.
    private synchronized void end(IdempotencyKey key, First first) {
        running.remove(key, first);
    }

    private void dropOutdated() {
        Duration now = time.elapsed();
        while (!answers.isEmpty()
                && now.minus(answers.firstEntry().getValue().since()).compareTo(KEPT) >= 0) {
            dropOldest();
        }
    }

    private void dropOldest() {
        bytes -= answers.pollFirstEntry().getValue().bytes();
    }
}
