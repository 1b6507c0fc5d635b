package io.unpost.gateway.audit;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.unpost.gateway.engine.FakeTime;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.slf4j.LoggerFactory;

final class AuditLogTest {

    private static final Ending REFUSED = new Ending("not_deleted", null, "refused", 1, null);

    private final ListAppender<ILoggingEvent> logged = new ListAppender<>();
    private final Logger logger = (Logger) LoggerFactory.getLogger(AuditLog.class);
    private final List<String> lines = new ArrayList<>();
    private final FakeTime time = new FakeTime();
    private boolean broken;
    private final AuditLog audit = new AuditLog(
            line -> {
                if (broken) {
                    throw new IOException("No space left on device");
                }
                lines.add(line);
            },
            time);

    @BeforeEach
    void listen() {
        logged.start();
        logger.addAppender(logged);
        logger.setAdditive(false);
    }

    @AfterEach
    void unlisten() {
        logger.detachAppender(logged);
        logger.setAdditive(true);
    }

    @Test
    void durationIsFromTheIntentToTheOutcome() throws InterruptedException {
        AuditLog.Entry entry = audit.intent(Calls.of("7")).orElseThrow();
        time.sleep(Duration.ofMillis(1234));
        entry.outcome(REFUSED);

        assertThat(lines).hasSize(2);
        assertThat(lines.get(0)).contains("\"time\":\"2026-11-23T18:25:43.511Z\",\"event\":\"intent\"");
        assertThat(lines.get(1))
                .contains("\"time\":\"2026-11-23T18:25:44.745Z\",\"event\":\"outcome\"")
                .endsWith("\"durationMs\":1234}");
    }

    @Test
    void intentThatCannotBeWrittenGivesNoEntry() {
        broken = true;

        assertThat(audit.intent(Calls.of("7"))).isEmpty();
        assertThat(audit.failures()).isEqualTo(1);
    }

    /// A pipe that nobody reads.
    @Test
    @Timeout(60)
    void lineThatIsNeverTakenHoldsUpNobodyElse() throws Exception {
        var stuck = new CountDownLatch(1);
        var released = new CountDownLatch(1);
        var stalling = new AuditLog(
                line -> {
                    stuck.countDown();
                    try {
                        released.await();
                    } catch (InterruptedException e) {
                        throw new IOException(e);
                    }
                },
                time);
        Thread first = Thread.startVirtualThread(() -> stalling.intent(Calls.of("7")));
        stuck.await();

        assertThat(stalling.intent(Calls.of("8"))).isEmpty();
        assertThat(stalling.failures()).isEqualTo(1);

        released.countDown();
        first.join();
        assertThat(stalling.intent(Calls.of("8"))).isPresent();
    }

    @Test
    void failuresAreLoggedOnceInARow() {
        for (boolean now : List.of(true, true, true, false, false, true, true)) {
            broken = now;
            assertThat(audit.intent(Calls.of("7")).isEmpty()).isEqualTo(now);
        }

        String failure = "ERROR The audit log cannot be written, and nothing is deleted until it can:"
                + " java.io.IOException: No space left on device";
        assertThat(logged.list)
                .extracting(event -> event.getLevel() + " " + event.getFormattedMessage())
                .containsExactly(
                        failure, "INFO The audit log is written again; 3 lines are missing since the start", failure);
        assertThat(audit.failures()).isEqualTo(5);
    }

    @Test
    void everyOutcomeThatCannotBeWrittenIsInTheErrorLog() {
        AuditLog.Entry first = audit.intent(Calls.of("7")).orElseThrow();
        AuditLog.Entry second = audit.intent(Calls.of("8")).orElseThrow();
        broken = true;
        first.outcome(REFUSED);
        second.outcome(REFUSED);

        assertThat(logged.list)
                .extracting(ILoggingEvent::getFormattedMessage)
                .filteredOn(message -> message.startsWith("This line is missing in the audit log: {\"log\":\"audit\","))
                .satisfiesExactly(
                        message -> assertThat(message).contains("\"event\":\"outcome\"", "\"id\":\"7\"", "refused"),
                        message -> assertThat(message).contains("\"event\":\"outcome\"", "\"id\":\"8\"", "refused"));
        assertThat(audit.failures()).isEqualTo(2);
    }
}
