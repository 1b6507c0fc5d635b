package io.unpost.gateway.engine;

import org.slf4j.Logger;

/// Where something broke, for the log: types and frames, and no message, which may quote what was sent or received.
public final class Backtrace {

    private static final int DEEPEST_CAUSE = 8;

    private Backtrace() {}

    /// Logs an error, and never fails: where memory is short too, what was done is more important than its log.
    ///
    /// @param what happened, without a secret
    public static void log(Logger log, String what, Throwable thrown) {
        try {
            log.error("{}: {}", what, of(thrown));
        } catch (Throwable _) {
            // There is nobody left to tell.
        }
    }

    /// Several lines, the outermost throwable first.
    public static String of(Throwable thrown) {
        var lines = new StringBuilder();
        Throwable cause = thrown;
        for (int depth = 0; cause != null && depth < DEEPEST_CAUSE; depth++) {
            lines.append(depth == 0 ? "" : "\nCaused by: ")
                    .append(cause.getClass().getName());
            for (StackTraceElement frame : cause.getStackTrace()) {
                lines.append("\n\tat ").append(frame);
            }
            cause = cause.getCause();
        }
        return lines.toString();
    }
}
