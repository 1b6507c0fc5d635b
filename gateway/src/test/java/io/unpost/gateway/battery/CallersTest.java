package io.unpost.gateway.battery;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.unpost.gateway.Gateway;
import io.unpost.gateway.audit.AuditLines;
import java.net.Socket;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/// Callers who leave, and callers who come together.
@Tag("battery")
@Timeout(600)
@ExtendWith(Battery.Resolver.class)
final class CallersTest {

    private static final int TOGETHER = 64;
    private static final int AT_ONCE = 50;
    private static final Duration LONG = Duration.ofSeconds(60);
    private static final String KEY = "Idempotency-Key";
    private static final String REPLAYED = "Idempotent-Replayed";

    /// Half of their first answers are lost, so that another attempt is made for nobody. What came of it, each key
    /// tells, with nothing more sent.
    @Test
    void callerWhoLeavesCancelsNothing(Battery battery) throws Exception {
        Load load = Load.ofPosts(battery.scaled(1_000)).within(LONG, LONG);
        battery.row("caller that leaves in mid-request", load, row -> {
            var lost = Faults.once(
                    row.seed(), Fault.each(When.AFTER_COMMIT, Stream.of(Acts.RST, Acts.page(500), Acts.FIN)));
            var audit = row.gateway().context().getBean(AuditLines.class);
            List<Operation> all = row.all();
            var replays = new ArrayList<Answered>();
            for (int from = 0; from < all.size(); from += AT_ONCE) {
                List<Operation> some = all.subList(from, Math.min(from + AT_ONCE, all.size()));
                var begun = new CountDownLatch(some.size());
                var left = new CountDownLatch(1);
                row.does(call -> {
                    if (call.first()) {
                        begun.countDown();
                        left.await();
                    }
                    if (Long.parseLong(call.id()) % 2 == 0) {
                        lost.play(call);
                    } else {
                        call.obey();
                    }
                });
                askAndLeave(row, some, begun);
                left.countDown();
                // An intent and an outcome of each.
                audit.await(2 * Math.min(from + AT_ONCE, all.size()));
                replays.addAll(asked(row, some, operation -> new String[] {KEY, key(operation)}));
            }

            List<Claim> written = Audited.claims(audit.lines());
            assertThat(replays).allSatisfy(replay -> {
                assertThat(replay.told().header(REPLAYED)).as("%s", replay).isEqualTo("true");
                isInForm(row, replay);
            });
            assertThat(replays.stream().map(replay -> replay.claim().toString()))
                    .containsExactlyInAnyOrderElementsOf(
                            written.stream().map(Claim::toString).toList());
            assertThat(written)
                    .hasSameSizeAs(all)
                    .allSatisfy(
                            claim -> assertThat(claim.outcome()).as("%s", claim).isEqualTo("deleted"));
            assertThat(new Checker(row.providers()).ofClaims(written)).isEmpty();
            assertThat(audit.lines().stream().flatMap(Shape::secrets)).isEmpty();
            int sends =
                    all.stream().mapToInt(operation -> sends(row, operation)).sum();
            row.shows("%.2f sends for each of them".formatted(sends / (double) all.size()));
            assertThat(all)
                    .allSatisfy(operation -> assertThat(sends(row, operation))
                            .isEqualTo(Long.parseLong(operation.id()) % 2 == 0 ? 2 : 1));
            assertThat(row.deleteAll())
                    .allSatisfy(each ->
                            assertThat(each.told().claim()).as("%s", each).isEqualTo("already_gone by absence"));
        });
    }

    /// Asks by a socket for each, and closes them all once the provider has the requests: some with a FIN, some with
    /// an RST.
    private static void askAndLeave(Row row, List<Operation> operations, CountDownLatch begun) throws Exception {
        Gateway gateway = row.gateway();
        var callers = new ArrayList<Socket>();
        try {
            for (Operation operation : operations) {
                row.left(operation);
                var caller = new Socket(
                        gateway.address().getHost(), gateway.address().getPort());
                callers.add(caller);
                caller.getOutputStream()
                        .write(("DELETE /v1/accounts/" + operation.path() + " HTTP/1.1\r\nHost: localhost\r\n" + KEY
                                        + ": " + key(operation) + "\r\n\r\n")
                                .getBytes(US_ASCII));
            }
            begun.await();
        } finally {
            for (int at = 0; at < callers.size(); at++) {
                callers.get(at).setSoLinger(at % 3 == 0, 0);
                callers.get(at).close();
            }
        }
        // Each takes as long as the gateway's event loops need to see that the callers left.
        for (int i = 0; i < 2 * Runtime.getRuntime().availableProcessors(); i++) {
            assertThat(gateway.get("/health").status()).isEqualTo(200);
        }
    }

    /// The provider answers once the gateway has all the callers of a round.
    @Test
    void callersOfTheSameIdShareOneSend(Battery battery) throws Exception {
        Load load = RowTime.load(Load.ofPosts(battery.scaled(100)).within(LONG, LONG));
        battery.row("64 callers of one id at once", load, row -> {
            var time = RowTime.of(row);
            row.does(call -> {
                // The callers, and the delete that they share.
                time.awaitWaiting(TOGETHER + 1);
                call.obey();
            });
            for (Operation operation : row.all()) {
                time.forget();
                List<Answered> told = together(row, operation);
                row.asked(operation);
                row.told(told);

                assertThat(told).hasSize(TOGETHER);
                assertThat(told.stream()
                                .map(each ->
                                        each.told().body().replace(each.told().at("/requestId"), ""))
                                .distinct())
                        .hasSize(1);
                assertThat(told.getFirst().told().claim()).isEqualTo("deleted by echo");
                assertThat(sends(row, operation)).isEqualTo(1);
            }
            time.forget();
        });
    }

    /// The provider answers once all the others have been refused.
    @Test
    void oneOfManyCallersWithTheSameKeySends(Battery battery) throws Exception {
        Load load = Load.ofPosts(battery.scaled(100)).within(LONG, LONG);
        battery.row("64 callers of one id and one key at once", load, row -> {
            for (Operation operation : row.all()) {
                var release = new CountDownLatch(1);
                row.does(call -> {
                    release.await();
                    call.obey();
                });
                String key = key(operation);
                // Nobody else asks for it, so that it would be found if it were sent.
                var other = new Operation(operation.form(), operation.account(), "9" + operation.id());
                row.asked(operation);
                try (var callers = Executors.newVirtualThreadPerTaskExecutor()) {
                    var calls = new ExecutorCompletionService<Answered>(callers);
                    for (int i = 0; i < TOGETHER; i++) {
                        calls.submit(() -> asked(row, operation, KEY, key));
                    }
                    for (int i = 1; i < TOGETHER; i++) {
                        refuses(row, calls.take().get(), 409, "idempotency_in_progress");
                    }
                    refuses(row, asked(row, other, KEY, key), 422, "idempotency_mismatch");
                    release.countDown();
                    Answered first = calls.take().get();
                    row.told(List.of(first));

                    assertThat(first.told().claim()).as("%s", first).isEqualTo("deleted by echo");
                    assertThat(first.told().header(REPLAYED)).isEmpty();
                }
                Answered replay = asked(row, operation, KEY, key);
                assertThat(replay.told().claim()).as("%s", replay).isEqualTo("deleted by echo");
                assertThat(replay.told().header(REPLAYED)).isEqualTo("true");
                isInForm(row, replay);
                refuses(row, asked(row, other, KEY, key), 422, "idempotency_mismatch");
                assertThat(sends(row, operation)).isEqualTo(1);
                assertThat(sends(row, other)).isZero();
            }
        });
    }

    private static void refuses(Row row, Answered each, int status, String code) {
        assertThat(each.told().status()).as("%s", each).isEqualTo(status);
        assertThat(each.told().claim()).as("%s", each).isEqualTo(code);
        assertThat(each.told().header("Retry-After")).as("%s", each).isEqualTo(status == 409 ? "1" : "");
        isInForm(row, each);
    }

    /// Of answers that the audit log has nothing of, since nothing was tried for them.
    private static void isInForm(Row row, Answered each) {
        row.untried(each);
        assertThat(Shape.findings(each)).isEmpty();
        assertThat(Shape.secrets(each.told().body() + each.told().headers())).isEmpty();
    }

    private static String key(Operation operation) {
        return "key of " + operation.id();
    }

    private static List<Answered> together(Row row, Operation operation) throws Exception {
        return asked(row, Collections.nCopies(TOGETHER, operation), _ -> new String[0]);
    }

    /// All at once.
    ///
    /// @param headers of each, names and values by turns
    private static List<Answered> asked(Row row, List<Operation> operations, Function<Operation, String[]> headers)
            throws Exception {
        List<Callable<Answered>> calls = operations.stream()
                .<Callable<Answered>>map(operation -> () -> asked(row, operation, headers.apply(operation)))
                .toList();
        var answered = new ArrayList<Answered>();
        try (var callers = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Future<Answered> each : callers.invokeAll(calls)) {
                answered.add(each.get());
            }
        }
        return answered;
    }

    private static Answered asked(Row row, Operation operation, String... headers) {
        Instant from = Instant.now();
        return new Answered(operation, row.gateway().deleteAt(operation.path(), headers), from, Instant.now());
    }

    private static int sends(Row row, Operation operation) {
        return row.providers().stream()
                .mapToInt(provider -> provider.sends(operation.id()))
                .sum();
    }
}
