package io.unpost.gateway.http;

import io.micronaut.context.annotation.Context;
import io.micronaut.context.annotation.Value;
import java.util.concurrent.atomic.AtomicInteger;

/// The calls that are under way, of all accounts together, and how many may be: each takes memory while it waits.
@Context
final class Underway {

    private final int most;
    private final AtomicInteger count = new AtomicInteger();

    Underway(@Value("${unpost.max-in-flight:1000}") String most) {
        this.most = Settings.count("unpost.max-in-flight", most);
    }

    /// Takes a place for a call, to be given back by [#end()]; false where there is none.
    ///
    /// @param deletes how many are under way, of callers that wait and of those that have left
    boolean begin(int deletes) {
        if (deletes >= most) {
            return false;
        }
        if (count.incrementAndGet() > most) {
            count.decrementAndGet();
            return false;
        }
        return true;
    }

    void end() {
        count.decrementAndGet();
    }

    int count() {
        return count.get();
    }
}
