package io.unpost.gateway.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.unpost.dialect.Kind;
import io.unpost.dialect.Outcome.NotSent;
import io.unpost.dialect.Outcome.Verdict;
import io.unpost.dialect.ProviderSays;
import io.unpost.dialect.RateLimit;
import io.unpost.gateway.accounts.Limits;
import io.unpost.gateway.engine.Quota.Leave;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class QuotaTest {

    private final FakeTime time = new FakeTime();
    private final Quota quota = quota(null);

    @Test
    void withoutBudgetAndWordOfTheProviderThereIsNoEnd() {
        for (int i = 0; i < 10_000; i++) {
            granted();
        }
        assertThat(quota.left()).isEmpty();
    }

    @Test
    void budgetIsSpentAndRefilledEvenly() {
        Quota limited = quota(new Limits.Budget(300, Duration.ofMinutes(15)));
        for (int i = 0; i < 300; i++) {
            assertThat(limited.take(Kind.POSTS)).isInstanceOf(Leave.Granted.class);
        }
        assertThat(limited.left()).hasValue(0);
        assertThat(refusal(limited, Kind.POSTS).cause()).isEqualTo(NotSent.Cause.BUDGET_SPENT);
        assertThat(refusal(limited, Kind.MESSAGES).retryAfter()).isEqualTo(Duration.ofSeconds(3));

        time.pass(Duration.ofSeconds(3));

        assertThat(limited.take(Kind.MESSAGES)).isInstanceOf(Leave.Granted.class);
        assertThat(limited.take(Kind.POSTS)).isInstanceOf(Leave.Refused.class);
    }

    @Test
    void whatWasNotSentIsGivenBack() {
        Quota limited = quota(new Limits.Budget(1, Duration.ofMinutes(15)));
        for (int i = 0; i < 10; i++) {
            limited.giveBack(Kind.POSTS, granted(limited, Kind.POSTS));
        }
        assertThat(limited.left()).hasValue(1);
    }

    @Test
    void limitHoldsTheKindUntilItsEndAndNoOther() {
        learn(granted(), throttled(Duration.ofSeconds(30)));
        time.pass(Duration.ofSeconds(10));

        assertThat(refusal().cause()).isEqualTo(NotSent.Cause.BUDGET_SPENT);
        assertThat(refusal().retryAfter()).isEqualTo(Duration.ofSeconds(20));
        assertThat(quota.heldFor(Kind.POSTS)).isEqualTo(Duration.ofSeconds(20));
        assertThat(quota.heldFor(Kind.MESSAGES)).isZero();
        assertThat(quota.take(Kind.MESSAGES)).isInstanceOf(Leave.Granted.class);
    }

    @Test
    void limitWithoutAnEndHoldsForAMinute() {
        learn(granted(), throttled(null));
        assertThat(refusal().retryAfter()).isEqualTo(Duration.ofSeconds(60));
    }

    @Test
    void afterALimitOneAsksAndTheOthersWaitForItsAnswer() {
        learn(granted(), throttled(Duration.ofSeconds(2)));
        time.pass(Duration.ofSeconds(2));
        Leave.Granted probe = granted();
        assertThat(refusal().retryAfter()).isEqualTo(Duration.ofSeconds(3));

        learn(probe, notFound(null));

        granted();
        granted();
    }

    @Test
    void limitThatLastsIsMetByOneForEachOfItsWindows() {
        learn(granted(), throttled(Duration.ofSeconds(2)));
        for (int window = 0; window < 10; window++) {
            time.pass(Duration.ofSeconds(2));
            Leave.Granted probe = granted();
            refusal();
            learn(probe, throttled(Duration.ofSeconds(2)));
            assertThat(refusal().retryAfter()).isEqualTo(Duration.ofSeconds(2));
        }
    }

    @Test
    void probeThatIsNeverAnsweredIsFollowedByAnother() {
        learn(granted(), throttled(Duration.ofSeconds(2)));
        time.pass(Duration.ofSeconds(2));
        granted();
        time.pass(Duration.ofSeconds(3));
        granted();
    }

    @Test
    void probeThatNeverLeftIsFollowedByAnother() {
        learn(granted(), throttled(Duration.ofSeconds(2)));
        time.pass(Duration.ofSeconds(2));
        quota.giveBack(Kind.POSTS, granted());
        granted();
    }

    @Test
    void answerToWhatWasSentBeforeTheLimitDoesNotLiftIt() {
        Leave.Granted early = granted();
        learn(granted(), throttled(Duration.ofSeconds(30)));

        learn(early, notFound(null));

        refusal();
    }

    @Test
    void remainingCallsAreCountedDownUntilTheReset() {
        learn(granted(), notFound(new RateLimit(50, 2, FakeTime.START.plusSeconds(100))));
        granted();
        granted();
        assertThat(refusal().retryAfter()).isEqualTo(Duration.ofSeconds(100));

        time.pass(Duration.ofSeconds(100));

        granted();
        granted();
        granted();
    }

    /// Nobody knows what is left when less of the window has passed than the provider said.
    @Test
    void afterAWindowThatIsTooLongToBeBelievedOneAsksAndTheOthersWaitForItsAnswer() {
        learn(granted(), notFound(new RateLimit(50, 0, FakeTime.START.plus(Duration.ofHours(3)))));
        time.pass(Duration.ofMinutes(15));
        Leave.Granted probe = granted();
        refusal();

        learn(probe, throttled(Duration.ofMinutes(15)));

        assertThat(refusal().retryAfter()).isEqualTo(Duration.ofMinutes(15));
    }

    @Test
    void whatTheProviderLeavesIsShownUntilTheReset() {
        assertThat(quota.left(Kind.POSTS)).isEmpty();
        learn(granted(), notFound(new RateLimit(50, 2, FakeTime.START.plusSeconds(100))));
        granted();

        assertThat(quota.left(Kind.POSTS)).hasValue(1);
        assertThat(quota.left(Kind.MESSAGES)).isEmpty();
        time.pass(Duration.ofSeconds(100));
        assertThat(quota.left(Kind.POSTS)).isEmpty();
    }

    @Test
    void ofOneWindowTheLeastCounts() {
        var end = FakeTime.START.plusSeconds(100);
        learn(granted(), notFound(new RateLimit(50, 1, end)));
        learn(granted(), notFound(new RateLimit(50, 40, end)));
        refusal();
    }

    @Test
    void newWindowReplacesTheOld() {
        learn(granted(), notFound(new RateLimit(50, 0, FakeTime.START.plusSeconds(100))));
        refusal();
        time.pass(Duration.ofSeconds(100));
        learn(granted(), notFound(new RateLimit(50, 1, FakeTime.START.plusSeconds(200))));
        granted();
        refusal();
    }

    @Test
    void windowIsBelievedForFifteenMinutes() {
        learn(granted(), notFound(new RateLimit(50, 0, FakeTime.START.plus(Duration.ofDays(400)))));
        assertThat(refusal().retryAfter()).isEqualTo(Duration.ofMinutes(15));
    }

    @Test
    void windowThatIsOverSaysNothing() {
        learn(granted(), notFound(new RateLimit(50, 0, FakeTime.START)));
        granted();
    }

    private Quota quota(Limits.@Nullable Budget budget) {
        Limits usual = Limits.DEFAULT;
        return new Quota(
                new Limits(usual.connect(), usual.attempt(), usual.call(), usual.attempts(), 64, budget), time);
    }

    private Leave.Granted granted() {
        return granted(quota, Kind.POSTS);
    }

    private static Leave.Granted granted(Quota of, Kind kind) {
        return switch (of.take(kind)) {
            case Leave.Granted granted -> granted;
            case Leave.Refused(NotSent refusal) -> throw new AssertionError(refusal);
        };
    }

    private NotSent refusal() {
        return refusal(quota, Kind.POSTS);
    }

    private static NotSent refusal(Quota of, Kind kind) {
        return switch (of.take(kind)) {
            case Leave.Granted granted -> throw new AssertionError(granted);
            case Leave.Refused(NotSent refusal) -> refusal;
        };
    }

    private void learn(Leave.Granted leave, Verdict verdict) {
        quota.learn(Kind.POSTS, leave, verdict);
    }

    private static Verdict throttled(@Nullable Duration retryAfter) {
        return new Verdict.Throttled(retryAfter, new ProviderSays(429, null, null, null));
    }

    private static Verdict notFound(@Nullable RateLimit limit) {
        return new Verdict.NotFound(new ProviderSays(404, null, null, limit));
    }
}
