package io.unpost.gateway.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.unpost.dialect.Outcome;
import io.unpost.dialect.Outcome.Verdict;
import io.unpost.dialect.ProviderSays;
import io.unpost.dialect.Reason;
import io.unpost.dialect.WireResponse;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ClockSkewTest {

    private static final Duration TEN_MINUTES = Duration.ofMinutes(10);
    /// Ten minutes, less what a date of whole seconds does not show.
    private static final Duration AHEAD = TEN_MINUTES.minusMillis(511);
    private static final ProviderSays SAYS = new ProviderSays(401, null, null, null);

    private final FakeTime time = new FakeTime();
    private final ClockSkew skew = new ClockSkew(time);

    @ParameterizedTest
    @ValueSource(strings = {"PT10M", "-PT10M", "P1D", "-P1D", "PT5S", "-PT5S"})
    void isLearntWhereTheClockIsNamed(Duration ahead) {
        assertThat(learn(Reason.CLOCK_REJECTED, 403, ahead)).isTrue();
        assertThat(skew.ahead()).isBetween(ahead.minusSeconds(1), ahead);
    }

    @ParameterizedTest
    @CsvSource({"PT2M, true", "-PT2M, true", "PT50S, false", "-PT50S, false"})
    void isLearntFromABareRefusalOnlyWhereItIsLarge(Duration ahead, boolean learnt) {
        assertThat(learn(Reason.CREDENTIALS_REJECTED, 401, ahead)).isEqualTo(learnt);
    }

    @Test
    void isNotLearntFromARefusalWithAnotherStatus() {
        assertThat(learn(Reason.CREDENTIALS_REJECTED, 403, Duration.ofMinutes(10)))
                .isFalse();
    }

    @ParameterizedTest
    @EnumSource(
            mode = EnumSource.Mode.EXCLUDE,
            names = {"CLOCK_REJECTED", "CREDENTIALS_REJECTED"})
    void isNotLearntFromOtherRefusals(Reason reason) {
        assertThat(learn(reason, 401, Duration.ofMinutes(10))).isFalse();
        assertThat(skew.ahead()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"PT0S", "PT1S", "P3D", "-P3D", "P10000D"})
    void isNotLearntWhereTheClocksAgreeOrTheDateIsAbsurd(Duration ahead) {
        assertThat(learn(Reason.CLOCK_REJECTED, 401, ahead)).isFalse();
        assertThat(skew.ahead()).isZero();
    }

    @Test
    void isNotLearntWithoutADate() {
        assertThat(skew.learn(refused(Reason.CLOCK_REJECTED), response(401, Map.of()), Duration.ZERO))
                .isFalse();
        assertThat(skew.learn(refused(Reason.CLOCK_REJECTED), response(401, Map.of("Date", "now")), Duration.ZERO))
                .isFalse();
    }

    @Test
    void isForgottenWhereARequestSignedWithItIsRefusedToo() {
        learn(Reason.CLOCK_REJECTED, 401, TEN_MINUTES);

        assertThat(learn(refused(Reason.CLOCK_REJECTED), skew.ahead())).isTrue();
        assertThat(skew.ahead()).isZero();
    }

    /// It is the credentials that are refused then, and asking again would be so each time.
    @Test
    void staysWhereABareRefusalAgreesWithIt() {
        learn(Reason.CREDENTIALS_REJECTED, 401, TEN_MINUTES);

        assertThat(learn(refused(Reason.CREDENTIALS_REJECTED), skew.ahead())).isFalse();
        assertThat(skew.ahead()).isEqualTo(AHEAD);
    }

    @Test
    void guessIsForgottenAfterAWhile() {
        learn(Reason.CREDENTIALS_REJECTED, 401, TEN_MINUTES);
        time.pass(Duration.ofMinutes(15).minusNanos(1));
        assertThat(skew.ahead()).isEqualTo(AHEAD);

        time.pass(Duration.ofNanos(1));

        assertThat(skew.ahead()).isZero();
    }

    @Test
    void whatWasProvenIsKept() {
        learn(Reason.CREDENTIALS_REJECTED, 401, TEN_MINUTES);
        learn(new Verdict.AlreadyGone(SAYS), skew.ahead());
        time.pass(Duration.ofDays(30));

        assertThat(skew.ahead()).isEqualTo(AHEAD);
    }

    @Test
    void isProvenByWhateverWasLookedFor() {
        learn(Reason.CREDENTIALS_REJECTED, 401, TEN_MINUTES);
        learn(new Verdict.NotFound(SAYS), skew.ahead());
        time.pass(Duration.ofDays(30));

        assertThat(skew.ahead()).isEqualTo(AHEAD);
    }

    @Test
    void isNotProvenByWhatWasSignedWithoutIt() {
        learn(Reason.CREDENTIALS_REJECTED, 401, TEN_MINUTES);
        learn(new Verdict.AlreadyGone(SAYS), Duration.ZERO);
        time.pass(Duration.ofMinutes(15));

        assertThat(skew.ahead()).isZero();
    }

    @Test
    void requestThatWasSignedBeforeItWasLearntIsSignedAgain() {
        learn(Reason.CLOCK_REJECTED, 401, Duration.ofMinutes(10));
        assertThat(learn(Reason.CLOCK_REJECTED, 401, Duration.ofMinutes(10))).isTrue();
    }

    private boolean learn(Reason reason, int status, Duration ahead) {
        return skew.learn(refused(reason), dated(status, ahead), Duration.ZERO);
    }

    /// From an answer ten minutes ahead.
    private boolean learn(Outcome last, Duration signedWith) {
        return skew.learn(last, dated(401, TEN_MINUTES), signedWith);
    }

    private static Outcome refused(Reason reason) {
        return new Verdict.Refused(reason, SAYS);
    }

    private static WireResponse dated(int status, Duration ahead) {
        String date = DateTimeFormatter.RFC_1123_DATE_TIME.format(
                FakeTime.START.plus(ahead).atOffset(ZoneOffset.UTC));
        return response(status, Map.of("Date", date));
    }

    private static WireResponse response(int status, Map<String, String> headers) {
        return new WireResponse(status, headers, new byte[0], FakeTime.START);
    }
}
