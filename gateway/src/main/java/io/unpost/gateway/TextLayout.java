package io.unpost.gateway;

import ch.qos.logback.classic.pattern.DateConverter;
import ch.qos.logback.classic.pattern.ExtendedThrowableProxyConverter;
import ch.qos.logback.classic.pattern.LevelConverter;
import ch.qos.logback.classic.pattern.LineSeparatorConverter;
import ch.qos.logback.classic.pattern.LoggerConverter;
import ch.qos.logback.classic.pattern.MessageConverter;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.pattern.DynamicConverter;
import ch.qos.logback.core.pattern.PatternLayoutBase;
import ch.qos.logback.core.pattern.ReplacingCompositeConverter;
import java.util.Map;
import java.util.function.Supplier;

/// The log as text. One event, one line, and the stack trace where there is one: what a caller sends cannot write
/// lines of its own.
///
/// Logback's own layout knows seventy words of patterns, all of which it makes ready when it starts.
final class TextLayout extends PatternLayoutBase<ILoggingEvent> {

    TextLayout() {
        setPattern("%d{HH:mm:ss.SSS} %-5level %logger{20} - %replace(%msg){'\\p{Cntrl}', '?'}%n%xEx");
    }

    @Override
    @SuppressWarnings("rawtypes")
    protected Map<String, Supplier<DynamicConverter>> getDefaultConverterSupplierMap() {
        return Map.of(
                "d", DateConverter::new,
                "level", LevelConverter::new,
                "logger", LoggerConverter::new,
                "msg", MessageConverter::new,
                "replace", ReplacingCompositeConverter<ILoggingEvent>::new,
                "n", LineSeparatorConverter::new,
                "xEx", ExtendedThrowableProxyConverter::new);
    }

    @Override
    @SuppressWarnings("deprecation")
    public Map<String, String> getDefaultConverterMap() {
        return Map.of();
    }

    @Override
    public String doLayout(ILoggingEvent event) {
        return isStarted() ? writeLoopOnConverters(event) : "";
    }
}
