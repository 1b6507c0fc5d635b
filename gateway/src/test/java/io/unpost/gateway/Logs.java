package io.unpost.gateway;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.AppenderBase;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.slf4j.LoggerFactory;

/// Every line that is logged, stack traces included, as long as this is open.
public final class Logs extends AppenderBase<ILoggingEvent> implements AutoCloseable {

    private final Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    private final Map<Logger, Level> usual = new HashMap<>();
    private final List<String> lines = new ArrayList<>();
    private final Appender<ILoggingEvent> console = root.getAppender("console");

    private Logs() {}

    /// Begins to collect.
    ///
    /// @param levels those of some loggers meanwhile, by name
    public static Logs of(Map<String, Level> levels) {
        var logs = new Logs();
        logs.start();
        levels.forEach((name, level) -> {
            var logger = (Logger) LoggerFactory.getLogger(name);
            logs.usual.put(logger, logger.getLevel());
            logger.setLevel(level);
        });
        // What is wanted here is too much to be shown.
        logs.root.detachAppender(logs.console);
        logs.root.addAppender(logs);
        return logs;
    }

    @Override
    protected void append(ILoggingEvent event) {
        IThrowableProxy thrown = event.getThrowableProxy();
        String line = event.getLevel() + " " + event.getLoggerName() + " " + event.getFormattedMessage()
                + event.getMDCPropertyMap() + (thrown == null ? "" : "\n" + ThrowableProxyUtil.asString(thrown));
        synchronized (lines) {
            lines.add(line);
            lines.notifyAll();
        }
    }

    public List<String> lines() {
        synchronized (lines) {
            return List.copyOf(lines);
        }
    }

    /// Waits for such a line.
    public void await(Predicate<String> wanted) throws InterruptedException {
        synchronized (lines) {
            while (lines.stream().noneMatch(wanted)) {
                lines.wait();
            }
        }
    }

    @Override
    public void close() {
        root.detachAppender(this);
        root.addAppender(console);
        usual.forEach(Logger::setLevel);
    }
}
