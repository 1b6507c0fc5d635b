package io.unpost.gateway.audit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.unpost.dialect.ProviderSays;
import java.net.URLEncoder;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class LineTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Instant AT = Instant.parse("2026-11-23T18:25:43.5Z");
    private static final Duration TOOK = Duration.ofNanos(212_999_999);

    @Test
    void intentSaysWhoWantsWhatDeleted() {
        assertThat(Line.intent(Calls.of("7"), AT)).isEqualTo("""
            {"log":"audit","time":"2026-11-23T18:25:43.500Z","event":"intent","caller":"app",\
            "issuer":"https://issuer.example","account":"acme","dialect":"fake","kind":"posts","id":"7",\
            "requestId":"r-1","trace":"00-1-2-00"}\
            """);
    }

    @Test
    void outcomeSaysTheSameAndWhatCameOfIt() {
        var gone = new Ending("deleted", "echo", null, 2, new ProviderSays(200, null, null, null));

        assertThat(Line.outcome(Calls.of("7"), gone, AT, TOOK)).isEqualTo("""
            {"log":"audit","time":"2026-11-23T18:25:43.500Z","event":"outcome","caller":"app",\
            "issuer":"https://issuer.example","account":"acme","dialect":"fake","kind":"posts","id":"7",\
            "requestId":"r-1","trace":"00-1-2-00","outcome":"deleted","evidence":"echo","code":null,"attempts":2,\
            "provider":{"status":200,"code":null},"durationMs":212}\
            """);
    }

    @Test
    void whatIsNotKnownIsNull() throws Exception {
        var failed = new Ending("not_deleted", null, "internal_error", null, null);

        JsonNode line = JSON.readTree(Line.outcome(Calls.withoutIssuer(), failed, AT, TOOK));

        assertThat(List.of("issuer", "evidence", "attempts", "provider"))
                .allMatch(field -> line.has(field) && line.get(field).isNull());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"}\n{\"log\":\"audit\",\"event\":\"outcome\"}\n",
                "\r\n\t\b\f\u0000\u001b[2J\u007f",
                "\u0085 \u2028 \u2029 \u00a0 \u202e \ufeff",
                "é 密 \ud83d\ude00",
                "\\u000a \\n \\\" </script>"
            })
    void nobodyWritesALineOfTheirOwn(String hostile) throws Exception {
        var ending = new Ending(hostile, hostile, hostile, 1, new ProviderSays(200, hostile, hostile, null));

        String intent = Line.intent(Calls.ofText(hostile), AT);
        String outcome = Line.outcome(Calls.ofText(hostile), ending, AT, TOOK);

        assertThat(List.of(intent, outcome)).allMatch(line -> line.chars().allMatch(c -> c >= ' ' && c <= '~'));
        for (String field : List.of("caller", "issuer", "kind", "id", "requestId", "trace")) {
            assertThat(JSON.readTree(intent).get(field).asText()).isEqualTo(hostile);
            assertThat(JSON.readTree(outcome).get(field).asText()).isEqualTo(hostile);
        }
        assertThat(JSON.readTree(outcome).at("/provider/code").asText()).isEqualTo(hostile);
        assertThat(JSON.readTree(outcome).get("event").asText()).isEqualTo("outcome");
    }

    /// Half of a character, as no UTF-8 can say it.
    @Test
    void brokenCharactersAreWrittenAsTheyAre() {
        assertThat(Line.intent(Calls.ofText("\ud83d"), AT)).contains("\"id\":\"\\uD83D\"");
    }

    @Test
    void codeOfAProviderHoldsNoSecret() {
        String secret = Calls.SECRET;
        String encoded = Base64.getEncoder().encodeToString(secret.getBytes(UTF_8));

        assertThat(code(secret)).isEqualTo("***");
        assertThat(code("code " + encoded)).isEqualTo("code ***");
        assertThat(code(URLEncoder.encode(secret, UTF_8))).isEqualTo("***");
    }

    @Test
    void longCodeOfAProviderIsCutWhereItHoldsNoSecretAnyMore() {
        assertThat(code("4".repeat(100))).isEqualTo("4".repeat(100));
        assertThat(code("4".repeat(101))).isEqualTo("4".repeat(100) + "…");
        assertThat(code("4".repeat(95) + Calls.SECRET)).isEqualTo("4".repeat(95) + "***");
    }

    private static @Nullable String code(String given) {
        var ending = new Ending("not_deleted", null, "refused", 1, new ProviderSays(403, given, null, null));
        try {
            return JSON.readTree(Line.outcome(Calls.of("7"), ending, AT, TOOK))
                    .at("/provider/code")
                    .textValue();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }
}
