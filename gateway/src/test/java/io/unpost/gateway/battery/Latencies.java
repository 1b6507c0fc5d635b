package io.unpost.gateway.battery;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.stream.IntStream;

/// How long calls took, to the millisecond, however many there were.
final class Latencies {

    /// What takes longer counts as this long.
    private static final int MOST_MILLIS = 120_000;

    private final AtomicLongArray counts = new AtomicLongArray(MOST_MILLIS + 1);

    void add(Duration took) {
        counts.incrementAndGet((int) Math.clamp(took.toMillis(), 0L, (long) MOST_MILLIS));
    }

    long count() {
        return IntStream.rangeClosed(0, MOST_MILLIS).mapToLong(counts::get).sum();
    }

    /// What this share of the calls did not exceed; zero where there were none.
    ///
    /// @param share from 0 to 1
    Duration at(double share) {
        long rank = (long) Math.ceil(share * count());
        long seen = 0;
        int millis = -1;
        while (seen < rank) {
            millis++;
            seen += counts.get(millis);
        }
        return Duration.ofMillis(Math.max(millis, 0));
    }
}
