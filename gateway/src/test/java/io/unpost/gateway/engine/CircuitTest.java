package io.unpost.gateway.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.resilience4j.circuitbreaker.CircuitBreaker.State;
import io.unpost.dialect.Outcome.NotSent;
import io.unpost.gateway.engine.Circuit.Health;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class CircuitTest {

    private final FakeTime time = new FakeTime();
    private final Circuit circuit = new Circuit("acme", time);

    @Test
    void opensAfterTenFailures() {
        run(9, Health.SICK);
        assertThat(circuit.state()).isEqualTo(State.CLOSED);

        run(1, Health.SICK);

        assertThat(circuit.state()).isEqualTo(State.OPEN);
        assertThat(circuit.refusal()).hasValueSatisfying(refusal -> {
            assertThat(refusal.cause()).isEqualTo(NotSent.Cause.CIRCUIT_OPEN);
            assertThat(refusal.retryAfter()).isEqualTo(Duration.ofSeconds(10));
        });
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
        time.pass(Duration.ofSeconds(4));
        assertThat(circuit.refusal().orElseThrow().retryAfter()).isEqualTo(Duration.ofSeconds(6));
    }

    @Test
    void letsTwoProbesThroughAndClosesWhenTheyGoWell() {
        run(10, Health.SICK);
        time.pass(Duration.ofSeconds(10).plusMillis(1));

        assertThat(circuit.refusal()).isEmpty();
        assertThat(circuit.refusal()).isEmpty();
        assertThat(circuit.refusal()).isPresent();
        circuit.ended(Health.HEALTHY);
        circuit.ended(Health.HEALTHY);

        assertThat(circuit.state()).isEqualTo(State.CLOSED);
    }

    @Test
    void opensAgainWhenTheProbesFail() {
        run(10, Health.SICK);
        time.pass(Duration.ofSeconds(11));
        run(2, Health.SICK);

        assertThat(circuit.state()).isEqualTo(State.OPEN);
        assertThat(circuit.refusal().orElseThrow().retryAfter()).isEqualTo(Duration.ofSeconds(10));
    }

    @Test
    void probeThatTellsNothingIsFollowedByAnother() {
        run(10, Health.SICK);
        time.pass(Duration.ofSeconds(11));
        run(20, Health.UNTOLD);
        run(2, Health.HEALTHY);

        assertThat(circuit.state()).isEqualTo(State.CLOSED);
    }

    private void run(int times, Health health) {
        for (int i = 0; i < times; i++) {
            assertThat(circuit.refusal()).isEmpty();
            circuit.ended(health);
        }
    }
}
