package io.unpost.dialect;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RateLimitTest {

    private static final Instant NOW = Instant.parse("2026-11-23T18:25:43Z");
    private static final DateTimeFormatter CHINA =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss").withZone(ZoneOffset.ofHours(8));

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            delimiter = '|',
            value = {
                "epoch | 1795459243                       | 2026-11-23T18:40:43Z",
                "epoch | ' 1795459243.5 '                 | 2026-11-23T18:40:43.5Z",
                "epoch | 1                                | 1970-01-01T00:00:01Z",
                "epoch | 9999999999                       | 2286-11-20T17:46:39Z",
                "epoch | 1795459243000                    | -",
                "epoch | 1000000000000000000000000000000  | -",
                "epoch | -1795459243                      | -",
                "epoch | 1795459243, 1795459243           | -",
                "epoch | 2026-11-23T18:40:43Z             | -",
                "epoch | soon                             | -",
                "epoch | ''                               | -",
                "epoch | -                                | -",
                "left  | 900                              | 2026-11-23T18:40:43Z",
                "left  | 287.5                            | 2026-11-23T18:30:30.5Z",
                "left  | 298.0                            | 2026-11-23T18:30:41Z",
                "left  | 0                                | 2026-11-23T18:25:43Z",
                "left  | 1000000000                       | 2058-08-01T20:12:23Z",
                "left  | 9999999999                       | -",
                "left  | 1000000000000000000000000000000  | -",
                "left  | -900                             | -",
                "left  | 900, 900                         | -",
                "left  | 1e3                              | -",
                "left  | 5M3                              | -",
                "left  | soon                             | -",
                "left  | ''                               | -",
                "iso   | 2026-11-23T18:40:43.000000Z      | 2026-11-23T18:40:43Z",
                "iso   | 2026-11-23T18:40:43Z             | 2026-11-23T18:40:43Z",
                "iso   | 2026-11-24T02:40:43.123+08:00    | 2026-11-23T18:40:43.123Z",
                "iso   | 2001-01-01T00:00:00Z             | 2001-01-01T00:00:00Z",
                "iso   | 2026-11-23T18:40:43              | -",
                "iso   | 2026-13-23T18:40:43Z             | -",
                "iso   | 1969-12-31T23:59:59Z             | -",
                "iso   | +999999999-12-31T23:59:59Z       | -",
                "iso   | -999999999-01-01T00:00:00+18:00  | -",
                "iso   | 2026-11-23T18:40:43Z, 2026-11-23T18:40:43Z | -",
                "iso   | 1795459243                       | -",
                "iso   | soon                             | -",
                "iso   | ''                               | -",
                "weibo | 2026-11-24 02:40:43              | 2026-11-23T18:40:43Z",
                "weibo | 2011-06-03 18:00:00              | 2011-06-03T10:00:00Z",
                "weibo | 2011-06-03T18:00:00              | -",
                "weibo | 2011-06-03 25:00:00              | -",
                "weibo | 2011-06-03 18:00:00, 2011-06-03 18:00:00 | -",
                "weibo | soon                             | -",
                "weibo | ''                               | -"
            })
    void resetIsReadInTheFormItIsWrittenIn(String form, @Nullable String text, @Nullable Instant end) {
        Reset reset = form(form);
        assertThat(reset.read(text, NOW)).isEqualTo(end);
        Map<String, String> headers = text == null
                ? Map.of("R-Limit", "50", "R-Remaining", "0")
                : Map.of("R-Limit", "50", "R-Remaining", "0", "R-Reset", text);
        var response = new WireResponse(429, headers, new byte[0], NOW);
        assertThat(RateLimit.ofHeaders(response, "r", reset)).isEqualTo(end == null ? null : new RateLimit(50, 0, end));
        assertThat(RateLimit.retryAfter(response, List.of("r"), reset))
                .isEqualTo(end == null || !end.isAfter(NOW) ? null : Duration.between(NOW, end));
    }

    @Test
    void limitIsWholeOrNone() {
        assertThat(RateLimit.of(30L, 30L, Instant.EPOCH)).isEqualTo(new RateLimit(30, 30, Instant.EPOCH));
        assertThat(RateLimit.of(30L, 31L, Instant.EPOCH)).isNull();
        assertThat(RateLimit.of(null, 1L, Instant.EPOCH)).isNull();
        assertThat(RateLimit.of(30L, null, Instant.EPOCH)).isNull();
        assertThat(RateLimit.of(30L, 1L, null)).isNull();
    }

    @Test
    void limitOfHeadersIsWholeOrNone() {
        Map<String, String> headers = Map.of("R-Limit", "50", "R-Remaining", "49.0", "R-Reset", "60");
        assertThat(ofHeaders(headers)).isEqualTo(new RateLimit(50, 49, NOW.plusSeconds(60)));
        for (String missing : headers.keySet()) {
            var rest = new HashMap<>(headers);
            rest.remove(missing);
            assertThat(ofHeaders(rest)).isNull();
            rest.put(missing, "-1");
            assertThat(ofHeaders(rest)).isNull();
        }
    }

    /// The provider's clock is ten minutes ahead or behind; its window ends five seconds after its answer.
    @ParameterizedTest
    @CsvSource({
        "'Mon, 23 Nov 2026 18:35:43 GMT', 1795458948, PT5S",
        "'Mon, 23 Nov 2026 18:15:43 GMT', 1795457748, PT5S",
        // Too little to be a wrong clock, too much to be a right one, and no date at all.
        "'Mon, 23 Nov 2026 18:26:13 GMT', 1795458348, PT5S",
        "'Mon, 23 Nov 2020 18:25:43 GMT', 1795458348, PT5S",
        "soon, 1795458348, PT5S"
    })
    void endIsByTheClockOfTheProvider(String date, String reset, Duration wait) {
        var headers = Map.of("Date", date, "R-Limit", "50", "R-Remaining", "0", "R-Reset", reset);
        var response = new WireResponse(429, headers, new byte[0], NOW);

        assertThat(RateLimit.retryAfter(response, List.of("r"), Reset.EPOCH_SECONDS))
                .isEqualTo(wait);
        assertThat(RateLimit.ofHeaders(response, "r", Reset.EPOCH_SECONDS))
                .isEqualTo(new RateLimit(50, 0, NOW.plus(wait)));
    }

    @Test
    void secondsLeftHaveNoClock() {
        var headers =
                Map.of("Date", "Mon, 23 Nov 2026 18:35:43 GMT", "R-Limit", "50", "R-Remaining", "0", "R-Reset", "5");
        var response = new WireResponse(429, headers, new byte[0], NOW);

        assertThat(RateLimit.retryAfter(response, List.of("r"), Reset.SECONDS_LEFT))
                .isEqualTo(Duration.ofSeconds(5));
        assertThat(RateLimit.ofHeaders(response, "r", Reset.SECONDS_LEFT))
                .isEqualTo(new RateLimit(50, 0, NOW.plusSeconds(5)));
    }

    private static Reset form(String name) {
        return switch (name) {
            case "epoch" -> Reset.EPOCH_SECONDS;
            case "left" -> Reset.SECONDS_LEFT;
            case "iso" -> Reset.ISO_8601;
            default -> Reset.time(CHINA);
        };
    }

    private static @Nullable RateLimit ofHeaders(Map<String, String> headers) {
        return RateLimit.ofHeaders(new WireResponse(200, headers, new byte[0], NOW), "r", Reset.SECONDS_LEFT);
    }
}
