package io.unpost.gateway.battery;

import static io.unpost.gateway.battery.Finding.Rule.NO_HANG;

import io.unpost.gateway.Provider;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;

/// What was measured in a row.
///
/// @param sends for each operation, on average
/// @param mostSends for one operation
/// @param p99 how long the slowest hundredth of the calls took at least
/// @param slowest how long the slowest call took
/// @param connections how many were open at most at a time, at one provider
record Figures(int operations, double sends, int mostSends, Duration p99, Duration slowest, int connections) {

    /// Only a hang takes longer than this many times what a call may, and only a leak more connections for each caller.
    static final int HANG = 3;

    private static final Duration SLACK = Duration.ofMillis(250);

    static Figures of(Collection<Answered> answered, Collection<Provider> providers) {
        List<Integer> sends = answered.stream()
                .map(each -> providers.stream()
                        .mapToInt(provider -> provider.sends(each.operation().id()))
                        .sum())
                .toList();
        List<Duration> took = answered.stream().map(Answered::took).sorted().toList();
        return new Figures(
                answered.size(),
                sends.stream().mapToInt(Integer::intValue).average().orElse(0),
                sends.stream().mapToInt(Integer::intValue).max().orElse(0),
                took.isEmpty() ? Duration.ZERO : took.get((int) Math.ceil(0.99 * took.size()) - 1),
                took.isEmpty() ? Duration.ZERO : took.getLast(),
                providers.stream().mapToInt(Provider::mostConnections).max().orElse(0));
    }

    /// How long a call may take at most.
    static Duration most(Duration call) {
        return call.plus(SLACK);
    }

    /// What took longer than it may, or was left open.
    ///
    /// @param p99 how long the slowest hundredth of the calls may take at least
    /// @param call how long a call may take
    /// @param callers how many there were at a time
    Stream<Finding> hangs(Duration p99, Duration call, int callers) {
        boolean hang = this.p99.compareTo(p99) > 0
                || slowest.compareTo(most(call).multipliedBy(HANG)) > 0
                || connections > HANG * callers;
        return hang ? Stream.of(new Finding(NO_HANG, toString())) : Stream.empty();
    }
}
