package io.unpost.gateway.engine;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import io.unpost.dialect.DeleteCommand;
import io.unpost.dialect.Item;
import io.unpost.dialect.Kind;
import io.unpost.dialect.Outcome;
import io.unpost.dialect.Outcome.Evidence;
import io.unpost.dialect.Outcome.Verdict;
import io.unpost.dialect.ProviderSays;
import io.unpost.dialect.Reason;
import io.unpost.dialect.WireResponse;
import io.unpost.gateway.accounts.Account;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

/// What may be claimed after what: random exchanges against a model that knows nothing of the engine.
class GuaranteeTest {

    private static final DeleteCommand COMMAND = new DeleteCommand(Kind.POSTS, "240854986559455234");
    private static final List<Event> EVENTS = List.of(Event.values());
    private static final int SCRIPTS_PER_SEED = 2_000;

    /// Thousands of played defects would fill it.
    private static final Logger LOG = (Logger) LoggerFactory.getLogger(DeleteGateway.class.getPackageName());

    /// What may come of one request, and what is then true of it.
    private enum Event {
        ECHO(true, false),
        ACKNOWLEDGED(true, false),
        UNVERIFIED(true, false),
        GONE(true, false),
        NOT_FOUND(true, false),
        REFUSED(true, false),
        LIMIT_WITHOUT_END(true, false),
        LIMIT(false, false),
        UNAVAILABLE(false, false),
        NEVER_LEFT(false, false),
        LOST(false, true),
        SERVER_ERROR(false, true),
        WRONG_ID(false, true),
        OVERCLAIMED_ID(false, true),
        CLAIM_WITHOUT_SUCCESS(false, true),
        UNREADABLE(false, true),
        TRANSPORT_DEFECT(false, true);

        private final boolean last;
        private final boolean maybeSent;

        Event(boolean last, boolean maybeSent) {
            this.last = last;
            this.maybeSent = maybeSent;
        }
    }

    /// One script's world: the events that were played, and the time they took.
    private static final class World implements Transport {

        private final FakeTime time = new FakeTime();
        private final List<Event> played = new ArrayList<>();
        private final Random random;

        World(long seed) {
            random = new Random(seed);
        }

        @Override
        public Exchange send(SignedRequest request, Duration connect, Duration limit) {
            assertThat(limit).isBetween(RetryPolicy.LEAST_ATTEMPT, Duration.ofSeconds(3));
            Event event = EVENTS.get(random.nextInt(EVENTS.size()));
            played.add(event);
            time.pass(random.nextBoolean() ? Duration.ofMillis(20) : upTo(limit));
            return switch (event) {
                case NEVER_LEFT -> new Exchange.NeverLeft("refused");
                case LOST -> new Exchange.NoAnswer("reset");
                case TRANSPORT_DEFECT -> throw new IllegalStateException("a defect");
                case ECHO, ACKNOWLEDGED, UNVERIFIED, WRONG_ID, OVERCLAIMED_ID, UNREADABLE -> answer(200, event);
                case SERVER_ERROR, CLAIM_WITHOUT_SUCCESS -> answer(502, event);
                case GONE, NOT_FOUND, REFUSED, LIMIT_WITHOUT_END, LIMIT, UNAVAILABLE -> answer(404, event);
            };
        }

        private Duration upTo(Duration most) {
            return Duration.ofNanos(random.nextLong(most.toNanos() + 1));
        }

        private Exchange answer(int status, Event event) {
            var headers = Map.of("X-Event", event.name(), "Retry-After", Integer.toString(random.nextInt(5)));
            return new Exchange.Answered(new WireResponse(status, headers, new byte[0], time.instant()));
        }

        Result delete(Account account, Deadline deadline) {
            var gateway = Gateways.of(new Signers(time, () -> "n"), this, new RetryPolicy(random::nextDouble), time);
            return gateway.delete(account, COMMAND, deadline);
        }
    }

    @BeforeAll
    static void hush() {
        LOG.setLevel(Level.OFF);
    }

    @AfterAll
    static void speak() {
        LOG.setLevel(null);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void nothingIsClaimedThatIsNotProven(long seed) {
        for (int script = 0; script < SCRIPTS_PER_SEED; script++) {
            var world = new World(seed * SCRIPTS_PER_SEED + script);
            int most = 1 + world.random.nextInt(3);
            Duration call = world.random.nextInt(4) == 0
                    ? Duration.ofMillis(world.random.nextInt(2_000))
                    : Duration.ofSeconds(10);
            Result result =
                    world.delete(FakeAccount.of(GuaranteeTest::reading, most, call), Deadline.in(call, world.time));

            String told = "seed %d, script %d: %s gave %s".formatted(seed, script, world.played, result);
            assertThat(result.attempts())
                    .as(told)
                    .isEqualTo(world.played.size())
                    .isBetween(0, most);
            assertThat(world.time.elapsed()).as(told).isLessThanOrEqualTo(call);
            assertThat(claim(result.outcome())).as(told).isEqualTo(provenBy(world.played));
            assertThat(world.played.stream().limit(Math.max(0, world.played.size() - 1)))
                    .as(told)
                    .noneMatch(event -> event.last);
        }
    }

    /// The model: what a careful reader of the events may say, in words of its own.
    private static String provenBy(List<Event> events) {
        if (events.isEmpty()) {
            return "not sent";
        }
        boolean maybeBefore = events.subList(0, events.size() - 1).stream().anyMatch(event -> event.maybeSent);
        return switch (events.getLast()) {
            case ECHO -> "deleted, echo";
            case ACKNOWLEDGED -> "deleted, acknowledged";
            case GONE -> maybeBefore ? "deleted, absence" : "already gone";
            case Event last when maybeBefore || last.maybeSent -> "unknown";
            case UNVERIFIED -> "unverified";
            case NOT_FOUND -> "not found";
            case REFUSED -> "refused";
            case LIMIT, LIMIT_WITHOUT_END -> "limit";
            case UNAVAILABLE -> "unavailable";
            // It adds nothing to what the provider said before.
            case NEVER_LEFT -> provenBy(events.subList(0, events.size() - 1));
            case LOST, SERVER_ERROR, WRONG_ID, OVERCLAIMED_ID, CLAIM_WITHOUT_SUCCESS, UNREADABLE, TRANSPORT_DEFECT ->
                "unknown";
        };
    }

    private static String claim(Outcome outcome) {
        return switch (outcome) {
            case Verdict.Deleted(Evidence evidence, var _, var _, var _) ->
                switch (evidence) {
                    case ECHO -> "deleted, echo";
                    case ACKNOWLEDGED -> "deleted, acknowledged";
                    case ABSENCE -> "deleted, absence";
                };
            case Verdict.AlreadyGone _ -> "already gone";
            case Verdict.NotFound _ -> "not found";
            case Verdict.Unverified _ -> "unverified";
            case Verdict.Refused _ -> "refused";
            case Verdict.Throttled _ -> "limit";
            case Verdict.Unavailable _ -> "unavailable";
            case Verdict.Mismatched _ -> "mismatched";
            case Verdict.Faulted _ -> "faulted";
            case Outcome.NotSent _ -> "not sent";
            case Outcome.Unknown _ -> "unknown";
        };
    }

    private static Verdict reading(DeleteCommand command, WireResponse response) {
        var says = new ProviderSays(response.status(), null, null, null);
        return switch (Event.valueOf(response.header("X-Event").orElseThrow())) {
            case ECHO, CLAIM_WITHOUT_SUCCESS -> Verdict.Deleted.echo(item(command.id()), says);
            case WRONG_ID -> new Verdict.Mismatched("1", says);
            case OVERCLAIMED_ID -> Verdict.Deleted.echo(item("1"), says);
            case ACKNOWLEDGED -> Verdict.Deleted.acknowledged(null, says);
            case UNVERIFIED -> new Verdict.Unverified("unclear", null, says);
            case GONE -> new Verdict.AlreadyGone(says);
            case NOT_FOUND -> new Verdict.NotFound(says);
            case REFUSED -> new Verdict.Refused(Reason.REFUSED, says);
            case LIMIT_WITHOUT_END -> new Verdict.Throttled(null, says);
            case LIMIT -> new Verdict.Throttled(response.retryAfter(), says);
            case UNAVAILABLE -> new Verdict.Unavailable(response.retryAfter(), says);
            case SERVER_ERROR -> new Verdict.Faulted("status 502", says);
            case UNREADABLE -> throw new IllegalStateException("a defect");
            case NEVER_LEFT, LOST, TRANSPORT_DEFECT -> throw new AssertionError("no answer came");
        };
    }

    private static Item item(String id) {
        return new Item(id, null, null, null, null, new Item.Counts(null, null, null), null);
    }
}
