package io.unpost.gateway.battery;

import io.unpost.gateway.Jar;
import io.unpost.gateway.Told;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;

/// Deletes without end, each of another id, by accounts in turn.
final class Traffic {

    private static final int CALLERS = 128;
    /// As many as can be under way at a time; those that are due then are late, and their time counts.
    private static final int MOST_AT_ONCE = 2_000;

    private final Jar gateway;
    private final List<Operation> accounts;
    private final Examiner examiner;
    private final long firstId;
    private final AtomicLong offered = new AtomicLong();
    private final Map<String, LongAdder> claims = new ConcurrentSkipListMap<>();
    private final Latencies latencies = new Latencies();

    /// @param accounts one operation of each, whose ids do not matter
    /// @param firstId that of nothing else; those after it follow
    Traffic(Jar gateway, List<Operation> accounts, Examiner examiner, long firstId) {
        this.gateway = gateway;
        this.accounts = List.copyOf(accounts);
        this.examiner = examiner;
        this.firstId = firstId;
    }

    /// Which account, of how many, an id belongs to.
    static int account(String id, int accounts) {
        return (int) (Long.parseLong(id.replaceAll("[^0-9]", "")) % accounts);
    }

    private Operation next() {
        String digits = Long.toString(firstId + offered.getAndIncrement());
        Operation account = accounts.get(account(digits, accounts.size()));
        String prefix = account.id().replaceAll("[0-9]", "");
        return new Operation(account.form(), account.account(), prefix + digits);
    }

    /// As many calls as callers can make who wait for each answer.
    ///
    /// @return how many there were in a second
    double measure(Duration time) {
        Instant end = Instant.now().plus(time);
        long before = latencies.count();
        try (var callers = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int caller = 0; caller < CALLERS; caller++) {
                callers.execute(() -> {
                    while (Instant.now().isBefore(end)) {
                        call(next(), Instant.now());
                    }
                });
            }
        }
        return (latencies.count() - before) * 1_000.0 / time.toMillis();
    }

    /// Calls by chance, whether or not those before them are answered.
    void offer(double eachSecond, Duration time, long seed) throws InterruptedException {
        var chance = new SplittableRandom(seed);
        var free = new Semaphore(MOST_AT_ONCE);
        Instant planned = Instant.now();
        Instant end = planned.plus(time);
        try (var callers = Executors.newVirtualThreadPerTaskExecutor()) {
            while (planned.isBefore(end)) {
                Instant due = planned;
                Duration early = Duration.between(Instant.now(), due);
                if (early.isPositive()) {
                    Thread.sleep(early);
                }
                free.acquire();
                callers.execute(() -> {
                    try {
                        call(next(), due);
                    } finally {
                        free.release();
                    }
                });
                planned = due.plusNanos((long) (-Math.log(1 - chance.nextDouble()) / eachSecond * 1e9));
            }
        }
    }

    /// @param due when it was to begin, which is when its time begins
    private void call(Operation operation, Instant due) {
        try {
            Told told = gateway.delete(operation.path());
            var answered = new Answered(operation, told, due, Instant.now());
            claims.computeIfAbsent(told.claim(), _ -> new LongAdder()).increment();
            latencies.add(answered.took());
            examiner.add(answered);
        } catch (IOException | InterruptedException | RuntimeException | AssertionError e) {
            examiner.lost(operation, e);
        }
    }

    long offered() {
        return offered.get();
    }

    Latencies latencies() {
        return latencies;
    }

    /// How many were told what.
    Map<String, LongAdder> claims() {
        return claims;
    }
}
