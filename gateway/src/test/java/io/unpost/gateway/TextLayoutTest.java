package io.unpost.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.LoggingEvent;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class TextLayoutTest {

    private final LoggerContext context = new LoggerContext();
    private final TextLayout layout = new TextLayout();

    @BeforeEach
    void start() {
        layout.setContext(context);
        layout.start();
    }

    @Test
    void eventIsALine() {
        assertThat(text("drained", null))
                .matches("\\d\\d:\\d\\d:\\d\\d\\.789 INFO  i\\.u\\.g\\.http\\.Drain - drained\\R");
    }

    @Test
    void callerCannotWriteLines() {
        assertThat(text("id 1\r\n12:00:00.000 INFO - deleted\u001B[2J\u0000", null))
                .endsWith(" - id 1??12:00:00.000 INFO - deleted?[2J?" + System.lineSeparator())
                .hasLineCount(1);
    }

    @Test
    void failureIsToldWithItsStack() {
        assertThat(text("it failed", new IllegalStateException("because")).lines())
                .element(1)
                .isEqualTo("java.lang.IllegalStateException: because");
    }

    @Test
    void failureWithoutAMessageIsTold() {
        assertThat(text(null, new IllegalStateException()))
                .contains(" - null" + System.lineSeparator() + "java.lang.IllegalStateException");
    }

    private String text(@Nullable String message, @Nullable Throwable failure) {
        var event = new LoggingEvent(
                "", context.getLogger("io.unpost.gateway.http.Drain"), Level.INFO, message, failure, null);
        event.setInstant(Instant.parse("2026-01-02T03:04:05.789Z"));
        return layout.doLayout(event);
    }
}
