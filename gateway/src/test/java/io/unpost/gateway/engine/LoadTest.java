package io.unpost.gateway.engine;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class LoadTest {

    @Test
    void noMoreThanTheMostRunAtATime() {
        var load = new Load(2);
        assertThat(load.beginCall()).isTrue();
        assertThat(load.beginCall()).isTrue();
        assertThat(load.beginCall()).isFalse();
        assertThat(load.calls()).isEqualTo(2);

        load.endCall();

        assertThat(load.beginCall()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"1, 3", "15, 3", "19, 3", "20, 4", "64, 12"})
    void fifthOfTheCallsMayTryAgainAndThreeAnyway(int calls, int retries) {
        var load = new Load(64);
        for (int i = 0; i < calls; i++) {
            assertThat(load.beginCall()).isTrue();
        }
        for (int i = 0; i < retries; i++) {
            assertThat(load.beginRetry()).isTrue();
        }
        assertThat(load.beginRetry()).isFalse();

        load.endRetry();

        assertThat(load.beginRetry()).isTrue();
    }
}
