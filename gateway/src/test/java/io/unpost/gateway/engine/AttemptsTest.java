package io.unpost.gateway.engine;

import static io.unpost.gateway.engine.ScriptedTransport.answer;
import static io.unpost.gateway.engine.ScriptedTransport.neverLeft;
import static io.unpost.gateway.engine.ScriptedTransport.noAnswer;
import static org.assertj.core.api.Assertions.assertThat;

import io.unpost.dialect.DeleteCommand;
import io.unpost.dialect.Item;
import io.unpost.dialect.Kind;
import io.unpost.dialect.Outcome;
import io.unpost.dialect.Outcome.Evidence;
import io.unpost.dialect.Outcome.NotSent;
import io.unpost.dialect.Outcome.Verdict;
import io.unpost.dialect.ProviderSays;
import io.unpost.dialect.Reason;
import io.unpost.dialect.WireResponse;
import io.unpost.gateway.accounts.Account;
import io.unpost.gateway.accounts.Limits;
import io.unpost.gateway.engine.Circuit.Health;
import io.unpost.gateway.engine.Protections.Protection;
import io.unpost.gateway.engine.ScriptedTransport.Step;
import io.unpost.gateway.engine.SingleFlight.Flight;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What an account's protection makes of the attempts of one delete.
final class AttemptsTest {

    private static final DeleteCommand COMMAND = new DeleteCommand(Kind.POSTS, "240854986559455234");
    private static final Duration CALL = Duration.ofSeconds(10);
    private static final Pattern TIMESTAMP = Pattern.compile("oauth_timestamp=\"([0-9]+)\"");
    private static final Map<String, String> TEN_MINUTES_AHEAD = Map.of("Date", "Mon, 23 Nov 2026 18:35:43 GMT");

    private final FakeTime time = new FakeTime();
    private final Load load = new Load(64);
    private final Quota quota = new Quota(Limits.DEFAULT, time);
    private final Protection protection = new Protection(new Circuit("acme", time), load, quota, new ClockSkew(time));
    private final List<Runnable> whileAsleep = new ArrayList<>();

    @ParameterizedTest
    @ValueSource(ints = {500, 502, 503, 504})
    void providerInTroubleIsNotAskedAgainByTooMany(int status) {
        occupy();
        var transport = new ScriptedTransport(answer(status), answer(200));

        assertThat(run(transport).outcome()).isInstanceOf(Outcome.Unknown.class);
        assertThat(transport.sent()).hasSize(1);
    }

    @Test
    void unreachableProviderIsNotAskedAgainByTooMany() {
        occupy();
        var transport = new ScriptedTransport(neverLeft(), answer(200));

        assertThat(run(transport).outcome()).isInstanceOf(NotSent.class);
        assertThat(transport.sent()).hasSize(1);
    }

    @Test
    void lostAnswerIsAskedForAsSoonAsThereIsRoom() {
        occupy();
        whileAsleep.add(() -> {});
        whileAsleep.add(() -> {});
        whileAsleep.add(load::endRetry);
        var transport = new ScriptedTransport(noAnswer(), answer(444));

        Result result = run(transport);

        assertThat(result.outcome())
                .isInstanceOfSatisfying(
                        Verdict.Deleted.class,
                        deleted -> assertThat(deleted.evidence()).isEqualTo(Evidence.ABSENCE));
        assertThat(result.attempts()).isEqualTo(2);
        assertThat(whileAsleep).isEmpty();
    }

    @Test
    void lostAnswerIsLeftOpenWhereThereIsNoRoomUntilTheDeadline() {
        occupy();
        var transport = new ScriptedTransport(noAnswer(), answer(444));

        Result result = run(transport);

        assertThat(result.outcome()).isInstanceOf(Outcome.Unknown.class);
        assertThat(transport.sent()).hasSize(1);
        assertThat(time.elapsed()).isBetween(CALL.minusSeconds(1), CALL);
    }

    @Test
    void roomIsGivenBack() {
        for (int i = 0; i < 10; i++) {
            run(new ScriptedTransport(noAnswer(), noAnswer(), answer(200)));
        }
        assertThat(load.beginRetry()).isTrue();
        assertThat(load.beginRetry()).isTrue();
        assertThat(load.beginRetry()).isTrue();
        assertThat(load.beginRetry()).isFalse();
    }

    @Test
    void nothingIsSentBeyondTheQuota() {
        hold(Duration.ofSeconds(2));
        var transport = new ScriptedTransport(answer(200));

        Result result = run(transport);

        assertThat(result.outcome())
                .isEqualTo(new NotSent(
                        NotSent.Cause.BUDGET_SPENT,
                        "the provider's limit was reached by an earlier call",
                        Duration.ofSeconds(2)));
        assertThat(result.attempts()).isZero();
        assertThat(transport.sent()).isEmpty();
        assertThat(time.sleeps()).isEmpty();
    }

    @Test
    void whatMayBeGoneIsAskedForWhenTheLimitEnds() {
        var transport = new ScriptedTransport(
                () -> {
                    hold(Duration.ofSeconds(2));
                    return noAnswer().play();
                },
                answer(444));

        Result result = run(transport);

        assertThat(result.outcome()).isInstanceOf(Verdict.Deleted.class);
        assertThat(time.elapsed()).isBetween(Duration.ofSeconds(2), Duration.ofSeconds(3));
    }

    @Test
    void whatMayBeGoneStaysOpenWhereTheLimitEndsTooLate() {
        var transport = new ScriptedTransport(
                () -> {
                    hold(Duration.ofSeconds(30));
                    return noAnswer().play();
                },
                answer(444));

        Result result = run(transport);

        assertThat(result.outcome())
                .isInstanceOfSatisfying(
                        Outcome.Unknown.class,
                        unknown -> assertThat(unknown.retryAfter())
                                .isBetween(Duration.ofSeconds(29), Duration.ofSeconds(30)));
        assertThat(transport.sent()).hasSize(1);
    }

    @Test
    void refusedClockIsCorrectedOnceAndAtOnce() {
        occupy();
        var transport = new ScriptedTransport(answer(435, TEN_MINUTES_AHEAD), answer(200));

        Result result = run(transport);

        assertThat(result.outcome()).isInstanceOf(Verdict.Deleted.class);
        assertThat(result.attempts()).isEqualTo(2);
        assertThat(time.sleeps()).isEmpty();
        assertThat(timestamp(transport, 1) - timestamp(transport, 0)).isBetween(599L, 601L);
    }

    @Test
    void clockThatIsRefusedAgainIsTheEnd() {
        var transport = new ScriptedTransport(
                answer(435, TEN_MINUTES_AHEAD),
                answer(435, Map.of("Date", "Mon, 23 Nov 2026 18:55:43 GMT")),
                answer(200));

        assertThat(run(transport).outcome()).isInstanceOf(Verdict.Refused.class);
        assertThat(transport.sent()).hasSize(2);
    }

    @Test
    void clockIsRightForLaterDeletes() {
        run(new ScriptedTransport(answer(435, TEN_MINUTES_AHEAD), answer(200)));
        var later = new ScriptedTransport(answer(200));

        assertThat(run(later).attempts()).isEqualTo(1);
        assertThat(timestamp(later, 0))
                .isBetween(FakeTime.START.getEpochSecond() + 598, FakeTime.START.getEpochSecond() + 602);
    }

    @Test
    void refusedClockAfterALostAnswerIsCorrectedAndSettlesIt() {
        var transport = new ScriptedTransport(noAnswer(), answer(435, TEN_MINUTES_AHEAD), answer(444));
        assertThat(run(transport).outcome()).isInstanceOf(Verdict.Deleted.class);
    }

    @Test
    void clockIsNotCorrectedBeyondTheAttempts() {
        var transport = new ScriptedTransport(answer(435, TEN_MINUTES_AHEAD), answer(200));

        Result result = run(transport, FakeAccount.of(AttemptsTest::reading, 1, CALL));

        assertThat(result.outcome()).isInstanceOf(Verdict.Refused.class);
        assertThat(transport.sent()).hasSize(1);
    }

    @Test
    void lastAttemptTellsHowTheProviderIs() {
        assertThat(health(answer(404))).isEqualTo(Health.HEALTHY);
        assertThat(health(answer(401))).isEqualTo(Health.HEALTHY);
        assertThat(health(answer(302))).isEqualTo(Health.HEALTHY);
        assertThat(health(noAnswer(), answer(444))).isEqualTo(Health.HEALTHY);
        assertThat(health(neverLeft(), answer(200))).isEqualTo(Health.HEALTHY);
        assertThat(health(answer(503))).isEqualTo(Health.SICK);
        assertThat(health(noAnswer())).isEqualTo(Health.SICK);
        assertThat(health(neverLeft())).isEqualTo(Health.SICK);
        assertThat(health(answer(429))).isEqualTo(Health.HEALTHY);
    }

    @Test
    void failureOfTheGatewayTellsNothingOfTheProvider() {
        assertThat(health(() -> {
                    throw new IllegalStateException("a defect");
                }))
                .isEqualTo(Health.UNTOLD);
    }

    @Test
    void attemptCutShortByItsCallerTellsNothingOfTheProvider() {
        assertThat(health(Duration.ofSeconds(1), hanging())).isEqualTo(Health.UNTOLD);
    }

    @Test
    void whatEndsByItselfIsNotCutShort() {
        assertThat(health(Duration.ofSeconds(2), noAnswer())).isEqualTo(Health.SICK);
    }

    @Test
    void attemptCutShortDoesNotUndoWhatAnEarlierOneTold() {
        assertThat(health(Duration.ofSeconds(5), hanging())).isEqualTo(Health.SICK);
    }

    @Test
    void whatTheProviderSaidIsShownThoughALaterAnswerIsLost() {
        Result result = run(new ScriptedTransport(answer(429, Map.of("Retry-After", "1")), noAnswer()));

        assertThat(result.outcome()).isInstanceOf(Outcome.Unknown.class);
        assertThat(result.says()).isEqualTo(says(429));
    }

    @Test
    void failureAfterAnAnswerKeepsWhatTheAnswerProved() {
        var attempts = attempts(new ScriptedTransport(answer(503)), account(), CALL, new RetryPolicy(() -> {
            throw new IllegalStateException("a defect");
        }));

        assertThat(attempts.run().outcome()).isInstanceOf(Outcome.Unknown.class);
    }

    @Test
    void failureOfWhoeverCountsIsNoFailureOfADelete() {
        Observer broken = new CarefulObserver(new Observer() {
            @Override
            public void exchanged(Account account, Kind kind, Exchange exchange, Duration took) {
                throw new IllegalStateException("a defect");
            }

            @Override
            public void settled(Account account, Kind kind, int retries) {}

            @Override
            public void mismatched(Account account, Kind kind) {}
        });
        var transport = new ScriptedTransport(answer(200));
        var tools = new Attempts.Tools(
                new Signers(time, () -> "nonce"), transport, new RetryPolicy(() -> 0.5), time, broken);

        Result result = new Attempts(tools, account(), COMMAND, flight(CALL), protection).run();

        assertThat(result.outcome()).isInstanceOf(Verdict.Deleted.class);
        assertThat(transport.sent()).hasSize(1);
    }

    /// A provider that never answers.
    private Step hanging() {
        return () -> {
            time.pass(Duration.ofSeconds(3));
            return noAnswer().play();
        };
    }

    private Health health(Duration call, Step step) {
        var attempts = attempts(new ScriptedTransport(step), account(), call, new RetryPolicy(() -> 0.5));
        attempts.run();
        return attempts.health();
    }

    private Health health(Step... steps) {
        var attempts = attempts(new ScriptedTransport(steps), account(), CALL, new RetryPolicy(() -> 0.5));
        attempts.run();
        return attempts.health();
    }

    /// As many as may try again are trying.
    private void occupy() {
        for (int i = 0; i < 3; i++) {
            assertThat(load.beginRetry()).isTrue();
        }
    }

    private void hold(Duration wait) {
        if (quota.take(Kind.POSTS) instanceof Quota.Leave.Granted leave) {
            quota.learn(Kind.POSTS, leave, new Verdict.Throttled(wait, says(429)));
        }
    }

    private Result run(ScriptedTransport transport) {
        return run(transport, account());
    }

    private Result run(ScriptedTransport transport, Account account) {
        return attempts(transport, account, CALL, new RetryPolicy(() -> 0.5)).run();
    }

    private Attempts attempts(ScriptedTransport transport, Account account, Duration call, RetryPolicy retry) {
        var tools =
                new Attempts.Tools(new Signers(time, () -> "nonce"), transport, retry, new Sleeping(), Gateways.NOBODY);
        return new Attempts(tools, account, COMMAND, flight(call), protection);
    }

    private Flight flight(Duration call) {
        return new Flight(Deadline.in(call, time), time.elapsed());
    }

    private static Account account() {
        return FakeAccount.of(AttemptsTest::reading);
    }

    private static long timestamp(ScriptedTransport transport, int number) {
        Matcher matcher =
                TIMESTAMP.matcher(transport.sent().get(number).headers().get("Authorization"));
        assertThat(matcher.find()).isTrue();
        return Long.parseLong(matcher.group(1));
    }

    private static Verdict reading(DeleteCommand command, WireResponse response) {
        ProviderSays says = says(response.status());
        return switch (response.status()) {
            case 200 ->
                Verdict.Deleted.echo(
                        new Item(command.id(), null, null, null, null, new Item.Counts(null, null, null), null), says);
            case 435 -> new Verdict.Refused(Reason.CLOCK_REJECTED, says);
            case 444 -> new Verdict.AlreadyGone(says);
            default -> Verdict.byStatus(response, says, response.retryAfter());
        };
    }

    private static ProviderSays says(int status) {
        return new ProviderSays(status, null, null, null);
    }

    /// The test's time, in which something happens with each sleep.
    private final class Sleeping implements Time {

        @Override
        public Instant instant() {
            return time.instant();
        }

        @Override
        public Duration elapsed() {
            return time.elapsed();
        }

        @Override
        public void sleep(Duration duration) {
            time.sleep(duration);
            if (!whileAsleep.isEmpty()) {
                whileAsleep.removeFirst().run();
            }
        }
    }
}
