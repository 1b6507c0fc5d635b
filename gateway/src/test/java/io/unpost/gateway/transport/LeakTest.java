package io.unpost.gateway.transport;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.util.ResourceLeakDetector;
import io.netty.util.ResourceLeakDetector.Level;
import io.unpost.gateway.transport.Upstream.Script;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.slf4j.LoggerFactory;

@Timeout(120)
class LeakTest {

    private final Level usual = ResourceLeakDetector.getLevel();
    private final Logger logger = (Logger) LoggerFactory.getLogger(ResourceLeakDetector.class);
    private final ListAppender<ILoggingEvent> reports = new ListAppender<>();

    @BeforeEach
    void watch() {
        ResourceLeakDetector.setLevel(Level.PARANOID);
        reports.start();
        logger.setAdditive(false);
        logger.addAppender(reports);
    }

    @AfterEach
    void unwatch() {
        logger.detachAppender(reports);
        logger.setAdditive(true);
        ResourceLeakDetector.setLevel(usual);
    }

    @Test
    void noFaultLeaksABuffer() throws Exception {
        List<Named<Script>> faults = Stream.of(
                        NoAnswerTest.breaksByItself(), NoAnswerTest.closedByUs(), NoAnswerTest.takesForEver())
                .flatMap(scripts -> scripts)
                .toList();
        try (var gateway = new TransportFixture()) {
            for (Named<Script> fault : faults) {
                try (var upstream = new Upstream(connection -> {
                    fault.getPayload().play(connection);
                    connection.awaitClose();
                })) {
                    gateway.send(upstream.uri("/"), TransportFixture.SHORT);
                }
            }
        }

        // The one that is leaked on purpose shows that the detector has looked.
        var leaked = PooledByteBufAllocator.DEFAULT.buffer();
        leaked.touch("on purpose");
        leaked = null;
        while (reports.list.isEmpty()) {
            System.gc();
            PooledByteBufAllocator.DEFAULT.buffer().release();
        }
        assertThat(reports.list).singleElement().asString().contains("on purpose");
    }
}
