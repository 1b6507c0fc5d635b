package io.unpost.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.unpost.dialect.Outcome.Verdict;
import io.unpost.dialect.ProviderSays;
import io.unpost.dialect.Reason;
import io.unpost.gateway.accounts.AccountSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Who sees the metrics, and what they say of answers.
final class PrometheusTest {

    private static final FakeProvider PROVIDER = new FakeProvider();
    private static final GatewayServer GATEWAY = GatewayServer.before(PROVIDER);
    private static final String POSTS = "/v1/accounts/acme-news/posts/";

    @AfterAll
    static void stop() {
        GATEWAY.close();
    }

    @Test
    void metricsNeedAToken() {
        for (Reply reply : List.of(
                GATEWAY.anonymously("GET", "/prometheus"),
                GATEWAY.anonymously("GET", "/prometheus", "Authorization: Bearer nonsense"))) {
            assertThat(reply.status()).isEqualTo(401);
            assertThat(reply.header("WWW-Authenticate")).startsWith("Bearer");
            assertThat(reply.header("Content-Type")).isEqualTo("application/problem+json");
            assertThat(reply.at("/code")).isEqualTo("unauthenticated");
        }
    }

    @Test
    void anyTokenWillDo() {
        String token = Tokens.bearer(Tokens.claims(List.of(), ""));

        assertThat(GATEWAY.anonymously("GET", "/prometheus", token).status()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "*/*",
                "text/html",
                "application/json",
                "application/openmetrics-text;version=1.0.0;q=0.5,text/plain;version=0.0.4;q=0.4"
            })
    void metricsAreTextWhateverIsAskedFor(String accepted) {
        Reply reply = GATEWAY.call("GET", "/prometheus", "Accept: " + accepted);

        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.header("Content-Type")).isEqualTo("text/plain; version=0.0.4; charset=utf-8");
        assertThat(reply.body()).contains("# TYPE unpost_build_info gauge\n");
    }

    @Test
    void processIsShownAndAddressesAreNot() {
        GATEWAY.call("GET", "/v1/accounts");

        assertThat(GATEWAY.call("GET", "/prometheus").body())
                .contains(
                        "\nunpost_build_info{",
                        "\njvm_memory_used_bytes{area=\"heap\"",
                        "\njvm_threads_current ",
                        "\nprocess_open_fds ",
                        "\nprocess_cpu_seconds_total ")
                .doesNotContain("http_server", "http_client", "uri=");
    }

    @Test
    void eachAnswerIsCountedByWhatItTold() {
        Map<String, Double> before = deletes();

        PROVIDER.deletes("7");
        GATEWAY.delete(POSTS + "7");
        GATEWAY.delete(POSTS + "7", "Prefer: return=minimal");
        GATEWAY.delete(POSTS + "7/");
        GATEWAY.delete(POSTS + "7?dry_run=true");
        PROVIDER.says(new Verdict.AlreadyGone(says("144")));
        GATEWAY.delete(POSTS + "7");
        PROVIDER.says(new Verdict.Unverified("why", null, says("0")));
        GATEWAY.delete("/v1/accounts/other/reposts/7");
        PROVIDER.says(new Verdict.Refused(Reason.NOT_OWNER, says("183")));
        GATEWAY.delete(POSTS + "7");
        PROVIDER.plays(FakeProvider.noAnswer("reset"));
        GATEWAY.delete(POSTS + "7");
        GATEWAY.delete(POSTS + "7x");
        GATEWAY.delete("/v1/accounts/acme-news/likes/7");
        GATEWAY.delete("/v1/accounts/nobody/posts/7");
        GATEWAY.anonymously("DELETE", POSTS + "7");
        GATEWAY.delete(POSTS + "7", "Host: localhost");

        Map<String, Double> counted = deletes();
        before.forEach((series, count) -> counted.merge(series, -count, Double::sum));
        counted.values().removeIf(count -> count == 0);
        assertThat(counted)
                .isEqualTo(Map.ofEntries(
                        Map.entry(series("acme-news", "none", "echo", "posts", "deleted"), 2.0),
                        Map.entry(series("acme-news", "unknown_route", "none", "posts", "not_deleted"), 1.0),
                        Map.entry(series("acme-news", "none", "none", "posts", "planned"), 1.0),
                        Map.entry(series("acme-news", "none", "absence", "posts", "already_gone"), 1.0),
                        Map.entry(series("other", "none", "none", "reposts", "unverified"), 1.0),
                        Map.entry(series("acme-news", "not_owner", "none", "posts", "not_deleted"), 1.0),
                        Map.entry(series("acme-news", "outcome_unknown", "none", "posts", "unknown"), 1.0),
                        Map.entry(series("acme-news", "invalid_request", "none", "posts", "not_deleted"), 2.0),
                        Map.entry(series("acme-news", "unsupported_kind", "none", "_other", "not_deleted"), 1.0),
                        Map.entry(series("_other", "unknown_account", "none", "_other", "not_deleted"), 1.0),
                        Map.entry(series("acme-news", "unauthenticated", "none", "posts", "not_deleted"), 1.0)));
    }

    @Test
    void otherCallsAreNoDeletes() {
        Map<String, Double> before = deletes();

        GATEWAY.call("GET", POSTS + "7");
        GATEWAY.call("GET", "/v1/accounts");
        GATEWAY.delete("/v1/accounts");
        GATEWAY.delete("/v1/accounts/acme-news");
        GATEWAY.delete("/v1/accounts/acme-news/posts");
        GATEWAY.delete("/v1/accounts/acme-news/posts/7/8");
        GATEWAY.delete("/prometheus");

        assertThat(deletes()).isEqualTo(before);
    }

    @Test
    void nothingACallerOrProviderInventsMakesASeries() {
        Set<String> before = everySeriesOnceUsed();

        for (int i = 0; i < 1000; i++) {
            String invented = "invented-" + i;
            switch (i % 5) {
                case 0 -> GATEWAY.delete("/v1/accounts/" + invented + "/posts/7");
                case 1 -> GATEWAY.delete("/v1/accounts/acme-news/" + invented + "/7");
                case 2 -> GATEWAY.delete(POSTS + invented);
                case 3 -> GATEWAY.delete(POSTS + "7?" + invented + "=1");
                default -> {
                    PROVIDER.says(new Verdict.Refused(Reason.REFUSED, says(invented)));
                    GATEWAY.delete(POSTS + (1000 + i), "X-Request-Id: " + invented, "Idempotency-Key: " + invented);
                }
            }
        }

        assertThat(GATEWAY.call("GET", "/prometheus").body()).doesNotContain("invented");
        assertThat(unpost()).isEqualTo(before);
    }

    @Test
    void answerThatNamesAnotherIdRaisesTheAlarm() {
        String alarm = "\nunpost_mismatches_total{account=\"other\",kind=\"messages\"} ";
        assertThat(GATEWAY.call("GET", "/prometheus").body()).contains(alarm + "0.0\n");
        PROVIDER.says(new Verdict.Mismatched("8", says("0")));

        assertThat(GATEWAY.delete("/v1/accounts/other/messages/7").at("/code")).isEqualTo("outcome_unknown");
        // One for each attempt.
        assertThat(GATEWAY.call("GET", "/prometheus").body()).contains(alarm + "3.0\n");
    }

    @Test
    void defectIsCountedWhereNoAccountIsKnown() {
        var broken = new AtomicBoolean();
        AccountSource source = () -> {
            if (broken.get()) {
                throw new IllegalStateException("broken");
            }
            return List.of();
        };
        try (GatewayServer gateway = GatewayServer.before(PROVIDER, source, Map.of())) {
            broken.set(true);
            assertThat(gateway.delete(POSTS + "7").at("/code")).isEqualTo("internal_error");
            broken.set(false);

            assertThat(gateway.call("GET", "/prometheus").body())
                    .contains(series("_other", "internal_error", "none", "_other", "not_deleted") + " 1.0\n");
        }
    }

    @Test
    void deletesGoOnWhereMetricsAreSwitchedOff() {
        PROVIDER.deletes("7");
        try (GatewayServer gateway = GatewayServer.before(PROVIDER, Map.of("micronaut.metrics.enabled", false))) {
            assertThat(gateway.delete(POSTS + "7").status()).isEqualTo(200);
            assertThat(gateway.call("GET", "/prometheus").status()).isEqualTo(404);
        }
    }

    @Test
    void endpointOfTheFrameworkIsNotThere() {
        try (GatewayServer gateway = GatewayServer.before(PROVIDER, Map.of("endpoints.prometheus.enabled", true))) {
            assertThat(gateway.anonymously("GET", "/prometheus").status()).isEqualTo(401);
            assertThat(gateway.call("GET", "/prometheus").status()).isEqualTo(200);
        }
    }

    private static Set<String> everySeriesOnceUsed() {
        GATEWAY.delete("/v1/accounts/nobody/posts/7");
        GATEWAY.delete("/v1/accounts/acme-news/nothing/7");
        GATEWAY.delete(POSTS + "nothing");
        PROVIDER.says(new Verdict.Refused(Reason.REFUSED, says("0")));
        GATEWAY.delete(POSTS + "7");
        return unpost();
    }

    private static ProviderSays says(String code) {
        return new ProviderSays(200, code, null, null);
    }

    private static String series(String account, String code, String evidence, String kind, String outcome) {
        return "unpost_deletes_total{account=\"%s\",code=\"%s\",evidence=\"%s\",kind=\"%s\",outcome=\"%s\"}"
                .formatted(account, code, evidence, kind, outcome);
    }

    /// How many answers were counted so far, by series.
    private static Map<String, Double> deletes() {
        return GATEWAY.call("GET", "/prometheus")
                .body()
                .lines()
                .filter(line -> line.startsWith("unpost_deletes_total{"))
                .map(line -> line.split("} "))
                .collect(Collectors.toMap(
                        parts -> parts[0] + "}", parts -> Double.valueOf(parts[1]), Double::sum, TreeMap::new));
    }

    /// The gateway's own series.
    private static Set<String> unpost() {
        return GATEWAY.call("GET", "/prometheus")
                .body()
                .lines()
                .filter(line -> line.startsWith("unpost_"))
                .map(line -> line.substring(0, line.lastIndexOf(' ')))
                .collect(Collectors.toSet());
    }
}
