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

    private final ClockSkew skew = new ClockSkew();

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
        learn(Reason.CREDENTIALS_REJECTED, 401, Duration.ofMinutes(10));
        WireResponse again = dated(401, Duration.ofMinutes(10));

        assertThat(skew.learn(refused(Reason.CREDENTIALS_REJECTED), again, skew.ahead()))
                .isTrue();
        assertThat(skew.ahead()).isZero();
        assertThat(skew.learn(refused(Reason.CREDENTIALS_REJECTED), dated(401, Duration.ZERO), Duration.ZERO))
                .isFalse();
    }

    @Test
    void requestThatWasSignedBeforeItWasLearntIsSignedAgain() {
        learn(Reason.CLOCK_REJECTED, 401, Duration.ofMinutes(10));
        assertThat(learn(Reason.CLOCK_REJECTED, 401, Duration.ofMinutes(10))).isTrue();
    }

    private boolean learn(Reason reason, int status, Duration ahead) {
        return skew.learn(refused(reason), dated(status, ahead), Duration.ZERO);
    }

    private static Outcome refused(Reason reason) {
        return new Verdict.Refused(reason, new ProviderSays(401, null, null, null));
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
