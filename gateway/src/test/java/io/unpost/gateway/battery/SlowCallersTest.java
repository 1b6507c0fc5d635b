package io.unpost.gateway.battery;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.EOFException;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/// Callers who send their requests a byte at a time, or not at all.
@Tag("battery")
@Timeout(600)
@ExtendWith(Battery.Resolver.class)
final class SlowCallersTest {

    private static final int SLOW = 100;
    private static final Duration LIMIT = Duration.ofSeconds(2);
    /// How much later than that a connection may end.
    private static final Duration LATE = Duration.ofMillis(500);
    private static final Duration BETWEEN_BYTES = Duration.ofMillis(500);
    private static final int OPERATIONS = 60_000;
    /// How many of them come with each few others.
    private static final int COMING = 10;
    private static final int CALM = 320;
    private static final int AT_ONCE = 16;
    private static final double MOST_SLOWED = 1.5;
    private static final Duration NOISE = Duration.ofMillis(20);

    /// What is sent of a request.
    ///
    /// @param first what is sent before it, and answered
    /// @param head what is sent at once
    /// @param drip what is sent again and again; empty where nothing is
    private record Manner(String first, String head, String drip) {

        private static final String WHOLE = "GET /health HTTP/1.1\r\nHost: localhost\r\n\r\n";
        private static final String DELETE = "DELETE /v1/accounts/%s HTTP/1.1\r\nHost: localhost\r\n";

        private static List<Manner> all() {
            return List.of(
                    new Manner("", "", ""),
                    new Manner("", DELETE + "A: ", "a"),
                    new Manner("", "", "D"),
                    new Manner(WHOLE, DELETE + "A: ", "a"),
                    new Manner("", DELETE + "Content-Length: 9999\r\n\r\n", "a"),
                    new Manner("", DELETE + "Transfer-Encoding: chunked\r\n\r\n", "1\r\na\r\n"));
        }

        /// Whether a delete is asked for: its body is ignored, so it needs none to begin where its length is said.
        boolean asks() {
            return head.contains("Content-Length");
        }

        /// With what status such a caller is answered; empty where with none.
        String told() {
            return asks() ? "200" : drip.isEmpty() ? "" : "408";
        }
    }

    /// More of them than deletes may be under way, and less than half of them with a delete that is carried out.
    @Test
    void noneIsWaitedForAndNobodyElseWaits(Battery battery) throws Exception {
        int count = battery.scaled(SLOW);
        Load load = Load.ofPosts(OPERATIONS)
                .of(OPERATIONS)
                .with("max-in-flight: " + count)
                .set(Map.of("unpost.request-timeout", LIMIT.toMillis() + "ms", "unpost.max-in-flight", "" + count / 2));
        battery.row("callers who send a byte at a time, or nothing", load, row -> {
            List<Operation> all = row.all();
            int calm = battery.scaled(CALM);
            // The first find the gateway cold.
            some(row, all.subList(0, calm));
            List<Answered> before = some(row, all.subList(calm, 2 * calm));
            var whileTheyCome = new ArrayList<Answered>();
            var beside = new ArrayList<Answered>();
            var slow = new ArrayList<Slow>();
            try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
                Iterator<Operation> ofSlow = all.reversed().iterator();
                var cuts = new ArrayList<Future<Slow>>();
                int from = 2 * calm;
                // As long as there are some for others.
                while (from + AT_ONCE <= all.size() - count
                        && (slow.size() < count || cuts.stream().anyMatch(cut -> !cut.isDone()))) {
                    for (int come = 0; come < COMING && slow.size() < count; come++) {
                        var one = new Slow(
                                row.gateway().address(),
                                Manner.all().get(slow.size() % Manner.all().size()),
                                ofSlow.next());
                        if (one.manner.asks()) {
                            row.left(one.operation);
                        }
                        slow.add(one);
                        cuts.add(threads.submit(one::drip));
                    }
                    List<Answered> others = some(row, all.subList(from, from + AT_ONCE));
                    (slow.size() < count ? whileTheyCome : beside).addAll(others);
                    from += AT_ONCE;
                }
                for (Future<Slow> cut : cuts) {
                    cut.get();
                }
            }
            row.shows("%d callers".formatted(count));
            Duration latest = slow.stream()
                    .map(each -> each.took)
                    .max(Comparator.naturalOrder())
                    .orElseThrow();
            row.shows("cut after %d ms at most".formatted(latest.toMillis()));
            Duration p99Before = Figures.of(before, List.of()).p99();
            Duration p99 = Figures.of(beside, List.of()).p99();
            row.shows("others' p99 %.1f ms, %.1f ms before".formatted(p99.toNanos() / 1e6, p99Before.toNanos() / 1e6));

            assertThat(slow)
                    .allSatisfy(each -> assertThat(each.status())
                            .as("%s", each)
                            // An RST takes what was not read yet.
                            .isIn("", each.manner.told()));
            assertThat(slow.stream().map(Slow::status)).contains("200", "408");
            assertThat(slow)
                    .allSatisfy(each -> assertThat(each.took)
                            .as("%s", each)
                            .isBetween(LIMIT, LIMIT.plus(battery.strict() ? LATE : LIMIT.multipliedBy(Figures.HANG))));
            assertThat(Stream.of(before, whileTheyCome, beside).flatMap(List::stream))
                    .allSatisfy(each ->
                            assertThat(each.told().claim()).as("%s", each).isEqualTo("deleted by echo"));
            assertThat(row.inFlight()).isNotEmpty().allMatch(line -> line.endsWith(" 0.0"));
            if (battery.strict()) {
                assertThat(p99)
                        .isLessThanOrEqualTo(Duration.ofNanos((long) (p99Before.toNanos() * MOST_SLOWED))
                                .plus(NOISE));
            }
        });
    }

    private static List<Answered> some(Row row, List<Operation> operations) throws InterruptedException {
        var answered = new ArrayList<Answered>();
        for (int from = 0; from < operations.size(); from += AT_ONCE) {
            answered.addAll(row.delete(operations.subList(from, Math.min(from + AT_ONCE, operations.size()))));
        }
        return answered;
    }

    /// One of the slow callers.
    private static final class Slow {

        private static final int BUFFER = 4096;
        private static final int STATUS = "HTTP/1.1 ".length();
        private static final Duration HANG = LIMIT.multipliedBy(2 * Figures.HANG);

        private final Manner manner;
        private final Operation operation;
        private final Socket socket;
        private final StringBuilder heard = new StringBuilder();
        private long begun;
        private Duration took = HANG;

        Slow(URI gateway, Manner manner, Operation operation) throws IOException {
            this.manner = manner;
            this.operation = operation;
            begun = System.nanoTime();
            socket = new Socket(gateway.getHost(), gateway.getPort());
            socket.setSoTimeout((int) BETWEEN_BYTES.toMillis());
        }

        /// Until the gateway ends the connection.
        Slow drip() {
            try (socket) {
                if (!manner.first.isEmpty()) {
                    send(manner.first);
                    while (!heard.toString().endsWith("}")) {
                        hear("");
                    }
                    heard.setLength(0);
                    begun = System.nanoTime();
                }
                send(manner.head.formatted(operation.path()));
                while (System.nanoTime() - begun < HANG.toNanos()) {
                    hear(manner.drip);
                }
            } catch (IOException _) {
                // It was ended, by a FIN or, where a byte was on the way, an RST.
                took = Duration.ofNanos(System.nanoTime() - begun);
            }
            return this;
        }

        private void send(String text) throws IOException {
            socket.getOutputStream().write(text.getBytes(US_ASCII));
        }

        /// @param drip what is sent where nothing is heard for a while
        private void hear(String drip) throws IOException {
            byte[] bytes = new byte[BUFFER];
            try {
                int count = socket.getInputStream().read(bytes);
                if (count < 0) {
                    throw new EOFException();
                }
                heard.append(new String(bytes, 0, count, US_ASCII));
            } catch (SocketTimeoutException _) {
                send(drip);
            }
        }

        /// The status that was heard, or nothing.
        String status() {
            return heard.isEmpty() ? "" : heard.substring(STATUS, STATUS + 3);
        }

        @Override
        public String toString() {
            return "%s, for %d ms, and heard: %s".formatted(manner, took.toMillis(), heard);
        }
    }
}
