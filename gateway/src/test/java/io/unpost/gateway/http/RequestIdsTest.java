package io.unpost.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

/// The ids by which a call is found again.
final class RequestIdsTest {

    private static final FakeProvider PROVIDER = new FakeProvider();
    private static final GatewayServer GATEWAY = GatewayServer.before(PROVIDER);

    private static final String PATH = "/v1/accounts/acme-news/posts/7";
    private static final String TRACE = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

    @AfterAll
    static void stop() {
        GATEWAY.close();
    }

    @BeforeEach
    void delete() {
        PROVIDER.deletes("7");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "Az09._-", "7b1c3c1e-7a52-4c39-9d6c-111111111111"})
    void usableIdIsTakenOver(String id) {
        Reply reply = GATEWAY.delete(PATH, "X-Request-Id: " + id, "traceparent: " + TRACE);

        assertThat(reply.header("X-Request-Id")).isEqualTo(id);
        assertThat(reply.at("/requestId")).isEqualTo(id);
        assertThat(reply.header("traceparent")).isEqualTo(TRACE);
    }

    @Test
    void longestIdIsTakenOver() {
        assertThat(GATEWAY.delete(PATH, "X-Request-Id: " + "x".repeat(128)).at("/requestId"))
                .isEqualTo("x".repeat(128));
        assertThat(GATEWAY.delete(PATH, "X-Request-Id: " + "x".repeat(129)).at("/requestId"))
                .doesNotContain("x");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "two words", "a,b", "é", "<script>", "${jndi:ldap://x}", "a/b"})
    void unusableIdIsReplaced(String id) {
        Reply reply = GATEWAY.delete(PATH, "X-Request-Id: " + id, "traceparent: " + id);

        assertThat(reply.header("X-Request-Id")).matches("[0-9a-f-]{36}").isEqualTo(reply.at("/requestId"));
        assertThat(reply.header("traceparent")).matches("00-[0-9a-f]{32}-[0-9a-f]{16}-00");
    }

    @Test
    void missingIdsAreMadeAnewForEachCall() {
        Reply one = GATEWAY.delete(PATH);
        Reply other = GATEWAY.delete(PATH);

        assertThat(one.header("X-Request-Id")).matches("[0-9a-f-]{36}").isNotEqualTo(other.header("X-Request-Id"));
        assertThat(one.header("traceparent"))
                .matches("00-[0-9a-f]{32}-[0-9a-f]{16}-00")
                .isNotEqualTo(other.header("traceparent"));
    }

    @Test
    void everyAnswerHasThem() {
        String[] lines = {"X-Request-Id: r-4", "traceparent: " + TRACE};
        List<Reply> problems = List.of(
                GATEWAY.delete("/v1/accounts/acme-news/posts/x", lines),
                GATEWAY.anonymously("DELETE", PATH, lines),
                GATEWAY.anonymously("DELETE", PATH, "Authorization: Bearer nonsense", lines[0], lines[1]),
                GATEWAY.call("GET", "/nowhere", lines),
                GATEWAY.anonymously("GET", "/nowhere", lines),
                GATEWAY.call("POST", PATH, lines),
                GATEWAY.delete("/v1/accounts/none/posts/7", lines),
                GATEWAY.call("GET", "/problems/none", lines),
                GATEWAY.raw("POST /v1/accounts HTTP/1.1\r\nHost: localhost\r\nX-Request-Id: r-4\r\ntraceparent: "
                        + TRACE + "\r\nContent-Length: 99999999\r\n\r\n"));
        List<Reply> others = List.of(
                GATEWAY.call("GET", "/v1/accounts", lines),
                GATEWAY.call("GET", "/health", lines),
                GATEWAY.call("HEAD", "/v1/accounts", lines),
                GATEWAY.call("GET", "/problems", lines),
                GATEWAY.delete(PATH, "Prefer: return=minimal", lines[0], lines[1]));

        assertThat(problems)
                .allSatisfy(reply -> assertThat(reply.at("/requestId")).isEqualTo("r-4"));
        assertThat(problems).allSatisfy(RequestIdsTest::carriesBoth);
        assertThat(others).allSatisfy(RequestIdsTest::carriesBoth);
    }

    @Test
    void triedDeleteIsInTheAuditLogAlone() {
        var events = new ListAppender<ILoggingEvent>();
        var logger = (Logger) LoggerFactory.getLogger("io.unpost.gateway.http");
        events.start();
        logger.addAppender(events);
        try {
            GATEWAY.delete(PATH, "X-Request-Id: r-5");
        } finally {
            logger.detachAppender(events);
        }

        assertThat(events.list).isEmpty();
        assertThat(GATEWAY.audited())
                .filteredOn(line -> line.contains("\"requestId\":\"r-5\""))
                .hasSize(2)
                .allSatisfy(
                        line -> assertThat(line).contains("\"caller\":\"app\"").doesNotContain("Bearer", "c4nary"));
    }

    @Test
    void refusedDeleteIsLoggedWithItsIdAndCaller() {
        var events = new ListAppender<ILoggingEvent>();
        var logger = (Logger) LoggerFactory.getLogger("io.unpost.gateway.http");
        events.start();
        logger.addAppender(events);
        try {
            GATEWAY.delete("/v1/accounts/none/posts/7", "X-Request-Id: r-6");
        } finally {
            logger.detachAppender(events);
        }

        assertThat(events.list)
                .extracting(ILoggingEvent::getFormattedMessage)
                .singleElement()
                .asString()
                .contains("/v1/accounts/none/posts/7", "app", "404", "not_deleted", "r-6");
    }

    private static void carriesBoth(Reply reply) {
        assertThat(reply.header("X-Request-Id")).isEqualTo("r-4");
        assertThat(reply.header("traceparent")).isEqualTo(TRACE);
    }
}
