package io.unpost.gateway;

import ch.qos.logback.classic.pattern.Abbreviator;
import ch.qos.logback.classic.pattern.TargetLengthBasedClassNameAbbreviator;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.LayoutBase;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.regex.Pattern;

/// The log as text. One event, one line, and the stack trace where there is one: what a caller sends cannot write
/// lines of its own.
final class TextLayout extends LayoutBase<ILoggingEvent> {

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("HH:mm:ss.SSS").withZone(ZoneId.systemDefault());
    private static final Pattern CONTROL = Pattern.compile("\\p{Cntrl}");
    private static final int LOGGER_LENGTH = 20;
    private static final int LEVEL_LENGTH = "ERROR".length();

    private final Abbreviator loggers = new TargetLengthBasedClassNameAbbreviator(LOGGER_LENGTH);

    @Override
    public String doLayout(ILoggingEvent event) {
        var line = new StringBuilder();
        TIME.formatTo(event.getInstant(), line);
        String level = event.getLevel().toString();
        line.append(' ').append(level).repeat(' ', LEVEL_LENGTH + 1 - level.length());
        line.append(loggers.abbreviate(event.getLoggerName())).append(" - ");
        line.append(CONTROL.matcher(String.valueOf(event.getFormattedMessage())).replaceAll("?"));
        line.append(System.lineSeparator());
        if (event.getThrowableProxy() != null) {
            line.append(ThrowableProxyUtil.asString(event.getThrowableProxy()));
        }
        return line.toString();
    }
}
