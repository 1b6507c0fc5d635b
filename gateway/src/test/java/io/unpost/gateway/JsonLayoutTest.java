package io.unpost.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.LoggingEvent;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class JsonLayoutTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final LoggerContext context = new LoggerContext();
    private final JsonLayout layout = new JsonLayout();

    @Test
    void eventIsAnObject() {
        assertThat(text("drained", null)).isEqualTo("""
            {"time":"2026-01-02T03:04:05.789Z","level":"INFO","logger":"io.unpost.gateway.http.Drain",\
            "thread":"drain","message":"drained"}\
            """ + System.lineSeparator());
    }

    @Test
    void callerCannotWriteLines() throws JsonProcessingException {
        String message = "id \"1\"\\\r\n{\"level\":\"INFO\"}\u001B[2J\u0000\u2028é😀";

        assertThat(text(message, null)).hasLineCount(1);
        assertThat(json(message, null).path("message").textValue()).isEqualTo(message);
    }

    @Test
    void failureIsToldWithItsStackAndItsCause() throws JsonProcessingException {
        var failure = new IllegalStateException("because", new IllegalArgumentException("of\nthat"));

        assertThat(text("it failed", failure)).hasLineCount(1);
        assertThat(json("it failed", failure).path("stackTrace").textValue())
                .startsWith("java.lang.IllegalStateException: because" + System.lineSeparator() + "\tat ")
                .contains("Caused by: java.lang.IllegalArgumentException: of\nthat");
    }

    @Test
    void failureWithoutAMessageIsTold() throws JsonProcessingException {
        JsonNode event = json(null, new IllegalStateException());

        assertThat(event.path("message").textValue()).isEqualTo("null");
        assertThat(event.path("stackTrace").textValue()).startsWith("java.lang.IllegalStateException");
    }

    private JsonNode json(@Nullable String message, @Nullable Throwable failure) throws JsonProcessingException {
        return JSON.readTree(text(message, failure));
    }

    private String text(@Nullable String message, @Nullable Throwable failure) {
        var event = new LoggingEvent(
                "", context.getLogger("io.unpost.gateway.http.Drain"), Level.INFO, message, failure, null);
        event.setInstant(Instant.parse("2026-01-02T03:04:05.789Z"));
        event.setThreadName("drain");
        return layout.doLayout(event);
    }
}
