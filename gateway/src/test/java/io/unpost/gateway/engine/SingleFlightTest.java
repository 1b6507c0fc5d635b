package io.unpost.gateway.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.unpost.dialect.Kind;
import io.unpost.dialect.Outcome;
import io.unpost.dialect.Outcome.Evidence;
import io.unpost.dialect.Outcome.Verdict;
import io.unpost.dialect.ProviderSays;
import io.unpost.gateway.accounts.Credentials;
import io.unpost.gateway.accounts.Secret;
import io.unpost.gateway.engine.SingleFlight.Flight;
import io.unpost.gateway.engine.SingleFlight.Target;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class SingleFlightTest {

    private static final Credentials BEARER = new Credentials.Bearer(new Secret("token"));
    private static final Target TARGET = new Target(FakeAccount.of(BEARER), Kind.POSTS, "1");
    private static final ProviderSays SAYS = new ProviderSays(503, null, null, null);
    private static final Result DONE = result(new Verdict.Deleted(Evidence.ABSENCE, null, null, SAYS));
    private static final Result OTHER = result(new Verdict.AlreadyGone(SAYS));
    private static final Outcome LOST = new Outcome.Unknown("reset", SAYS, null);

    private final FakeTime time = new FakeTime();
    private final SingleFlight flights = new SingleFlight(time);

    @Test
    void callerWhoseDeadlinePassesIsToldHowFarItCame() throws Exception {
        var told = new CountDownLatch(1);
        Future<Result> first;
        try (var callers = Executors.newVirtualThreadPerTaskExecutor()) {
            var lost = new CountDownLatch(1);
            first = callers.submit(() -> join(TARGET, 10, flight -> {
                flight.progressed(Progress.NONE.and(LOST, new Exchange.NoAnswer("reset")));
                lost.countDown();
                await(told);
                return DONE;
            }));
            lost.await();

            Result joined = join(TARGET, 0, SingleFlightTest::neverRun);
            told.countDown();

            assertThat(joined.outcome())
                    .isEqualTo(new Outcome.Unknown("the same delete is still on its way", SAYS, null));
            assertThat(joined.attempts()).isEqualTo(1);
        }
        assertThat(first.get()).isSameAs(DONE);
    }

    @Test
    void callerThatIsToldToStopKnowsNothing() {
        var told = new CountDownLatch(1);
        Thread.currentThread().interrupt();

        Result result = join(TARGET, 10, _ -> {
            await(told);
            return DONE;
        });
        told.countDown();

        assertThat(result.outcome()).isInstanceOf(Outcome.Unknown.class);
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void otherTargetsAreNotWaitedFor() {
        var rekeyed = FakeAccount.of(new Credentials.Bearer(new Secret("other")));
        var others = new ArrayList<Result>();
        join(TARGET, 10, _ -> {
            others.add(join(new Target(TARGET.account(), Kind.POSTS, "2"), 10, _ -> DONE));
            others.add(join(new Target(TARGET.account(), Kind.REPOSTS, "1"), 10, _ -> DONE));
            others.add(join(new Target(rekeyed, Kind.POSTS, "1"), 10, _ -> DONE));
            return OTHER;
        });

        assertThat(others).hasSize(3).containsOnly(DONE);
    }

    @Test
    void nothingIsKeptOfAChainThatEnded() {
        join(TARGET, 10, _ -> OTHER);

        assertThat(join(TARGET, 10, _ -> DONE)).isSameAs(DONE);
    }

    @Test
    void nothingIsKeptOfAChainThatFailed() {
        assertThatThrownBy(() -> join(TARGET, 10, SingleFlightTest::neverRun)).hasRootCauseMessage("is not to run");

        assertThat(join(TARGET, 10, _ -> DONE)).isSameAs(DONE);
    }

    @Test
    void callersOfAChainThatFailsBeforeItSentAnythingFail() throws Exception {
        var failure = new IllegalStateException("a defect");
        List<Future<Result>> calls = joined(3, _ -> {
            throw failure;
        });

        assertThat(calls)
                .hasSize(4)
                .allSatisfy(call -> assertThatThrownBy(call::get)
                        .isInstanceOf(ExecutionException.class)
                        .hasRootCause(failure));
    }

    /// What was sent may have been done.
    @Test
    void callersOfAChainThatFailsAfterItSentSomethingAreToldSo() throws Exception {
        List<Future<Result>> calls = joined(3, flight -> {
            flight.progressed(Progress.NONE.andOneUnderWay());
            throw new OutOfMemoryError("played");
        });

        for (Future<Result> call : calls) {
            assertThat(call.get().outcome()).isInstanceOf(Outcome.Unknown.class);
            assertThat(call.get().attempts()).isEqualTo(1);
        }
    }

    @Test
    void callersOfAChainShareItsResult() throws Exception {
        for (Future<Result> call : joined(8, _ -> DONE)) {
            assertThat(call.get()).isSameAs(DONE);
        }
    }

    /// As for one who waits for a second and then asks again.
    @Test
    void deleteThatNobodyWasToldOfIsToldToWhoeverAsksNext() throws Exception {
        leaveBehind(DONE);

        assertThat(join(TARGET, 10, SingleFlightTest::neverRun)).isSameAs(DONE);
        assertThat(join(TARGET, 10, _ -> OTHER)).isSameAs(OTHER);
    }

    @Test
    void whatNobodyWasToldOfIsForgottenAfterAMinute() throws Exception {
        leaveBehind(DONE);
        time.pass(Duration.ofMinutes(1));

        assertThat(join(TARGET, 10, _ -> OTHER)).isSameAs(OTHER);
    }

    /// It is the provider's to say again.
    @Test
    void nothingButAProvenDeleteIsKept() throws Exception {
        leaveBehind(OTHER);

        assertThat(join(TARGET, 10, _ -> DONE)).isSameAs(DONE);
    }

    /// A chain whose only caller leaves before it ends.
    private void leaveBehind(Result end) throws InterruptedException {
        var told = new CountDownLatch(1);
        var chain = new AtomicReference<Thread>();
        Thread.currentThread().interrupt();
        Result unfinished = join(TARGET, 10, _ -> {
            chain.set(Thread.currentThread());
            await(told);
            return end;
        });
        assertThat(Thread.interrupted()).isTrue();
        assertThat(unfinished.outcome()).isInstanceOf(Outcome.Unknown.class);
        told.countDown();
        while (chain.get() == null) {
            Thread.onSpinWait();
        }
        chain.get().join();
    }

    @Test
    void whoJoinsLaterMovesTheEndOn() throws Exception {
        var ends = new ArrayList<Duration>();
        joined(1, flight -> {
            ends.add(flight.deadline().left());
            return DONE;
        });

        assertThat(ends).containsExactly(Duration.ofSeconds(11));
    }

    /// A call whose chain ends when so many others have joined it; the results of all.
    private List<Future<Result>> joined(int joiners, Function<Flight, Result> chain) throws InterruptedException {
        var running = new CountDownLatch(1);
        var waiting = new WaitingThreads();
        var calls = new ArrayList<Future<Result>>();
        try (var callers = Executors.newVirtualThreadPerTaskExecutor()) {
            calls.add(callers.submit(() -> join(TARGET, 10, flight -> {
                running.countDown();
                waiting.await(joiners);
                return chain.apply(flight);
            })));
            running.await();
            for (int i = 0; i < joiners; i++) {
                calls.add(callers.submit(waiting.of(() -> join(TARGET, 11, SingleFlightTest::neverRun))));
            }
        }
        return calls;
    }

    /// @param seconds how long to wait, and how long a chain may take
    private Result join(Target target, int seconds, Function<Flight, Result> chain) {
        Duration span = Duration.ofSeconds(seconds);
        return flights.join(target, Deadline.in(span, time), Deadline.in(span, time), chain);
    }

    private static Result neverRun(Flight flight) {
        throw new AssertionError("is not to run");
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static Result result(Outcome outcome) {
        return new Result(outcome, 1, FakeTime.START, null, Duration.ZERO);
    }
}
