package io.unpost.gateway.battery;

import static io.unpost.gateway.battery.Finding.Rule.ONE_ANSWER;
import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// What a gateway's metrics say of deletes.
///
/// @param metrics in Prometheus' text format
record Counted(String metrics) {

    private static final List<String> LABELS = List.of("account", "kind", "outcome", "evidence", "code");
    private static final Pattern LABEL = Pattern.compile("([a-z_]+)=\"([^\"]*)\"");

    /// A counter's value.
    private record Sample(Map<String, String> labels, long value) {

        private static Sample of(MatchResult line) {
            return new Sample(
                    LABEL.matcher(line.group(1))
                            .results()
                            .collect(Collectors.toMap(label -> label.group(1), label -> label.group(2))),
                    (long) Double.parseDouble(line.group(2)));
        }
    }

    private Stream<Sample> samples(String counter) {
        return Pattern.compile("^" + counter + "\\{(.*)} (\\S+)$", Pattern.MULTILINE)
                .matcher(metrics)
                .results()
                .map(Sample::of);
    }

    /// How many answers confirmed something else than was asked for.
    long mismatches() {
        return samples("unpost_mismatches_total").mapToLong(Sample::value).sum();
    }

    /// Where each call is not counted once, as what its caller was told.
    ///
    /// @param untold how many callers left before they were told; each counts once at most
    Stream<Finding> findings(Collection<Claim> told, int untold) {
        var more = new HashMap<List<String>, Long>();
        samples("unpost_deletes_total")
                .forEach(sample -> more.merge(
                        LABELS.stream()
                                .map(label -> sample.labels().getOrDefault(label, ""))
                                .toList(),
                        sample.value(),
                        Long::sum));
        told.stream().collect(groupingBy(Counted::labels, counting())).forEach((labels, count) -> {
            more.merge(labels, -count, Long::sum);
        });
        more.values().removeIf(count -> count == 0);
        long tooMany = more.values().stream()
                .mapToLong(Long::longValue)
                .filter(count -> count > 0)
                .sum();
        boolean tooFew = more.values().stream().anyMatch(count -> count < 0);
        return tooFew || tooMany > untold
                ? Stream.of(new Finding(ONE_ANSWER, "counted more or less often than it was told: " + more))
                : Stream.empty();
    }

    private static List<String> labels(Claim claim) {
        return List.of(
                claim.account(),
                claim.kind(),
                claim.outcome(),
                claim.evidence().isEmpty() ? "none" : claim.evidence(),
                claim.code().isEmpty() ? "none" : claim.code());
    }
}
