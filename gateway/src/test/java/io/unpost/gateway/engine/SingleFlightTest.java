package io.unpost.gateway.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.unpost.dialect.Kind;
import io.unpost.dialect.Outcome;
import io.unpost.dialect.Outcome.Verdict;
import io.unpost.dialect.ProviderSays;
import io.unpost.dialect.Reason;
import io.unpost.gateway.accounts.Credentials;
import io.unpost.gateway.accounts.Secret;
import io.unpost.gateway.engine.SingleFlight.Target;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class SingleFlightTest {

    private static final Credentials BEARER = new Credentials.Bearer(new Secret("token"));
    private static final Target TARGET = new Target(FakeAccount.of(BEARER), Kind.POSTS, "1");
    private static final Result DONE = result(1, false);
    private static final Result OUT_OF_TIME = result(1, true);

    private final FakeTime time = new FakeTime();
    private final SingleFlight flights = new SingleFlight();

    @Test
    void joinerWhoseDeadlinePassesGetsNothing() {
        var joined = new AtomicReference<Optional<Result>>();
        flights.join(TARGET, in(10), _ -> {
            joined.set(flights.join(TARGET, in(0), SingleFlightTest::neverRun));
            return DONE;
        });

        assertThat(joined).hasValue(Optional.empty());
    }

    @Test
    void joinerThatIsToldToStopGetsNothing() {
        var joined = new AtomicReference<Optional<Result>>();
        flights.join(TARGET, in(10), _ -> {
            Thread.currentThread().interrupt();
            joined.set(flights.join(TARGET, in(10), SingleFlightTest::neverRun));
            return DONE;
        });

        assertThat(joined).hasValue(Optional.empty());
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void otherTargetsAreNotWaitedFor() {
        var others = new ArrayList<Optional<Result>>();
        var rekeyed = FakeAccount.of(new Credentials.Bearer(new Secret("other")));
        flights.join(TARGET, in(10), _ -> {
            others.add(flights.join(new Target(TARGET.account(), Kind.POSTS, "2"), in(10), _ -> DONE));
            others.add(flights.join(new Target(TARGET.account(), Kind.REPOSTS, "1"), in(10), _ -> DONE));
            others.add(flights.join(new Target(rekeyed, Kind.POSTS, "1"), in(10), _ -> DONE));
            return OUT_OF_TIME;
        });

        assertThat(others).hasSize(3).containsOnly(Optional.of(DONE));
    }

    @Test
    void nothingIsKeptOfAChainThatEnded() {
        flights.join(TARGET, in(10), _ -> OUT_OF_TIME);

        assertThat(flights.join(TARGET, in(10), before -> before == null ? DONE : OUT_OF_TIME))
                .contains(DONE);
    }

    @Test
    void nothingIsKeptOfAChainThatFailed() {
        assertThatThrownBy(() -> flights.join(TARGET, in(10), SingleFlightTest::neverRun))
                .isInstanceOf(AssertionError.class);

        assertThat(flights.join(TARGET, in(10), before -> before == null ? DONE : OUT_OF_TIME))
                .contains(DONE);
    }

    @Test
    void joinersOfAChainThatFailsFail() throws Exception {
        var failure = new IllegalStateException("a defect");
        List<Future<Optional<Result>>> calls = joined(3, in(10), _ -> {
            throw failure;
        });

        assertThatThrownBy(calls.getFirst()::get)
                .isInstanceOf(ExecutionException.class)
                .hasCause(failure);
        assertThat(calls.subList(1, 4))
                .allSatisfy(joiner -> assertThatThrownBy(joiner::get)
                        .isInstanceOf(ExecutionException.class)
                        .hasRootCause(failure));
    }

    @Test
    void joinersOfAChainThatEndsShareItsResult() throws Exception {
        for (Future<Optional<Result>> call : joined(8, in(10), _ -> DONE)) {
            assertThat(call.get()).containsSame(DONE);
        }
    }

    @Test
    void joinerWithoutTimeToGoOnIsToldHowFarItCame() throws Exception {
        for (Future<Optional<Result>> call : joined(2, Deadline.in(Duration.ofMillis(249), time), _ -> OUT_OF_TIME)) {
            assertThat(call.get()).containsSame(OUT_OF_TIME);
        }
    }

    @Test
    void joinerWithMoreTimeGoesOnWhereTheChainStopped() throws Exception {
        Result settled = result(2, false);
        List<Future<Optional<Result>>> calls =
                joined(5, in(10), before -> before == null ? OUT_OF_TIME : before.equals(OUT_OF_TIME) ? settled : DONE);

        assertThat(calls.getFirst().get()).containsSame(OUT_OF_TIME);
        for (Future<Optional<Result>> joiner : calls.subList(1, 6)) {
            assertThat(joiner.get()).contains(settled);
        }
    }

    @Test
    void joinerThatWakesLateDoesNotGoOnASecondTime() throws Exception {
        Result settled = result(3, false);
        var running = new CountDownLatch(1);
        var gone = new CountDownLatch(1);
        var waiting = new WaitingThreads();
        var late = Deadline.in(Duration.ofSeconds(10), new LateTime(gone));
        try (var callers = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<Optional<Result>> hasty = callers.submit(() -> flights.join(TARGET, in(1), _ -> {
                running.countDown();
                waiting.await(2);
                return OUT_OF_TIME;
            }));
            running.await();
            Future<Optional<Result>> goesOn = callers.submit(waiting.of(() -> {
                Optional<Result> result = flights.join(TARGET, in(10), _ -> settled);
                gone.countDown();
                return result;
            }));
            Future<Optional<Result>> comesLate =
                    callers.submit(waiting.of(() -> flights.join(TARGET, late, SingleFlightTest::neverRun)));

            assertThat(hasty.get()).containsSame(OUT_OF_TIME);
            assertThat(goesOn.get()).contains(settled);
            assertThat(comesLate.get()).contains(settled);
        }
    }

    /// Another call may begin anew in the moment between a chain's end and its continuation.
    @Test
    void whatAnotherChainIsToldDoesNotUndoAMaybe() throws Exception {
        var says = new ProviderSays(403, null, null, null);
        Result refused = new Result(new Verdict.Refused(Reason.REFUSED, says), 1, FakeTime.START, null, false);
        var running = new CountDownLatch(1);
        var gone = new CountDownLatch(1);
        var waiting = new WaitingThreads();
        var late = Deadline.in(Duration.ofSeconds(10), new LateTime(gone));
        try (var callers = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<Optional<Result>> hasty = callers.submit(() -> flights.join(TARGET, in(1), _ -> {
                running.countDown();
                waiting.await(1);
                return OUT_OF_TIME;
            }));
            running.await();
            Future<Optional<Result>> joiner =
                    callers.submit(waiting.of(() -> flights.join(TARGET, late, SingleFlightTest::neverRun)));
            hasty.get();
            Future<Optional<Result>> stranger = callers.submit(() -> flights.join(TARGET, in(10), _ -> {
                gone.countDown();
                waiting.await(1);
                return refused;
            }));

            assertThat(stranger.get()).contains(refused);
            assertThat(joiner.get())
                    .hasValueSatisfying(result -> assertThat(result.outcome())
                            .isInstanceOfSatisfying(
                                    Outcome.Unknown.class,
                                    unknown -> assertThat(unknown.says()).isEqualTo(says)));
        }
    }

    /// Time of a thread that is held up, until something else has happened, where it looks for the third time: when
    /// the deadline was made, when it began to wait, when it woke.
    private static final class LateTime implements Time {

        private final CountDownLatch until;
        private int looks;

        LateTime(CountDownLatch until) {
            this.until = until;
        }

        @Override
        public Instant instant() {
            return FakeTime.START;
        }

        @Override
        public Duration elapsed() {
            looks++;
            if (looks == 3) {
                try {
                    until.await();
                } catch (InterruptedException e) {
                    throw new AssertionError(e);
                }
            }
            return Duration.ZERO;
        }

        @Override
        public void sleep(Duration duration) {
            throw new AssertionError("nobody sleeps here");
        }
    }

    @Test
    void everyJoinerRunsAtMostOneChain() throws Exception {
        var chains = new ArrayList<@Nullable Result>();
        joined(16, in(10), before -> {
            synchronized (chains) {
                chains.add(before);
            }
            return OUT_OF_TIME;
        });

        assertThat(chains).hasSize(17).startsWith((Result) null);
        assertThat(chains.subList(1, 17)).containsOnly(OUT_OF_TIME);
    }

    /// A call whose chain ends when so many others have joined it; the results of all, that one's first.
    private List<Future<Optional<Result>>> joined(
            int joiners, Deadline deadline, Function<@Nullable Result, Result> chain) throws InterruptedException {
        var running = new CountDownLatch(1);
        var waiting = new WaitingThreads();
        var calls = new ArrayList<Future<Optional<Result>>>();
        try (var callers = Executors.newVirtualThreadPerTaskExecutor()) {
            calls.add(callers.submit(() -> flights.join(TARGET, in(10), before -> {
                running.countDown();
                waiting.await(joiners);
                return chain.apply(before);
            })));
            running.await();
            for (int i = 0; i < joiners; i++) {
                calls.add(callers.submit(waiting.of(() -> flights.join(TARGET, deadline, chain))));
            }
        }
        return calls;
    }

    private Deadline in(int seconds) {
        return Deadline.in(Duration.ofSeconds(seconds), time);
    }

    private static Result neverRun(@Nullable Result before) {
        throw new AssertionError("this chain is not to run, after " + before);
    }

    private static Result result(int attempts, boolean outOfTime) {
        return new Result(new Outcome.Unknown("reset", null, null), attempts, FakeTime.START, null, outOfTime);
    }

    /// What the first chain came to says nothing of the second one, which still runs.
    @Test
    void callerWhoseTimeEndsInASecondChainIsToldThatNobodyKnows() throws Exception {
        var says = new ProviderSays(429, null, null, null);
        var throttled = new Result(new Verdict.Throttled(Duration.ofSeconds(5), says), 1, FakeTime.START, null, true);
        var release = new CountDownLatch(1);
        var begun = new CountDownLatch(1);
        var waiting = new WaitingThreads();
        try (var callers = Executors.newCachedThreadPool()) {
            var _ = callers.submit(() -> flights.join(TARGET, Deadline.in(Duration.ofSeconds(10), time), _ -> {
                begun.countDown();
                waiting.await(2);
                return throttled;
            }));
            begun.await();
            var two = new ExecutorCompletionService<Optional<Result>>(callers);
            for (int i = 0; i < 2; i++) {
                two.submit(waiting.of(() -> flights.join(TARGET, Deadline.in(Duration.ofMillis(300), time), before -> {
                    try {
                        release.await();
                    } catch (InterruptedException e) {
                        throw new IllegalStateException(e);
                    }
                    return Objects.requireNonNull(before);
                })));
            }
            Result joiner = two.take().get().orElseThrow();
            release.countDown();

            assertThat(joiner.outcome()).isEqualTo(new Outcome.Unknown(SingleFlight.ON_ITS_WAY, says, null));
        }
    }
}
