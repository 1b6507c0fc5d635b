package io.unpost.gateway.battery;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// Which fault strikes when.
final class FaultsTest {

    private static final int MANY = 2_000;
    private static final List<Fault> FAULTS = Stream.of(When.values())
            .flatMap(when -> Fault.each(when, Stream.of(Acts.RST, Acts.FIN)).stream())
            .toList();

    @Test
    void sameSeedMakesTheSameFaults() {
        List<String> some = struck(new Faults(7, FAULTS, 0.5, 2));

        assertThat(some)
                .isEqualTo(struck(new Faults(7, FAULTS, 0.5, 2)))
                .isNotEqualTo(struck(new Faults(8, FAULTS, 0.5, 2)));
    }

    @Test
    void firstRequestsAreStruckInTurn() {
        Faults faults = Faults.always(7, FAULTS);

        assertThat(IntStream.range(0, FAULTS.size()).mapToObj(id -> at(faults, id, 1)))
                .doesNotHaveDuplicates();
    }

    @Test
    void anyFaultMayFollowAnyOther() {
        Faults faults = Faults.always(7, FAULTS);

        assertThat(IntStream.range(0, MANY)
                        .mapToObj(id -> at(faults, id, 1) + ", " + at(faults, id, 2))
                        .distinct())
                .hasSize(FAULTS.size() * FAULTS.size());
    }

    private static List<String> struck(Faults faults) {
        return IntStream.range(0, MANY)
                .mapToObj(id -> at(faults, id, 1) + ", " + at(faults, id, 2) + ", " + at(faults, id, 3))
                .toList();
    }

    private static String at(Faults faults, int id, int number) {
        return faults.fault("custom-" + id, number).map(Fault::toString).orElse("none");
    }
}
