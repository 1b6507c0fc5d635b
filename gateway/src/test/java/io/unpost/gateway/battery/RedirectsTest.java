package io.unpost.gateway.battery;

import static org.assertj.core.api.Assertions.assertThat;

import io.unpost.gateway.Api.Word;
import io.unpost.gateway.battery.Fault.Act;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/// Providers that point elsewhere.
@Tag("battery")
@Timeout(600)
@ExtendWith(Battery.Resolver.class)
final class RedirectsTest {

    private static final List<Integer> STATUSES = List.of(301, 302, 303, 307, 308);
    private static final String ITSELF = "itself";

    /// Each has the body of a success, so that whoever overlooks the status believes it.
    @Test
    void redirectIsNotFollowedAndNamed(Battery battery) throws Exception {
        try (var canary = new Canary()) {
            List<String> places = List.of(
                    ITSELF,
                    canary.address("/1.1/statuses/destroy/1.json"),
                    "file:///etc/passwd",
                    "http://169.254.169.254/latest/meta-data/");
            // Where each id's last answer pointed.
            var pointed = new ConcurrentHashMap<String, String>();
            List<Act> acts = STATUSES.stream()
                    .flatMap(status -> places.stream().map(place -> act(status, place, pointed)))
                    .toList();
            List<Fault> faults = Stream.of(When.BEFORE_COMMIT, When.AFTER_COMMIT)
                    .flatMap(when -> Fault.each(when, acts.stream()).stream())
                    .toList();
            // Each status points to each place in a hundred first answers.
            Load load = Load.ofPosts(acts.size() * battery.scaled(100)).of(100);
            battery.row("redirect, to itself and elsewhere", load, row -> {
                row.does(Faults.always(row.seed(), faults));

                assertThat(row.deleteAll()).allSatisfy(each -> {
                    assertThat(each.told().claim()).as("%s", each).isEqualTo("outcome_unknown");
                    assertThat(each.told().at("/detail"))
                            .contains("a redirect to "
                                    + pointed.get(each.operation().id()) + ", which is not followed");
                });
                row.shows(canary.touched() + " connections elsewhere");
                assertThat(canary.touched()).isZero();
            });
        }
    }

    private static Act act(int status, String place, Map<String, String> pointed) {
        return new Act(status + " to " + place, call -> {
            String location = place.equals(ITSELF)
                    ? "http://" + call.request().header("Host") + call.request().path()
                    : place;
            pointed.put(call.id(), location);
            call.answer(status, call.said(Word.DELETED).body(), "Location: " + location);
        });
    }
}
