package io.unpost.gateway.http;

import io.micronaut.http.HttpRequest;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// How a caller wants the delete done and answered.
///
/// @param trimUser whether no more of the author is wanted than its id
/// @param raw whether the provider's answer is wanted as received
/// @param dryRun whether nothing is to be sent
/// @param minimal whether a success needs no body
/// @param longestWait how long the caller will wait; null for as long as the account allows
record Wishes(
        boolean trimUser,
        boolean raw,
        boolean dryRun,
        boolean minimal,
        @Nullable Duration longestWait) {

    private static final Set<String> PARAMETERS = Set.of("trim_user", "raw", "dry_run");
    private static final Set<String> YES = Set.of("true", "t", "1");
    private static final Set<String> NO = Set.of("false", "f", "0");
    // A comma in quotes separates nothing, and quotes that are never closed reach to the end.
    private static final Pattern BETWEEN_COMMAS = Pattern.compile("(?:[^,\"]++|\"[^\"]*+\"?+)++");
    private static final Pattern PREFERENCE = Pattern.compile(
            "\\s*([A-Za-z0-9!#$%&'*+.^_`|~-]+)\\s*(?:=\\s*(?:\"([^\"]*)\"|([^\\s;,\"]*)))?\\s*(?:;.*)?");
    private static final Pattern SECONDS = Pattern.compile("[1-9][0-9]{0,5}");

    /// What is wrong with the query parameters, for the caller to read; empty where nothing is. An unknown one is
    /// refused, because a misspelt `dry_run` would delete.
    static Optional<String> mistake(HttpRequest<?> request) {
        for (Map.Entry<String, List<String>> parameter :
                request.getParameters().asMap().entrySet()) {
            String name = parameter.getKey();
            if (!PARAMETERS.contains(name)) {
                return Optional.of("The query parameters are trim_user, raw and dry_run; nothing was sent.");
            }
            List<String> values = parameter.getValue();
            if (values.size() != 1 || !(YES.contains(values.getFirst()) || NO.contains(values.getFirst()))) {
                return Optional.of("The query parameter " + name
                        + " is given once, as true, t or 1, or as false, f or 0; nothing was sent.");
            }
        }
        return Optional.empty();
    }

    /// Reads the query and the `Prefer` headers (RFC 7240), whose unknown or unusable preferences are ignored.
    ///
    /// @param request one without a [#mistake(HttpRequest)]
    static Wishes of(HttpRequest<?> request) {
        List<String> preferences = request.getHeaders().getAll("Prefer").stream()
                .flatMap(line -> BETWEEN_COMMAS.matcher(line).results())
                .map(MatchResult::group)
                .toList();
        return new Wishes(
                wanted(request, "trim_user"),
                wanted(request, "raw"),
                wanted(request, "dry_run"),
                preference(preferences, "return").filter("minimal"::equals).isPresent(),
                preference(preferences, "wait")
                        .filter(seconds -> SECONDS.matcher(seconds).matches())
                        .map(seconds -> Duration.ofSeconds(Long.parseLong(seconds)))
                        .orElse(null));
    }

    /// How long the call may take: what the account allows, or less where the caller wants less.
    Duration patience(Duration allowed) {
        return longestWait != null && longestWait.compareTo(allowed) < 0 ? longestWait : allowed;
    }

    private static boolean wanted(HttpRequest<?> request, String parameter) {
        return request.getParameters().getFirst(parameter).filter(YES::contains).isPresent();
    }

    /// The value of a preference; where it stands twice the first one counts (RFC 7240 section 2).
    private static Optional<String> preference(List<String> preferences, String name) {
        return preferences.stream()
                .map(PREFERENCE::matcher)
                .filter(preference ->
                        preference.matches() && preference.group(1).equalsIgnoreCase(name))
                .map(preference -> Optional.ofNullable(preference.group(2))
                        .or(() -> Optional.ofNullable(preference.group(3)))
                        .orElse(""))
                .findFirst();
    }
}
