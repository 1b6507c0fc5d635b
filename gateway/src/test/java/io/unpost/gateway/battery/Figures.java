package io.unpost.gateway.battery;

import io.unpost.gateway.Provider;
import java.time.Duration;
import java.util.Collection;
import java.util.List;

/// What was measured in a row.
///
/// @param sends for each operation, on average
/// @param mostSends for one operation
/// @param p99 how long the slowest hundredth of the calls took at least
/// @param connections how many were open at most at a time, at one provider
record Figures(int operations, double sends, int mostSends, Duration p99, int connections) {

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
                providers.stream().mapToInt(Provider::mostConnections).max().orElse(0));
    }
}
