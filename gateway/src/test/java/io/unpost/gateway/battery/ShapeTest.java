package io.unpost.gateway.battery;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.unpost.gateway.Form;
import io.unpost.gateway.Provider;
import io.unpost.gateway.Told;
import io.unpost.gateway.Weibos;
import io.unpost.gateway.battery.Finding.Rule;
import java.net.URLEncoder;
import java.net.http.HttpHeaders;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Each secret is found however it is written, and each wrong form of an answer.
@Tag("battery")
final class ShapeTest {

    private static final Operation OPERATION = new Operation(Form.ofTwitter().getFirst(), "acme", "1");

    private static final String SUCCESS = """
        200
        Content-Type: application/json
        Unpost-Outcome: deleted
        Unpost-Evidence: echo
        Unpost-Visibility: everyone

        {"outcome":"deleted","evidence":"echo","account":"acme","dialect":"twitter-v1.1","kind":"posts","id":"1",\
        "visibility":"everyone","at":"2026-11-23T18:25:43.511Z","attempts":1,"provider":{"status":200},\
        "requestId":"r"}\
        """;
    private static final String BARE = """
        204
        Unpost-Outcome: deleted
        Unpost-Evidence: echo
        Unpost-Visibility: everyone

        """;
    private static final String UNKNOWN = """
        504
        Content-Type: application/problem+json
        Unpost-Outcome: unknown

        {"type":"/problems/outcome_unknown","title":"a","status":504,"detail":"b",\
        "instance":"/v1/accounts/acme/posts/1","code":"outcome_unknown","outcome":"unknown","mayBeGone":true,\
        "retryable":true,"account":"acme","dialect":"twitter-v1.1","kind":"posts","id":"1","attempts":1,\
        "requestId":"r"}\
        """;
    private static final String LIMITED = UNKNOWN.replace("504", "429")
            .replace("outcome_unknown", "rate_limited")
            .replace("unknown", "not_deleted")
            .replace("\"mayBeGone\":true", "\"mayBeGone\":false")
            .replace("\n\n", "\nRetry-After: 60\n\n");

    @ParameterizedTest
    @ValueSource(strings = {SUCCESS, BARE, UNKNOWN})
    void rightFormIsNone(String answer) {
        assertThat(findings(answer)).isEmpty();
        assertThat(findings(LIMITED)).isEmpty();
        assertThat(findings(SUCCESS.replaceFirst("200", "202").replace("deleted", "unverified")))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '#', textBlock = """
        ^200 | 202
        deleted | planned
        deleted | unverified
        deleted | not_deleted
        e: deleted | e: already_gone
        e: echo | e: absence
        y: everyone | y: own_view
        everyone | own_view
        "id":"1" | "id":"2"
        "acme" | "other"
        "posts" | "messages"
        "attempts":1, | ##
        "status":200 | "body":""
        application/json | application/problem+json
        """)
    void wrongSuccessIsFound(String what, String instead) {
        assertThat(findings(SUCCESS.replaceAll(what, instead)))
                .extracting(Finding::rule)
                .contains(Rule.ONE_ANSWER);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '#', textBlock = """
        ^504 | 502
        504 | 502
        504 | 202
        :504 | :502
        "unknown" | "not_deleted"
        outcome_unknown | not_found
        outcome_unknown | gone_fishing
        s/outcome_unknown | s/not_found
        "mayBeGone":true | "mayBeGone":false
        "retryable":true | "retryable":false
        "title":"a", | ##
        "detail":"b", | ##
        "attempts":1, | ##
        posts/1 | posts/2
        problem\\+json | json
        """)
    void wrongProblemIsFound(String what, String instead) {
        assertThat(findings(UNKNOWN.replaceAll(what, instead)))
                .extracting(Finding::rule)
                .contains(Rule.ONE_ANSWER);
    }

    @Test
    void limitWithoutATimeIsFound() {
        assertThat(findings(LIMITED.replace("Retry-After: 60\n", ""))).hasSize(1);
        assertThat(findings(LIMITED.replace("Retry-After: 60", "Retry-After: 0")))
                .hasSize(1);
    }

    @Test
    void bodyOfNoContentIsFound() {
        assertThat(findings(BARE + "{}")).hasSize(1);
        assertThat(findings(BARE.replace("deleted", "unverified"))).hasSize(1);
    }

    /// @param answer its status, its headers, and its body after a blank line
    private static List<Finding> findings(String answer) {
        String[] parts = answer.split("\n\n", 2);
        List<String> head = parts[0].lines().toList();
        var headers = HttpHeaders.of(
                head.stream()
                        .skip(1)
                        .map(line -> line.split(": ", 2))
                        .collect(Collectors.toMap(line -> line[0], line -> List.of(line[1]))),
                (_, _) -> true);
        var told = new Told(Integer.parseInt(head.getFirst()), headers, parts[1]);
        return Shape.findings(new Answered(OPERATION, told, Instant.EPOCH, Instant.EPOCH));
    }

    static Stream<UnaryOperator<String>> writings() {
        return Stream.of(
                secret -> secret,
                secret -> json(secret, JsonMapper.builder()),
                secret -> json(secret, JsonMapper.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII)),
                secret -> json(secret, JsonMapper.builder()).replace("/", "\\/"),
                secret -> secret.replace("&", "&amp;").replace("\"", "&quot;"),
                secret -> secret.replace("&", "&#38;").replace("\"", "&#34;").replace("/", "&#x2F;"),
                ShapeTest::form,
                secret -> form(secret).replace("+", "%20"),
                secret -> form(secret).toLowerCase(Locale.ROOT),
                secret -> form(form(secret).replace("+", "%20")),
                secret -> base64(secret),
                secret -> base64(secret + ":"),
                secret -> base64("a:" + secret + ":b"),
                secret -> base64("acme." + Provider.USER + ":" + secret),
                secret -> base64("acme-2." + Provider.USER + ":" + secret),
                secret -> base64("acme-10." + Provider.USER + ":" + secret),
                secret -> Base64.getUrlEncoder().withoutPadding().encodeToString(("a" + secret).getBytes(UTF_8)));
    }

    private static String json(String text, JsonMapper.Builder mapper) {
        try {
            return mapper.build().writeValueAsString(text);
        } catch (JsonProcessingException e) {
            throw new AssertionError(e);
        }
    }

    private static String form(String text) {
        return URLEncoder.encode(text, UTF_8);
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(UTF_8));
    }

    @ParameterizedTest
    @MethodSource("writings")
    void secretIsFound(UnaryOperator<String> writing) {
        assertThat(List.of(
                        Provider.CONSUMER_SECRET,
                        Provider.TOKEN_SECRET,
                        Provider.PASSWORD,
                        Provider.TOKEN,
                        Provider.TOKEN + "-acme",
                        Provider.CONSUMER_KEY,
                        Provider.APP_KEY))
                .allSatisfy(secret -> assertThat(Shape.secrets("before " + writing.apply(secret) + " after"))
                        .extracting(Finding::rule)
                        .contains(Rule.NO_SECRET));
    }

    @Test
    void nothingElseIsASecret() {
        assertThat(Shape.secrets(SUCCESS + UNKNOWN + Weibos.jsonStatus("1") + "Authorization: ***"))
                .isEmpty();
    }
}
