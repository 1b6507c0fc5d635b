package io.unpost.gateway.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.resilience4j.circuitbreaker.CircuitBreaker.State;
import io.unpost.dialect.Outcome.NotSent;
import io.unpost.gateway.engine.Circuit.Begun;
import io.unpost.gateway.engine.Circuit.Health;
import io.unpost.gateway.engine.Circuit.Refused;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class CircuitTest {

    private static final Duration OPEN = Duration.ofSeconds(4);

    private static final int RACERS = 4;
    private static final int ROUNDS = 2_000;

    private final FakeTime time = new FakeTime();
    private final Circuit circuit = new Circuit("acme", time);

    @Test
    void opensAfterTenFailures() {
        run(9, Health.SICK);
        assertThat(circuit.state()).isEqualTo(State.CLOSED);

        run(1, Health.SICK);

        assertThat(circuit.state()).isEqualTo(State.OPEN);
        assertThat(refusal().cause()).isEqualTo(NotSent.Cause.CIRCUIT_OPEN);
        assertThat(refusal().retryAfter()).isEqualTo(OPEN);
    }

    @Test
    void opensWhenHalfOfTheLastTwentyFailed() {
        run(30, Health.HEALTHY);
        run(9, Health.SICK);
        assertThat(circuit.state()).isEqualTo(State.CLOSED);

        run(1, Health.SICK);

        assertThat(circuit.state()).isEqualTo(State.OPEN);
    }

    @ParameterizedTest
    @EnumSource(names = {"HEALTHY", "UNTOLD"})
    void whatIsNoFailureNeverOpensIt(Health health) {
        run(100, health);
        assertThat(circuit.state()).isEqualTo(State.CLOSED);
    }

    @Test
    void whatTellsNothingCountsForNothing() {
        run(9, Health.SICK);
        run(100, Health.UNTOLD);
        assertThat(circuit.state()).isEqualTo(State.CLOSED);

        run(1, Health.SICK);

        assertThat(circuit.state()).isEqualTo(State.OPEN);
    }

    @Test
    void retryAfterIsTheTimeThatIsLeft() {
        run(10, Health.SICK);
        time.pass(Duration.ofSeconds(1));
        assertThat(refusal().retryAfter()).isEqualTo(OPEN.minusSeconds(1));
    }

    @Test
    void letsTwoProbesThroughAndClosesWhenTheyGoWell() {
        run(10, Health.SICK);
        time.pass(OPEN.plusMillis(1));

        Begun one = begin();
        Begun other = begin();
        refusal();
        circuit.ended(one, Health.HEALTHY);
        circuit.ended(other, Health.HEALTHY);

        assertThat(circuit.state()).isEqualTo(State.CLOSED);
    }

    @Test
    void opensAgainWhenOneProbeFails() {
        run(10, Health.SICK);
        time.pass(OPEN.plusMillis(1));
        Begun one = begin();
        Begun other = begin();
        circuit.ended(one, Health.SICK);

        assertThat(circuit.state()).isEqualTo(State.OPEN);
        circuit.ended(other, Health.HEALTHY);
        assertThat(refusal().retryAfter()).isEqualTo(OPEN);
    }

    /// The second probe comes long after the first one failed, and finds the provider well.
    @Test
    void failedProbeIsNotKeptForLater() {
        run(10, Health.SICK);
        time.pass(OPEN.plusMillis(1));
        run(1, Health.SICK);
        time.pass(OPEN.plusMillis(1));
        run(2, Health.HEALTHY);

        assertThat(circuit.state()).isEqualTo(State.CLOSED);
    }

    @Test
    void probeThatTellsNothingIsFollowedByAnother() {
        run(10, Health.SICK);
        time.pass(Duration.ofSeconds(11));
        run(20, Health.UNTOLD);
        run(2, Health.HEALTHY);

        assertThat(circuit.state()).isEqualTo(State.CLOSED);
    }

    @ParameterizedTest
    @EnumSource
    void whatBeganBeforeTellsNothingOfTheProbes(Health health) {
        List<Begun> late = Stream.generate(this::begin).limit(40).toList();
        late.subList(0, 10).forEach(begun -> circuit.ended(begun, Health.SICK));
        time.pass(Duration.ofSeconds(11));
        Begun one = begin();
        late.subList(10, 40).forEach(begun -> circuit.ended(begun, health));

        assertThat(circuit.state()).isEqualTo(State.HALF_OPEN);
        Begun other = begin();
        refusal();
        circuit.ended(one, Health.HEALTHY);
        circuit.ended(other, Health.HEALTHY);
        assertThat(circuit.state()).isEqualTo(State.CLOSED);
    }

    /// One of them finds the time over; the others must not take a permission in between that they cannot give back.
    @Test
    @Timeout(60)
    void closesHoweverManyFindItOpenAtOnce() throws Exception {
        try (var threads = Executors.newFixedThreadPool(RACERS)) {
            for (int round = 0; round < ROUNDS; round++) {
                run(10, Health.SICK);
                time.pass(OPEN.plusMillis(1));
                var start = new CyclicBarrier(RACERS);
                List<Callable<Circuit.Turn>> racers = Collections.nCopies(RACERS, () -> {
                    start.await();
                    return circuit.begin();
                });
                for (Future<Circuit.Turn> turn : threads.invokeAll(racers)) {
                    if (turn.get() instanceof Begun begun) {
                        circuit.ended(begun, Health.HEALTHY);
                    }
                }
                assertThat(circuit.state()).as("round %d", round).isEqualTo(State.CLOSED);
            }
        }
    }

    private void run(int times, Health health) {
        for (int i = 0; i < times; i++) {
            circuit.ended(begin(), health);
        }
    }

    private Begun begin() {
        return switch (circuit.begin()) {
            case Begun begun -> begun;
            case Refused(NotSent refusal) -> throw new AssertionError(refusal);
        };
    }

    private NotSent refusal() {
        return switch (circuit.begin()) {
            case Begun begun -> throw new AssertionError(begun);
            case Refused(NotSent refusal) -> refusal;
        };
    }
}
