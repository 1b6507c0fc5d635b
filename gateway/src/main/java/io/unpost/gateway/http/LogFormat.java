package io.unpost.gateway.http;

import io.micronaut.context.annotation.Context;
import io.micronaut.context.annotation.Value;

/// Refuses to start with a form of log that there is none of: nothing would be logged.
@Context
final class LogFormat {

    LogFormat(@Value("${unpost.log.format:text}") String format) {
        if (!format.equals("text") && !format.equals("json")) {
            throw new StartRefused("UNPOST_LOG_FORMAT is neither text nor json.");
        }
    }
}
