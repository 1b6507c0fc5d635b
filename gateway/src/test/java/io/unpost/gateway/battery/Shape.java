package io.unpost.gateway.battery;

import static io.unpost.gateway.battery.Finding.Rule.NO_SECRET;
import static io.unpost.gateway.battery.Finding.Rule.ONE_ANSWER;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.unpost.gateway.Provider;
import io.unpost.gateway.Told;
import java.net.URLEncoder;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/// The form of answers, and what must not stand in them.
final class Shape {

    private static final Set<String> GONE = Set.of("deleted", "already_gone");
    private static final Set<Integer> LATER = Set.of(429, 503);

    private static final List<String> SECRETS = Stream.of(
                    Provider.CONSUMER_SECRET,
                    Provider.TOKEN_SECRET,
                    Provider.PASSWORD,
                    Provider.TOKEN,
                    Provider.CONSUMER_KEY,
                    Provider.APP_KEY,
                    Provider.USER + ":" + Provider.PASSWORD)
            .flatMap(Shape::written)
            .toList();

    private Shape() {}

    /// What is wrong with how a caller was told.
    static List<Finding> findings(Answered answered) {
        Told told = answered.told();
        var wrong = new ArrayList<String>();
        String outcome = told.at("/outcome");
        int status = told.status();
        boolean success = status < 300;
        boolean inForm = success
                ? status == (GONE.contains(outcome) ? 200 : 202) && told.has("/provider/status")
                : told.at("/status").equals(Integer.toString(status))
                        && told.at("/type").equals("/problems/" + told.at("/code"))
                        && Stream.of("/title", "/detail", "/retryable").allMatch(told::has)
                        && told.at("/instance").endsWith(answered.operation().path())
                        && told.at("/mayBeGone")
                                .equals(Boolean.toString(
                                        Set.of("not_found", "outcome_unknown").contains(told.what())))
                        && outcome.equals(status == 504 ? "unknown" : "not_deleted");
        wrong.add(inForm ? "" : "has no proper form");
        wrong.add(
                told.at("/id").equals(answered.operation().id())
                                && told.at("/account")
                                        .equals(answered.operation().account())
                        ? ""
                        : "is about something else");
        wrong.add(told.header("Unpost-Outcome").equals(outcome) ? "" : "has another outcome in its header");
        wrong.add(
                LATER.contains(status) && !told.header("Retry-After").matches("[1-9][0-9]{0,2}")
                        ? "says not when to come again"
                        : "");
        return wrong.stream()
                .filter(what -> !what.isEmpty())
                .map(what -> new Finding(ONE_ANSWER, what + ": " + answered))
                .toList();
    }

    /// The secrets in what came out, be it an answer or a line of the log.
    static Stream<Finding> secrets(String text) {
        return SECRETS.stream().filter(text::contains).map(secret -> new Finding(NO_SECRET, secret + " in " + text));
    }

    private static Stream<String> written(String secret) {
        String base64 = Base64.getEncoder().encodeToString(secret.getBytes(UTF_8));
        return Stream.of(secret, base64, URLEncoder.encode(secret, UTF_8), secret.replace("\"", "\\\""))
                .distinct();
    }
}
