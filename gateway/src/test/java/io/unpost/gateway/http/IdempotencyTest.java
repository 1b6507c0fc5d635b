package io.unpost.gateway.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.unpost.dialect.Deletable;
import io.unpost.dialect.Item;
import io.unpost.dialect.Kind;
import io.unpost.dialect.Options;
import io.unpost.dialect.Outcome;
import io.unpost.dialect.Outcome.Verdict;
import io.unpost.dialect.ProviderSays;
import io.unpost.dialect.WireResponse;
import io.unpost.gateway.accounts.Account;
import io.unpost.gateway.accounts.Credentials;
import io.unpost.gateway.accounts.Limits;
import io.unpost.gateway.accounts.Secret;
import io.unpost.gateway.engine.FakeDialect;
import io.unpost.gateway.engine.FakeTime;
import io.unpost.gateway.engine.Result;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What becomes of a key, without a network.
final class IdempotencyTest {

    private static final int CALLERS = 64;
    private static final int ROUNDS = 200;
    private static final ProviderSays SAYS = new ProviderSays(200, null, null, null);
    private static final Deletable POSTS = new Deletable(Kind.POSTS, Pattern.compile("[0-9]+"), "digits");
    private static final Account ACCOUNT = new Account(
            "acme",
            new FakeDialect((_, _) -> {
                throw new AssertionError("nothing is sent here");
            }),
            new Options(Map.of()),
            URI.create("https://fake.example"),
            new Credentials.Bearer(new Secret("canary")),
            Limits.DEFAULT);
    private static final Idempotency.Use USE = new Idempotency.Use("acme", "posts", "7");
    private static final Result RESULT = result(Verdict.Deleted.acknowledged(null, SAYS), "");

    private final FakeTime time = new FakeTime();
    private final Idempotency idempotency = new Idempotency(time);

    @Test
    void answerIsKeptForADay() {
        settle(key("k"), RESULT);

        time.pass(Idempotency.KEPT.minusNanos(1));
        assertThat(idempotency.begin(key("k"), USE)).isInstanceOf(Idempotency.Replay.class);
        time.pass(Duration.ofNanos(1));
        assertThat(idempotency.begin(key("k"), USE)).isInstanceOf(Idempotency.First.class);
    }

    @Test
    void dayBeginsWithTheAnswer() {
        try (var first = first(key("k"))) {
            time.pass(Duration.ofMinutes(10));
            first.settles(ACCOUNT, POSTS, RESULT);
        }
        time.pass(Idempotency.KEPT.minusNanos(1));

        assertThat(idempotency.begin(key("k"), USE)).isInstanceOf(Idempotency.Replay.class);
    }

    @Test
    void replayDoesNotProlongTheDay() {
        settle(key("k"), RESULT);
        time.pass(Idempotency.KEPT.dividedBy(2));
        idempotency.begin(key("k"), USE);
        time.pass(Idempotency.KEPT.dividedBy(2));

        assertThat(idempotency.begin(key("k"), USE)).isInstanceOf(Idempotency.First.class);
    }

    @Test
    void keyIsFreeAfterACallThatDidNotSettle() {
        first(key("k")).close();

        assertThat(idempotency.begin(key("k"), USE)).isInstanceOf(Idempotency.First.class);
    }

    @Test
    void callsWithoutAKeyHaveNothingToDoWithEachOther() {
        try (var one = (Idempotency.First) idempotency.begin(null, USE)) {
            assertThat(idempotency.begin(null, USE)).isInstanceOf(Idempotency.First.class);
            one.settles(ACCOUNT, POSTS, RESULT);
        }

        assertThat(idempotency.begin(null, USE)).isInstanceOf(Idempotency.First.class);
    }

    @Test
    void keysOfDifferentCallersAreDifferent() {
        List<IdempotencyKey> keys = List.of(
                new IdempotencyKey(null, "s", "k"),
                new IdempotencyKey("", "s", "k"),
                new IdempotencyKey("null", "s", "k"),
                new IdempotencyKey("s", "k", "k"),
                new IdempotencyKey("i", "sk", "k"),
                new IdempotencyKey("is", "k", "k"),
                new IdempotencyKey("i", "s", "kk"));

        assertThat(keys)
                .allSatisfy(key -> assertThat(idempotency.begin(key, USE)).isInstanceOf(Idempotency.First.class));
        assertThat(keys)
                .allSatisfy(key -> assertThat(idempotency.begin(key, USE)).isInstanceOf(Idempotency.InProgress.class));
    }

    @Test
    void oneOfManyCallersRuns() throws Exception {
        try (var callers = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int round = 0; round < ROUNDS; round++) {
                IdempotencyKey key = key("round " + round);
                var start = new CyclicBarrier(CALLERS);
                var turns = Stream.generate(() -> callers.submit(() -> {
                            start.await();
                            return idempotency.begin(key, USE);
                        }))
                        .limit(CALLERS)
                        .toList();

                assertThat(turns)
                        .map(Future::get)
                        .filteredOn(Idempotency.First.class::isInstance)
                        .hasSize(1);
                assertThat(turns)
                        .map(Future::get)
                        .filteredOn(Idempotency.InProgress.class::isInstance)
                        .hasSize(CALLERS - 1);
            }
        }
    }

    /// Nobody is told to run, or that it still runs, once somebody was told the answer.
    @Test
    void answerAppearsAtOnceForAll() throws Exception {
        try (var callers = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int round = 0; round < ROUNDS; round++) {
                IdempotencyKey key = key("round " + round);
                Idempotency.First first = first(key);
                var start = new CyclicBarrier(CALLERS + 1);
                var orders = Stream.generate(() -> callers.submit(() -> {
                            start.await();
                            return IntStream.range(0, 50)
                                    .mapToObj(_ -> idempotency
                                            .begin(key, USE)
                                            .getClass()
                                            .getSimpleName())
                                    .collect(Collectors.joining());
                        }))
                        .limit(CALLERS)
                        .toList();
                start.await();
                first.settles(ACCOUNT, POSTS, RESULT);
                first.close();

                for (var order : orders) {
                    assertThat(order.get()).matches("(InProgress)*(Replay)*");
                }
            }
        }
    }

    @Test
    void answersTakeNoMoreThanTheirRoom() {
        // Two bytes a character, and one for each of the body.
        String text = "茶".repeat(250_000);
        var item = new Item("7", text, null, null, null, new Item.Counts(null, null, null), null);
        var result = result(Verdict.Deleted.echo(item, SAYS), "x".repeat(64 << 10));
        int most = Idempotency.MOST_BYTES / (2 * text.length() + (64 << 10));

        for (int i = 0; i < most + 20; i++) {
            settle(key("big " + i), result);
        }

        assertThat(kept("big ", 0, most + 20)).isBetween(most - 1, most);
        assertThat(kept("big ", 21, most + 20)).as("the newest").isEqualTo(most - 1);
    }

    @ParameterizedTest
    @CsvSource({"33554432, 8388608", "134217728, 33554432", "268435456, 67108864", "8589934592, 67108864"})
    void answersTakeNoMoreThanAQuarterOfTheHeap(long heap, int room) {
        assertThat(Idempotency.room(heap)).isEqualTo(room);
    }

    @Test
    void smallAnswersAreCountedToo() {
        int most = Idempotency.MOST_BYTES >> 10;

        for (int i = 0; i < most + 5_000; i++) {
            settle(key("small " + i), RESULT);
        }

        assertThat(kept("small ", 0, most + 5_000)).isBetween(most / 2, most);
        assertThat(kept("small ", most, most + 5_000)).as("the newest").isEqualTo(5_000);
    }

    @Test
    void callThatRunsIsNeverDropped() {
        Idempotency.First running = first(key("running"));
        fill();

        assertThat(idempotency.begin(key("running"), USE)).isInstanceOf(Idempotency.InProgress.class);
        running.settles(ACCOUNT, POSTS, RESULT);
        assertThat(idempotency.begin(key("running"), USE)).isInstanceOf(Idempotency.Replay.class);
    }

    @Test
    void callWhoseAnswerWasDroppedDoesNotEndTheNextOne() {
        Idempotency.First earlier = first(key("k"));
        earlier.settles(ACCOUNT, POSTS, RESULT);
        fill();
        assertThat(idempotency.begin(key("k"), USE)).isInstanceOf(Idempotency.First.class);

        earlier.close();

        assertThat(idempotency.begin(key("k"), USE)).isInstanceOf(Idempotency.InProgress.class);
    }

    @Test
    void noMoreIsKeptThanCanBeShown() {
        var settled = new Settled(ACCOUNT, POSTS, result(RESULT.outcome(), "x".repeat(1 << 20)));

        assertThat(settled.bytes()).isBetween(64 << 10, 65 << 10);
    }

    /// Takes all the room, and more.
    private void fill() {
        Result result = result(RESULT.outcome(), "x".repeat(64 << 10));
        for (int i = 0; i < 1_100; i++) {
            settle(key("fill " + i), result);
        }
    }

    private void settle(IdempotencyKey key, Result result) {
        try (var first = first(key)) {
            first.settles(ACCOUNT, POSTS, result);
        }
    }

    private Idempotency.First first(IdempotencyKey key) {
        return (Idempotency.First) idempotency.begin(key, USE);
    }

    /// How many of these keys still have their answers; the others are left free.
    private int kept(String prefix, int from, int to) {
        return (int) IntStream.range(from, to)
                .mapToObj(i -> idempotency.begin(key(prefix + i), USE))
                .filter(turn -> {
                    if (turn instanceof Idempotency.First first) {
                        first.close();
                    }
                    return turn instanceof Idempotency.Replay;
                })
                .count();
    }

    private static IdempotencyKey key(String text) {
        return new IdempotencyKey("issuer", "subject", text);
    }

    private static Result result(Outcome outcome, String body) {
        var answer = new WireResponse(200, Map.of(), body.getBytes(UTF_8), FakeTime.START);
        return new Result(outcome, 1, FakeTime.START, answer, Duration.ZERO);
    }
}
