package io.unpost.gateway.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.unpost.dialect.Outcome;
import io.unpost.dialect.Outcome.Verdict;
import io.unpost.dialect.ProviderSays;
import io.unpost.dialect.Reason;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class RetryPolicyTest {

    private static final ProviderSays SAYS = new ProviderSays(500, null, null, null);
    private static final Outcome NOT_SENT = new Outcome.NotSent(Outcome.NotSent.Cause.UNREACHABLE, "refused", null);
    private static final Duration WAIT = Duration.ofSeconds(7);

    private final RetryPolicy half = new RetryPolicy(() -> 0.5);

    @ParameterizedTest
    @CsvSource({"1, 50", "2, 100", "3, 200", "4, 400", "5, 800", "6, 1000", "7, 1000", "11, 1000", "2147483647, 1000"})
    void ceilingDoublesUpToTwoSeconds(int attempts, long millis) {
        assertThat(half.next(NOT_SENT, attempts)).contains(Duration.ofMillis(millis));
    }

    @ParameterizedTest
    @CsvSource({"1, 100", "2, 200", "3, 400", "9, 2000"})
    void waitIsDrawnFromZeroUpToTheCeiling(int attempts, long ceilingMillis) {
        var least = new RetryPolicy(() -> 0);
        var most = new RetryPolicy(() -> Math.nextDown(1.0));
        Duration ceiling = Duration.ofMillis(ceilingMillis);

        assertThat(least.next(NOT_SENT, attempts)).contains(Duration.ZERO);
        assertThat(most.next(NOT_SENT, attempts))
                .hasValueSatisfying(wait -> assertThat(wait).isLessThan(ceiling).isGreaterThan(ceiling.minusNanos(10)));
    }

    static Stream<Outcome> triedAgain() {
        return Stream.of(
                NOT_SENT,
                new Outcome.Unknown("reset", null, null),
                new Outcome.Unknown("reset", SAYS, Duration.ZERO),
                new Verdict.Faulted("garbage", SAYS),
                new Verdict.Unavailable(null, SAYS),
                new Verdict.Unavailable(Duration.ofMillis(49), SAYS),
                // A limit that is over at once is not hammered at either.
                new Verdict.Throttled(Duration.ZERO, SAYS));
    }

    @ParameterizedTest
    @MethodSource("triedAgain")
    void whatSettlesNothingIsTriedAgainAfterABackOff(Outcome last) {
        assertThat(half.next(last, 1)).contains(Duration.ofMillis(50));
    }

    static Stream<Outcome> askedToWait() {
        return Stream.of(
                new Outcome.Unknown("overloaded", SAYS, WAIT),
                new Verdict.Unavailable(WAIT, SAYS),
                new Verdict.Throttled(WAIT, SAYS));
    }

    @ParameterizedTest
    @MethodSource("askedToWait")
    void waitIsAsLongAsTheProviderAsks(Outcome last) {
        assertThat(half.next(last, 1)).contains(WAIT);
    }

    static List<Outcome> settled() {
        return List.of(
                Verdict.Deleted.acknowledged(null, SAYS),
                new Verdict.AlreadyGone(SAYS),
                new Verdict.NotFound(SAYS),
                new Verdict.Unverified("unclear", null, SAYS),
                new Verdict.Refused(Reason.NOT_OWNER, SAYS));
    }

    @ParameterizedTest
    @MethodSource("settled")
    void providersWordIsFinal(Outcome last) {
        assertThat(half.next(last, 1)).isEmpty();
    }

    @Test
    void limitWithoutAnEndIsFinal() {
        assertThat(half.next(new Verdict.Throttled(null, SAYS), 1)).isEmpty();
    }
}
