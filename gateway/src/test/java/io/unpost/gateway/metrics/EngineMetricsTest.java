package io.unpost.gateway.metrics;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.prometheus.metrics.expositionformats.ExpositionFormats;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.unpost.dialect.Kind;
import io.unpost.dialect.Options;
import io.unpost.dialect.WireResponse;
import io.unpost.gateway.accounts.Account;
import io.unpost.gateway.accounts.Accounts;
import io.unpost.gateway.accounts.Credentials;
import io.unpost.gateway.accounts.Limits;
import io.unpost.gateway.accounts.Secret;
import io.unpost.gateway.engine.Exchange;
import io.unpost.gateway.engine.FakeDialect;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// What is shown of the engine's work.
final class EngineMetricsTest {

    private static final Account ACME = account("acme");
    private static final Exchange ANSWERED =
            new Exchange.Answered(new WireResponse(200, Map.of(), new byte[0], Instant.EPOCH));

    private final PrometheusRegistry registry = new PrometheusRegistry();
    private final EngineMetrics metrics = new EngineMetrics(registry);

    @Test
    void requestsAreTimedByWhatCameOfThem() throws IOException {
        metrics.exchanged(ACME, Kind.POSTS, ANSWERED, Duration.ofMillis(50));
        metrics.exchanged(ACME, Kind.POSTS, ANSWERED, Duration.ofMillis(51));
        metrics.exchanged(ACME, Kind.POSTS, new Exchange.NoAnswer("reset"), Duration.ofSeconds(11));
        metrics.exchanged(ACME, Kind.MESSAGES, new Exchange.NeverLeft("refused"), Duration.ofNanos(1));

        assertThat(shown())
                .contains(
                        "unpost_provider_seconds_bucket{account=\"acme\",answer=\"answered\",kind=\"posts\",le=\"0.05\"}"
                            + " 1",
                        "unpost_provider_seconds_bucket{account=\"acme\",answer=\"answered\",kind=\"posts\",le=\"0.1\"}"
                                + " 2",
                        "unpost_provider_seconds_sum{account=\"acme\",answer=\"answered\",kind=\"posts\"} 0.101",
                        "unpost_provider_seconds_bucket{account=\"acme\",answer=\"no_answer\",kind=\"posts\",le=\"10.0\"}"
                            + " 0",
                        "unpost_provider_seconds_count{account=\"acme\",answer=\"no_answer\",kind=\"posts\"} 1",
                        "unpost_provider_seconds_count{account=\"acme\",answer=\"never_left\",kind=\"messages\"} 1");
    }

    @Test
    void retriesAreCounted() throws IOException {
        metrics.settled(ACME, Kind.POSTS, 0);
        metrics.settled(ACME, Kind.POSTS, 2);

        assertThat(shown()).contains("unpost_retries_total{account=\"acme\",kind=\"posts\"} 2.0");
    }

    @Test
    void alarmIsZeroBeforeItIsRaised() throws IOException {
        metrics.showAlarms(new Accounts(List.of(() -> List.of(ACME, account("other")))));
        metrics.mismatched(ACME, Kind.POSTS);

        assertThat(shown())
                .filteredOn(line -> line.startsWith("unpost_mismatches_total{"))
                .containsExactly(
                        "unpost_mismatches_total{account=\"acme\",kind=\"messages\"} 0.0",
                        "unpost_mismatches_total{account=\"acme\",kind=\"posts\"} 1.0",
                        "unpost_mismatches_total{account=\"acme\",kind=\"reposts\"} 0.0",
                        "unpost_mismatches_total{account=\"other\",kind=\"messages\"} 0.0",
                        "unpost_mismatches_total{account=\"other\",kind=\"posts\"} 0.0",
                        "unpost_mismatches_total{account=\"other\",kind=\"reposts\"} 0.0");
    }

    private List<String> shown() throws IOException {
        var text = new ByteArrayOutputStream();
        ExpositionFormats.init().getPrometheusTextFormatWriter().write(text, registry.scrape());
        return text.toString(UTF_8).lines().toList();
    }

    private static Account account(String name) {
        var dialect = new FakeDialect((_, _) -> {
            throw new AssertionError("nothing is decoded");
        });
        var credentials = new Credentials.OAuth1(new Secret("1"), new Secret("2"), new Secret("3"), new Secret("4"));
        return new Account(
                name, dialect, new Options(Map.of()), URI.create("https://fake.example"), credentials, Limits.DEFAULT);
    }
}
