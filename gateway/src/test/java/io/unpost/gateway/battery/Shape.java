package io.unpost.gateway.battery;

import static io.unpost.gateway.battery.Finding.Rule.NO_SECRET;
import static io.unpost.gateway.battery.Finding.Rule.ONE_ANSWER;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import io.unpost.gateway.Provider;
import io.unpost.gateway.Told;
import java.net.URLEncoder;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The form of answers, and what must not stand in them.
final class Shape {

    private static final Set<String> GONE = Set.of("deleted", "already_gone");
    private static final Set<String> PERHAPS_GONE = Set.of("not_found", "outcome_unknown");
    private static final Set<Integer> LATER = Set.of(429, 503);

    private static final String PROBLEMS = """
        invalid_request 400 no
        unauthenticated 401 no
        forbidden 403 no
        unknown_account 404 no
        not_found 404 no
        not_owner 403 no
        refused 403 no
        unsupported_kind 422 no
        idempotency_mismatch 422 no
        idempotency_in_progress 409 yes
        unknown_route 404 no
        method_not_allowed 405 no
        misdirected 421 no
        request_too_large 413 no
        rate_limited 429 yes
        credentials_rejected 502 no
        permission_missing 502 no
        account_locked 502 no
        endpoint_retired 502 no
        provider_unavailable 503 yes
        overloaded 503 yes
        outcome_unknown 504 yes
        internal_error 500 no
        """;

    /// Each code's status, and whether to try again.
    private static final Map<String, String[]> BY_CODE =
            PROBLEMS.lines().map(line -> line.split(" ", 3)).collect(Collectors.toMap(line -> line[0], line -> line));

    /// What no way to escape characters changes, in JSON, XML or HTML.
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9 :+=,.-]+");

    private static final List<String> SECRETS = Stream.of(
                    Provider.CONSUMER_SECRET,
                    Provider.TOKEN_SECRET,
                    Provider.PASSWORD,
                    Provider.TOKEN,
                    Provider.CONSUMER_KEY,
                    Provider.APP_KEY)
            .flatMap(secret ->
                    Stream.concat(written(secret), Stream.of(0, 1, 2).flatMap(before -> base64(secret, before))))
            .distinct()
            .toList();

    private Shape() {}

    /// What is wrong with how a caller was told.
    static List<Finding> findings(Answered answered) {
        return Stream.of(
                        answered.told().status() == 204 ? ofNoBody(answered.told()) : ofBody(answered),
                        ofTime(answered.told()))
                .flatMap(what -> what)
                .map(what -> new Finding(ONE_ANSWER, what + ": " + answered))
                .toList();
    }

    private static Stream<String> ofNoBody(Told told) {
        return unless(told.body().isEmpty() && GONE.contains(told.header("Unpost-Outcome")), "has no proper form");
    }

    private static Stream<String> ofBody(Answered answered) {
        Operation operation = answered.operation();
        Told told = answered.told();
        JsonNode body = told.json();
        boolean success = told.status() < 300;
        Map<String, String> target = Map.of(
                "id",
                operation.id(),
                "account",
                operation.account(),
                "kind",
                operation.form().kind());
        Map<String, String> headers =
                Map.of("Unpost-Outcome", "outcome", "Unpost-Evidence", "evidence", "Unpost-Visibility", "visibility");
        return Stream.of(
                        unless(
                                success ? isSuccess(operation, told, body) : isProblem(operation, told, body),
                                "has no proper form"),
                        unless(
                                target.entrySet().stream()
                                        .allMatch(part ->
                                                text(body, part.getKey()).equals(part.getValue())),
                                "is about something else"),
                        unless(
                                headers.entrySet().stream()
                                        .allMatch(header ->
                                                told.header(header.getKey()).equals(text(body, header.getValue()))),
                                "says other things in its headers"))
                .flatMap(what -> what);
    }

    private static boolean isSuccess(Operation operation, Told told, JsonNode body) {
        String outcome = text(body, "outcome");
        return told.header("Content-Type").startsWith("application/json")
                && (GONE.contains(outcome)
                        ? told.status() == 200
                        : told.status() == 202 && outcome.equals("unverified"))
                && text(body, "visibility").equals(operation.form().visibility())
                && body.at("/provider/status").isInt()
                && Stream.of("evidence", "at", "attempts", "requestId").allMatch(body::hasNonNull);
    }

    private static boolean isProblem(Operation operation, Told told, JsonNode body) {
        String code = text(body, "code");
        return told.header("Content-Type").startsWith("application/problem+json")
                && BY_CODE.containsKey(code)
                && BY_CODE.get(code)[1].equals(Integer.toString(told.status()))
                && body.at("/status").asInt() == told.status()
                && text(body, "retryable").equals(Boolean.toString(BY_CODE.get(code)[2].equals("yes")))
                && text(body, "mayBeGone").equals(Boolean.toString(PERHAPS_GONE.contains(code)))
                && text(body, "outcome").equals(code.equals("outcome_unknown") ? "unknown" : "not_deleted")
                && text(body, "type").equals("/problems/" + code)
                && text(body, "instance").endsWith(operation.path())
                && Stream.of("title", "detail", "attempts", "requestId").allMatch(body::hasNonNull);
    }

    private static Stream<String> ofTime(Told told) {
        return unless(
                !LATER.contains(told.status()) || told.header("Retry-After").matches("[1-9][0-9]{0,2}"),
                "says not when to come again");
    }

    private static String text(JsonNode body, String field) {
        return body.path(field).asText();
    }

    private static Stream<String> unless(boolean right, String wrong) {
        return right ? Stream.empty() : Stream.of(wrong);
    }

    /// The secrets in what came out, be it an answer or a line of the log.
    static Stream<Finding> secrets(String text) {
        return SECRETS.stream().filter(text::contains).map(secret -> new Finding(NO_SECRET, secret + " in " + text));
    }

    /// The secrets in an answer.
    static Stream<Finding> secrets(Told told) {
        return secrets(told.body() + told.headers());
    }

    /// The part of a secret that escaping does not change, and the same percent-encoded, once and twice.
    private static Stream<String> written(String secret) {
        String part = PLAIN.matcher(secret)
                .results()
                .map(MatchResult::group)
                .max(Comparator.comparingInt(String::length))
                .orElseThrow();
        String form = URLEncoder.encode(part, UTF_8);
        String address = form.replace("+", "%20");
        return Stream.of(part, form, address, URLEncoder.encode(address, UTF_8))
                .flatMap(each -> Stream.of(each, lowerCase(each)));
    }

    /// With the digits of its percent-encoding in lower case.
    private static String lowerCase(String encoded) {
        return Pattern.compile("%[0-9A-F]{2}")
                .matcher(encoded)
                .replaceAll(hex -> hex.group().toLowerCase(Locale.ROOT));
    }

    /// What is always the same in the Base64 of a text with a secret in it.
    ///
    /// @param before how many bytes stand before it, beside threes
    private static Stream<String> base64(String secret, int before) {
        byte[] bytes = secret.getBytes(UTF_8);
        byte[] text = new byte[before + bytes.length];
        System.arraycopy(bytes, 0, text, before, bytes.length);
        // Six bits each; those that have bits of others go.
        int from = Math.ceilDiv(before * 8, 6);
        int to = text.length * 8 / 6;
        return Stream.of(Base64.getEncoder(), Base64.getUrlEncoder())
                .map(encoder -> encoder.encodeToString(text).substring(from, to));
    }
}
