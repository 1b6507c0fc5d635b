package io.unpost.gateway.battery;

import static org.assertj.core.api.Assertions.assertThat;

import io.unpost.gateway.Api.Word;
import io.unpost.gateway.Call;
import io.unpost.gateway.battery.Fault.Act;
import java.util.List;
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
            List<Fault> faults = Stream.of(When.BEFORE_COMMIT, When.AFTER_COMMIT)
                    .flatMap(when -> Fault.each(when, acts(places)).stream())
                    .toList();
            battery.row("redirect, to itself and elsewhere", Load.ofPosts(battery.scaled(500)), row -> {
                row.does(Faults.always(row.seed(), faults));

                assertThat(row.deleteAll()).allSatisfy(each -> {
                    assertThat(each.told().claim()).as("%s", each).isEqualTo("outcome_unknown");
                    assertThat(places.subList(1, places.size()).stream())
                            .as("%s", each)
                            .anyMatch(place -> each.told().at("/detail").contains(place)
                                    || each.told()
                                            .at("/detail")
                                            .contains("/destroy/"
                                                    + each.operation().id()));
                });
                row.shows(canary.touched() + " connections elsewhere");
                assertThat(canary.touched()).isZero();
            });
        }
    }

    private static Stream<Act> acts(List<String> places) {
        return STATUSES.stream()
                .flatMap(status -> places.stream()
                        .map(place -> new Act(status + " to " + place, call -> point(call, status, place))));
    }

    private static void point(Call call, int status, String place) throws Exception {
        String location = place.equals(ITSELF)
                ? "http://" + call.request().header("Host") + call.request().path()
                : place;
        call.answer(status, call.said(Word.DELETED).body(), "Location: " + location);
    }
}
