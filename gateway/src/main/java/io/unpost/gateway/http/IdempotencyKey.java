package io.unpost.gateway.http;

import io.micronaut.http.HttpRequest;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// A caller's own name for one delete. Every caller has names of its own.
///
/// @param issuer who names the caller; null where nobody does
/// @param subject the caller
/// @param text what the caller sent
record IdempotencyKey(@Nullable String issuer, String subject, String text) {

    private static final String HEADER = "Idempotency-Key";
    private static final Pattern PRINTABLE = Pattern.compile("[ -~]{1,255}");

    /// What is wrong with the header, for the caller to read; empty where nothing is, or where there is none.
    static Optional<String> mistake(HttpRequest<?> request) {
        List<String> given = request.getHeaders().getAll(HEADER);
        return given.isEmpty()
                        || (given.size() == 1
                                && PRINTABLE.matcher(given.getFirst()).matches())
                ? Optional.empty()
                : Optional.of("The header " + HEADER
                        + " is given at most once, as 1 to 255 printable ASCII characters; nothing was sent.");
    }

    /// The key of a call.
    ///
    /// @param request one without a [#mistake(HttpRequest)]
    /// @return null where the caller gives none
    static @Nullable IdempotencyKey of(HttpRequest<?> request, Caller caller) {
        String text = request.getHeaders().get(HEADER);
        return text == null ? null : new IdempotencyKey(caller.issuer(), caller.subject(), text);
    }
}
