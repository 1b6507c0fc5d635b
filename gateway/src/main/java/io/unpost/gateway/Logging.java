package io.unpost.gateway;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.Configurator;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.util.DefaultJoranConfigurator;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.encoder.LayoutWrappingEncoder;
import ch.qos.logback.core.spi.ContextAware;
import ch.qos.logback.core.spi.ContextAwareBase;
import ch.qos.logback.core.spi.LifeCycle;
import ch.qos.logback.core.util.OptionHelper;
import java.util.List;

/// The log, on standard output. Logback takes it in place of a file of XML, the reading of which takes long.
public final class Logging extends ContextAwareBase implements Configurator {

    /// What Logback and Micronaut name a file of one's own by.
    private static final String FILE = "logback.configurationFile";

    /// Which are quieter than others, whatever others are.
    private static final List<String> QUIET = List.of(
            // Below INFO Micronaut's client logs what it sends, credentials included.
            "io.micronaut.http.client",
            "unpost.requests",
            // At DEBUG it prints every event, and the one for a good token is the token itself.
            "io.micronaut.context.event.ApplicationEventPublisher");

    @Override
    public ExecutionStatus configure(LoggerContext context) {
        if (OptionHelper.getSystemProperty(FILE) != null) {
            var file = new DefaultJoranConfigurator();
            file.setContext(context);
            return file.configure(context);
        }
        String format = OptionHelper.getEnv("UNPOST_LOG_FORMAT");
        var encoder = new LayoutWrappingEncoder<ILoggingEvent>();
        encoder.setLayout(started("json".equals(format) ? new JsonLayout() : new TextLayout(), context));
        var console = new ConsoleAppender<ILoggingEvent>();
        console.setName("console");
        console.setEncoder(started(encoder, context));
        started(console, context);
        QUIET.forEach(name -> context.getLogger(name).setLevel(Level.INFO));
        Logger root = context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        root.setLevel(Level.toLevel(OptionHelper.getSystemProperty("unpost.log.level"), Level.INFO));
        root.addAppender(console);
        return ExecutionStatus.DO_NOT_INVOKE_NEXT_IF_ANY;
    }

    private static <T extends ContextAware & LifeCycle> T started(T part, LoggerContext context) {
        part.setContext(context);
        part.start();
        return part;
    }
}
