package io.unpost.gateway.engine;

import static io.unpost.gateway.engine.ScriptedTransport.answer;
import static io.unpost.gateway.engine.ScriptedTransport.neverLeft;
import static io.unpost.gateway.engine.ScriptedTransport.noAnswer;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.unpost.dialect.DeleteCommand;
import io.unpost.dialect.Item;
import io.unpost.dialect.Kind;
import io.unpost.dialect.Options;
import io.unpost.dialect.Outcome;
import io.unpost.dialect.Outcome.Evidence;
import io.unpost.dialect.Outcome.Verdict;
import io.unpost.dialect.ProviderSays;
import io.unpost.dialect.Reason;
import io.unpost.dialect.WireResponse;
import io.unpost.gateway.accounts.Account;
import io.unpost.gateway.accounts.Credentials;
import io.unpost.gateway.accounts.Limits;
import io.unpost.gateway.accounts.Secret;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

class DeleteGatewayTest {

    private static final DeleteCommand COMMAND = new DeleteCommand(Kind.POSTS, "240854986559455234");
    private static final Duration CALL = Duration.ofSeconds(10);
    private static final BiFunction<DeleteCommand, WireResponse, Verdict> READING = DeleteGatewayTest::reading;

    private final FakeTime time = new FakeTime();
    private final AtomicInteger nonces = new AtomicInteger();

    @Test
    void echoIsDeleted() {
        Result result = delete(new ScriptedTransport(answer(200)));

        assertThat(result.outcome()).isEqualTo(Verdict.Deleted.echo(item(COMMAND.id()), says(200)));
        assertThat(result.attempts()).isEqualTo(1);
        assertThat(result.at()).isEqualTo(FakeTime.START);
    }

    @ParameterizedTest
    @ValueSource(ints = {444, 404, 403, 401, 202})
    void whatTheProviderSaysAtOnceIsSaidOn(int status) {
        Result result = delete(new ScriptedTransport(answer(status)));

        assertThat(result.outcome())
                .isEqualTo(reading(COMMAND, new WireResponse(status, Map.of(), new byte[0], FakeTime.START)));
        assertThat(result.attempts()).isEqualTo(1);
    }

    @Test
    void absenceAfterALostAnswerIsDeleted() {
        Result result = delete(new ScriptedTransport(noAnswer(), answer(444)));

        assertThat(result.outcome()).isEqualTo(new Verdict.Deleted(Evidence.ABSENCE, null, null, says(444)));
        assertThat(result.attempts()).isEqualTo(2);
    }

    @Test
    void absenceAfterNothingLeftIsAlreadyGone() {
        Result result = delete(new ScriptedTransport(neverLeft(), answer(444)));

        assertThat(result.outcome()).isEqualTo(new Verdict.AlreadyGone(says(444)));
    }

    @Test
    void absenceAfterTheProvidersOwnDidNothingIsAlreadyGone() {
        Result result = delete(new ScriptedTransport(answer(430), answer(444)));

        assertThat(result.outcome()).isEqualTo(new Verdict.AlreadyGone(says(444)));
    }

    @ParameterizedTest
    @ValueSource(ints = {404, 403, 401, 429, 202})
    void noOtherAnswerSettlesAMaybe(int status) {
        var transport = new ScriptedTransport(noAnswer(), answer(status));
        Result result = delete(transport);

        assertThat(result.outcome())
                .isInstanceOfSatisfying(
                        Outcome.Unknown.class,
                        unknown -> assertThat(unknown.says()).isEqualTo(says(status)));
        assertThat(transport.sent()).hasSize(2);
    }

    @Test
    void aFaultedAnswerIsAMaybe() {
        Result result = delete(new ScriptedTransport(answer(502), answer(444)));

        assertThat(result.outcome()).isEqualTo(new Verdict.Deleted(Evidence.ABSENCE, null, null, says(444)));
    }

    @Test
    void aMaybeIsNotForgottenOverWhatNeverLeft() {
        Result result = delete(new ScriptedTransport(answer(502), neverLeft()));

        assertThat(result.outcome())
                .isInstanceOfSatisfying(
                        Outcome.Unknown.class,
                        unknown -> assertThat(unknown.says()).isEqualTo(says(502)));
        assertThat(result.attempts()).isEqualTo(3);
    }

    @Test
    void neverLeavingIsNotSent() {
        var transport = new ScriptedTransport(neverLeft());
        Result result = delete(transport);

        assertThat(result.outcome())
                .isEqualTo(new Outcome.NotSent(Outcome.NotSent.Cause.UNREACHABLE, "the connection was refused", null));
        assertThat(transport.sent()).hasSize(3);
    }

    @Test
    void whatTheProviderSaidIsNotForgottenOverWhatNeverLeft() {
        Result result = delete(new ScriptedTransport(answer(430), neverLeft()));

        assertThat(result.outcome()).isEqualTo(new Verdict.Unavailable(null, says(430)));
        assertThat(result.attempts()).isEqualTo(3);
    }

    @Test
    void lostAnswersEndAsUnknown() {
        var transport = new ScriptedTransport(noAnswer());
        Result result = delete(transport);

        assertThat(result.outcome()).isEqualTo(new Outcome.Unknown("the connection was reset", null, null));
        assertThat(transport.sent()).hasSize(3);
    }

    @Test
    void everyAttemptIsSignedAfresh() {
        var transport = new ScriptedTransport(noAnswer());
        delete(transport);

        assertThat(transport.sent().stream()
                        .map(request -> request.headers().get("Authorization"))
                        .distinct())
                .hasSize(3);
    }

    @Test
    void aLimitThatEndsInTimeIsWaitedFor() {
        Result result = delete(new ScriptedTransport(answer(429, Map.of("Retry-After", "4")), answer(200)));

        assertThat(result.outcome()).isInstanceOf(Verdict.Deleted.class);
        assertThat(time.sleeps()).containsExactly(Duration.ofSeconds(4));
    }

    @ParameterizedTest
    @ValueSource(strings = {"10", "1000000000", "-1", "soon", ""})
    void aLimitWithoutAnEndInTimeIsNotTriedAgain(String retryAfter) {
        var transport = new ScriptedTransport(answer(429, Map.of("Retry-After", retryAfter)));
        Result result = delete(transport);

        assertThat(result.outcome()).isInstanceOf(Verdict.Throttled.class);
        assertThat(transport.sent()).hasSize(1);
    }

    @Test
    void anAbsurdRetryAfterIsCutToFifteenMinutes() {
        Result result = delete(new ScriptedTransport(answer(429, Map.of("Retry-After", "1000000000"))));

        assertThat(result.outcome()).isEqualTo(new Verdict.Throttled(Duration.ofMinutes(15), says(429)));
    }

    @Test
    void noAttemptStartsWithLessThanAQuarterSecond() {
        var transport = new ScriptedTransport(() -> {
            time.pass(Duration.ofMillis(800));
            return new Exchange.NoAnswer("stalled");
        });
        Duration call = Duration.ofSeconds(1);
        Result result = gateway(transport).delete(within(call), COMMAND, Deadline.in(call, time));

        assertThat(transport.sent()).hasSize(1);
        assertThat(result.outcome()).isInstanceOf(Outcome.Unknown.class);
    }

    @Test
    void anAttemptGetsWhatIsLeft() {
        var transport = new ScriptedTransport(() -> {
            time.pass(Duration.ofSeconds(3));
            return new Exchange.NoAnswer("stalled");
        });
        Duration call = Duration.ofSeconds(5);
        gateway(transport).delete(within(call), COMMAND, Deadline.in(call, time));

        assertThat(transport.limits()).containsExactly(Duration.ofSeconds(3), Duration.ofMillis(1950));
    }

    @Test
    void withoutTimeNothingIsSent() {
        var transport = new ScriptedTransport(answer(200));
        Result result = gateway(transport).delete(account(), COMMAND, Deadline.in(Duration.ofMillis(249), time));

        assertThat(transport.sent()).isEmpty();
        assertThat(result.outcome()).isInstanceOf(Outcome.NotSent.class);
        assertThat(result.attempts()).isZero();
    }

    static Stream<Verdict> overclaims() {
        return Stream.of(
                Verdict.Deleted.echo(item("1"), says(200)),
                new Verdict.Deleted(Evidence.ECHO, null, item(COMMAND.id()), says(200)),
                new Verdict.Deleted(Evidence.ABSENCE, COMMAND.id(), null, says(200)));
    }

    @ParameterizedTest
    @MethodSource("overclaims")
    void aDialectThatClaimsTooMuchIsNotBelieved(Verdict overclaim) {
        Result result = delete(new ScriptedTransport(answer(200)), (_, _) -> overclaim);

        assertThat(result.outcome()).isInstanceOf(Outcome.Unknown.class);
    }

    static Stream<Verdict> finalWords() {
        return Stream.of(
                new Verdict.AlreadyGone(says(500)),
                new Verdict.NotFound(says(500)),
                new Verdict.Refused(Reason.NOT_OWNER, says(500)));
    }

    @ParameterizedTest
    @MethodSource("finalWords")
    void neitherAFailureNorARedirectSaysAFinalWord(Verdict word) {
        for (int status : new int[] {302, 500, 503}) {
            Result result = delete(new ScriptedTransport(answer(status)), (_, _) -> word);

            assertThat(result.outcome()).as("status %d", status).isInstanceOf(Outcome.Unknown.class);
        }
    }

    static Stream<Verdict> yeses() {
        return Stream.of(
                Verdict.Deleted.echo(item(COMMAND.id()), says(500)),
                Verdict.Deleted.acknowledged(null, says(500)),
                new Verdict.Unverified("unclear", null, says(500)));
    }

    @ParameterizedTest
    @MethodSource("yeses")
    void onlyA2xxCanSayYes(Verdict yes) {
        Result result = delete(new ScriptedTransport(answer(500)), (_, _) -> yes);

        assertThat(result.outcome()).isInstanceOf(Outcome.Unknown.class);
    }

    @Test
    void aDialectThatThrowsLeavesItOpen() {
        Result result = delete(new ScriptedTransport(answer(200)), (_, _) -> {
            throw new IllegalStateException("a defect");
        });

        assertThat(result.outcome()).isInstanceOf(Outcome.Unknown.class);
    }

    static Stream<BiFunction<DeleteCommand, WireResponse, @Nullable Verdict>> brokenDialects() {
        return Stream.of(
                (_, _) -> {
                    throw new StackOverflowError();
                },
                (_, _) -> {
                    throw new NoSuchMethodError("built for another gateway");
                },
                (_, _) -> null);
    }

    @ParameterizedTest
    @MethodSource("brokenDialects")
    @SuppressWarnings("NullAway") // A dialect from elsewhere need not be checked for null.
    void aDialectThatBreaksLeavesItOpen(BiFunction<DeleteCommand, WireResponse, Verdict> broken) {
        Result result = delete(new ScriptedTransport(answer(200)), broken);

        assertThat(result.outcome()).isInstanceOf(Outcome.Unknown.class);
    }

    @Test
    void nothingOfWhatBrokeIsLoggedWordForWord() {
        var events = new ListAppender<ILoggingEvent>();
        var log = (Logger) LoggerFactory.getLogger(DeleteGateway.class.getPackageName());
        events.start();
        log.addAppender(events);
        try {
            delete(new ScriptedTransport(answer(200)), (_, _) -> {
                throw new IllegalStateException("canary", new IllegalArgumentException("canary"));
            });
            delete(new ScriptedTransport(() -> {
                throw new IllegalArgumentException("canary");
            }));
        } finally {
            log.detachAppender(events);
        }

        assertThat(events.list).hasSize(6).allSatisfy(event -> {
            assertThat(event.getFormattedMessage())
                    .contains("java.lang.Illegal", "\n\tat io.unpost.gateway.engine.DeleteGatewayTest")
                    .doesNotContain("canary");
            assertThat(event.getThrowableProxy()).isNull();
        });
    }

    @Test
    void noAttemptStartsAfterASleepThatTookTooLong() {
        var transport = new ScriptedTransport(noAnswer());
        var oversleeping = new Time() {
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
                time.sleep(duration.plusSeconds(30));
            }
        };
        var gateway =
                Gateways.of(new Signers(time, () -> "nonce"), transport, new RetryPolicy(() -> 0.5), oversleeping);
        Result result = gateway.delete(account(), COMMAND, Deadline.in(CALL, oversleeping));

        assertThat(transport.sent()).hasSize(1);
        assertThat(result.attempts()).isEqualTo(1);
    }

    @Test
    void aTransportThatThrowsLeavesItOpen() {
        Result result = delete(new ScriptedTransport(() -> {
            throw new IllegalStateException("a defect");
        }));

        assertThat(result.outcome()).isInstanceOf(Outcome.Unknown.class);
    }

    @Test
    @Timeout(60)
    void identicalCallsAtOnceMakeOneSend() throws Exception {
        var sending = new CountDownLatch(1);
        var others = new WaitingThreads();
        var transport = new ScriptedTransport(() -> {
            sending.countDown();
            others.await(31);
            return answer(200).play();
        });
        DeleteGateway gateway = gateway(transport);
        try (var callers = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<Result> first = callers.submit(() -> gateway.delete(account(), COMMAND, Deadline.in(CALL, time)));
            sending.await();
            List<Future<Result>> joined = IntStream.range(0, 31)
                    .mapToObj(_ -> callers.submit(
                            others.of(() -> gateway.delete(account(), COMMAND, Deadline.in(CALL, time)))))
                    .toList();
            for (Future<Result> other : joined) {
                assertThat(other.get()).isEqualTo(first.get());
            }
        }
        assertThat(transport.sent()).hasSize(1);
    }

    /// A dialect that blocks, or whatever else may, holds its callers up no longer than they wait.
    @Test
    @Timeout(60)
    void aCallerWhoWaitsNoLongerIsToldHowFarItCame() throws Exception {
        var blocked = new CountDownLatch(1);
        var released = new CountDownLatch(1);
        var transport = new ScriptedTransport(answer(503), answer(200));
        BiFunction<DeleteCommand, WireResponse, Verdict> blocking = (command, response) -> {
            if (response.status() == 200) {
                blocked.countDown();
                await(released);
            }
            return reading(command, response);
        };
        DeleteGateway gateway = gateway(transport);
        Account account = account(blocking);
        var waiting = new WaitingThreads();
        var told = new CompletableFuture<Result>();
        Thread caller = Thread.startVirtualThread(
                () -> told.complete(gateway.delete(account, COMMAND, Deadline.in(CALL, time))));
        blocked.await();
        caller.interrupt();

        assertThat(told.get().outcome()).isInstanceOf(Outcome.Unknown.class);
        assertThat(told.get().says()).isEqualTo(says(503));
        assertThat(told.get().attempts()).isEqualTo(2);

        try (var callers = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<Result> joined =
                    callers.submit(waiting.of(() -> gateway.delete(account, COMMAND, Deadline.in(CALL, time))));
            waiting.await(1);
            released.countDown();
            assertThat(joined.get().outcome()).isInstanceOf(Verdict.Deleted.class);
        }
        assertThat(transport.sent()).hasSize(2);
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    @Timeout(60)
    void callersOfOneChainShareTheAttemptsOfTheAccount() throws Exception {
        Exchange lost = new Exchange.NoAnswer("stalled");
        List<Result> results = overlapping(List.of(CALL, CALL, CALL, CALL), Duration.ofSeconds(1), lost);

        assertThat(results).extracting(Result::attempts).containsOnly(3);
    }

    /// Who comes later gives the chain as much time again.
    @Test
    @Timeout(60)
    void aJoinerMovesTheEndOfTheChainOn() throws Exception {
        var sending = new CountDownLatch(1);
        var waiting = new WaitingThreads();
        var transport = new ScriptedTransport(
                () -> {
                    sending.countDown();
                    waiting.await(1);
                    time.pass(Duration.ofMillis(600));
                    return new Exchange.NoAnswer("stalled");
                },
                answer(444));
        DeleteGateway gateway = gateway(transport);
        Duration call = Duration.ofSeconds(1);
        try (var callers = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<Result> first = callers.submit(() -> gateway.delete(within(call), COMMAND, Deadline.in(call, time)));
            sending.await();
            time.pass(Duration.ofMillis(500));
            Future<Result> second =
                    callers.submit(waiting.of(() -> gateway.delete(within(call), COMMAND, Deadline.in(call, time))));
            assertThat(second.get().outcome()).isEqualTo(new Verdict.Deleted(Evidence.ABSENCE, null, null, says(444)));
            assertThat(second.get().attempts()).isEqualTo(2);
            assertThat(first.get().attempts()).isPositive();
        }
    }

    @Test
    @Timeout(60)
    void aJoinerDoesNotTryAgainBeforeALimitEnds() throws Exception {
        Exchange limit = answer(429, Map.of("Retry-After", "15")).play();
        List<Result> results = overlapping(List.of(CALL, CALL, CALL, CALL), Duration.ZERO, limit);

        assertThat(results).extracting(Result::attempts).containsOnly(1);
        assertThat(results)
                .extracting(Result::outcome)
                .containsOnly(new Verdict.Throttled(Duration.ofSeconds(15), says(429)));
        assertThat(time.sleeps()).isEmpty();
    }

    /// What callers with these deadlines are told, where all have joined the first one before its first request ends.
    private List<Result> overlapping(List<Duration> deadlines, Duration each, Exchange exchange) throws Exception {
        var sending = new CountDownLatch(1);
        var waiting = new WaitingThreads();
        var transport = new ScriptedTransport(
                () -> {
                    sending.countDown();
                    waiting.await(deadlines.size() - 1);
                    time.pass(each);
                    return exchange;
                },
                () -> {
                    time.pass(each);
                    return exchange;
                });
        DeleteGateway gateway = gateway(transport);
        Account account = account();
        var calls = new ArrayList<Future<Result>>();
        try (var callers = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Duration patience : deadlines) {
                Deadline deadline = Deadline.in(patience, time);
                Callable<Result> call = () -> gateway.delete(account, COMMAND, deadline);
                calls.add(callers.submit(calls.isEmpty() ? call : waiting.of(call)));
                sending.await();
            }
        }
        var results = new ArrayList<Result>();
        for (Future<Result> call : calls) {
            results.add(call.get());
        }
        assertThat(transport.sent())
                .hasSize(results.stream().mapToInt(Result::attempts).max().orElse(0));
        return results;
    }

    private Result delete(ScriptedTransport transport) {
        return delete(transport, DeleteGatewayTest::reading);
    }

    private Result delete(ScriptedTransport transport, BiFunction<DeleteCommand, WireResponse, Verdict> reading) {
        return gateway(transport).delete(account(reading), COMMAND, Deadline.in(CALL, time));
    }

    private DeleteGateway gateway(Transport transport) {
        Supplier<String> nonce = () -> "nonce-" + nonces.incrementAndGet();
        return Gateways.of(new Signers(time, nonce), transport, new RetryPolicy(() -> 0.5), time);
    }

    private static Account account() {
        return account(DeleteGatewayTest::reading);
    }

    private static Account within(Duration call) {
        Limits usual = Limits.DEFAULT;
        return FakeAccount.named(
                "acme",
                READING,
                new Limits(usual.connect(), usual.attempt(), call, usual.attempts(), usual.maxInFlight(), null));
    }

    private static Account account(BiFunction<DeleteCommand, WireResponse, Verdict> reading) {
        return new Account(
                "acme",
                new FakeDialect(reading),
                new Options(Map.of()),
                URI.create("https://fake.example"),
                new Credentials.OAuth1(new Secret("ck"), new Secret("cs"), new Secret("t"), new Secret("ts")),
                Limits.DEFAULT);
    }

    /// Statuses stand for verdicts, 444 and 430 for codes that mean "there is none" and "nothing was done".
    private static Verdict reading(DeleteCommand command, WireResponse response) {
        ProviderSays says = says(response.status());
        return switch (response.status()) {
            case 200 -> Verdict.Deleted.echo(item(command.id()), says);
            case 202 -> new Verdict.Unverified("it proves nothing", null, says);
            case 430 -> new Verdict.Unavailable(response.retryAfter(), says);
            case 444 -> new Verdict.AlreadyGone(says);
            case 401 -> new Verdict.Refused(Reason.CREDENTIALS_REJECTED, says);
            default -> Verdict.byStatus(response, says);
        };
    }

    private static ProviderSays says(int status) {
        return new ProviderSays(status, null, null, null);
    }

    private static Item item(String id) {
        return new Item(id, null, null, null, null, new Item.Counts(null, null, null), null);
    }
}
