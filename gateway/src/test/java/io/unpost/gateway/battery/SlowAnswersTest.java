package io.unpost.gateway.battery;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.UnixOperatingSystemMXBean;
import io.unpost.gateway.battery.Fault.Act;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/// Answers that never come, or never come to an end: the deadline holds, whatever trickles in.
@Tag("battery")
@Timeout(600)
@ExtendWith(Battery.Resolver.class)
final class SlowAnswersTest {

    /// Longer than the pause between two bytes, so that it is the whole answer that takes too long.
    private static final Duration ATTEMPT = Duration.ofSeconds(1);
    private static final Duration CALL = Duration.ofSeconds(3);
    /// Far below the number of calls that stall.
    private static final long FLAT = 64;
    /// The callers at a time are 64, and a provider notices late that it was left.
    private static final int FEW_CONNECTIONS = 192;

    @Test
    void stalledAnswerIsLeftAtTheDeadline(Battery battery) throws Exception {
        List<Fault> faults = Arrays.stream(When.values())
                .map(when -> new Fault(when, Acts.STALL))
                .toList();
        Load load = Load.ofPosts(battery.scaled(500)).within(ATTEMPT, CALL);
        battery.row("connection that stalls", load, row -> {
            row.does(new Faults(row.seed(), faults, 0.7, Integer.MAX_VALUE));
            List<Operation> all = row.all();

            List<Answered> first = row.delete(all.subList(0, all.size() / 2));
            long threads = ManagementFactory.getThreadMXBean().getThreadCount();
            long descriptors = descriptors();
            List<Answered> second = row.delete(all.subList(all.size() / 2, all.size()));

            assertThat(Stream.concat(first.stream(), second.stream()))
                    .allSatisfy(each -> isToldTruly(
                            row, each, List.of("deleted by echo", "deleted by absence", "outcome_unknown")));
            assertThat(ManagementFactory.getThreadMXBean().getThreadCount() - threads)
                    .isLessThan(FLAT);
            // More than one request stalls for each delete, with a socket at both ends; the last ones may be open yet.
            assertThat(descriptors() - descriptors).isLessThan(second.size());
            nothingIsLeft(row);
        });
    }

    /// Each byte comes well within any limit on silence.
    @Test
    void answerThatDripsIsLeftAtTheDeadline(Battery battery) throws Exception {
        Duration headerByte = Duration.ofMillis(150);
        Duration bodyByte = Duration.ofMillis(300);
        String chunked = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n";
        Stream<Act> drips = Stream.of(
                Acts.drip("header bytes", "HTTP/1.1 200 OK\r\nA: ", "a", headerByte),
                Acts.drip("announcements", "", "HTTP/1.1 103 Early Hints\r\n\r\n", headerByte),
                Acts.drip("body bytes", "HTTP/1.1 200 OK\r\nContent-Length: 99999\r\n\r\n", " ", bodyByte),
                Acts.drip("body bytes, framed by close", "HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n", " ", bodyByte),
                Acts.drip("chunks", chunked, "1\r\n \r\n", bodyByte));
        List<Act> acts = drips.toList();
        List<Fault> faults = Stream.of(When.BEFORE_COMMIT, When.AFTER_COMMIT)
                .flatMap(when -> Fault.each(when, acts.stream()).stream())
                .toList();
        Load load = Load.ofPosts(battery.scaled(200)).within(ATTEMPT, CALL);
        battery.row("answer that drips", load, row -> {
            row.does(Faults.always(row.seed(), faults));

            assertThat(row.deleteAll()).allSatisfy(each -> isToldTruly(row, each, List.of("outcome_unknown")));
            nothingIsLeft(row);
        });
    }

    /// Where this machine is too busy to connect in time, nothing arrives, and that may be told.
    private static void isToldTruly(Row row, Answered each, List<String> claims) {
        boolean arrived = row.providers().stream()
                .anyMatch(provider -> provider.sends(each.operation().id()) > 0);
        String claim = each.told().claim();
        if (arrived || !claim.equals("provider_unavailable")) {
            assertThat(claim).as("%s", each).isIn(claims);
        }
    }

    /// Neither deletes, which have threads that no bean counts, nor connections.
    private static void nothingIsLeft(Row row) {
        assertThat(row.inFlight()).isNotEmpty().allMatch(line -> line.endsWith(" 0.0"));
        assertThat(row.figures().connections()).isLessThan(FEW_CONNECTIONS);
    }

    /// How many files and sockets this process has open; 0 where the system does not say.
    private static long descriptors() {
        return ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean system
                ? system.getOpenFileDescriptorCount()
                : 0;
    }
}
