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
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
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

    /// Half of their first answers are lost, so that another attempt is made for nobody.
    @Test
    void callerWhoLeavesCancelsNothing(Battery battery) throws Exception {
        Load load = Load.ofPosts(battery.scaled(1_000)).within(LONG, LONG);
        battery.row("caller that leaves in mid-request", load, row -> {
            var lost = Faults.once(
                    row.seed(), Fault.each(When.AFTER_COMMIT, Stream.of(Acts.RST, Acts.page(500), Acts.FIN)));
            var audit = row.gateway().context().getBean(AuditLines.class);
            List<Operation> all = row.all();
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
            }

            List<Claim> written = Audited.claims(audit.lines());
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
                        .write(("DELETE /v1/accounts/" + operation.path() + " HTTP/1.1\r\nHost: localhost\r\n\r\n")
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
                time.awaitWaiting(TOGETHER);
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

    private static List<Answered> together(Row row, Operation operation) throws Exception {
        Callable<Answered> call = () -> {
            Instant from = Instant.now();
            return new Answered(operation, row.gateway().deleteAt(operation.path()), from, Instant.now());
        };
        var answered = new ArrayList<Answered>();
        try (var callers = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Future<Answered> each : callers.invokeAll(Collections.nCopies(TOGETHER, call))) {
                answered.add(each.get());
            }
        }
        return answered;
    }

    private static int sends(Row row, Operation operation) {
        return row.providers().stream()
                .mapToInt(provider -> provider.sends(operation.id()))
                .sum();
    }
}
