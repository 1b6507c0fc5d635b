package io.unpost.dialect;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.function.BiFunction;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// How a provider writes when a window of its rate limit ends. Its dialect names the form: how large a number is does
/// not tell seconds since 1970 from seconds left.
public final class Reset {

    private static final Pattern SECONDS = Pattern.compile("[0-9]{1,10}(?:\\.[0-9]{1,9})?");
    private static final Instant YEAR_2286 = Instant.ofEpochSecond(10_000_000_000L);

    /// Seconds since 1970, as Twitter and Bluesky write them: `1795459243`.
    public static final Reset EPOCH_SECONDS = new Reset((text, _) -> Instant.EPOCH.plus(seconds(text)));

    /// Seconds from the answer on, as Reddit writes them, with or without a fraction: `287`, `287.5`.
    public static final Reset SECONDS_LEFT = new Reset((text, receivedAt) -> receivedAt.plus(seconds(text)));

    /// A date and time with its offset, as Mastodon writes it: `2026-01-01T00:05:00.000000Z`.
    public static final Reset ISO_8601 = time(DateTimeFormatter.ISO_OFFSET_DATE_TIME);

    /// The three forms of RFC 9110 section 5.6.7, the usual one first.
    public static final Reset HTTP_DATE = time(DateTimeFormatter.ofPattern(
                    "[EEE, d MMM uuuu HH:mm:ss 'GMT'][EEEE, dd-MMM-uu HH:mm:ss 'GMT'][EEE MMM ppd HH:mm:ss uuuu]",
                    Locale.ENGLISH)
            .withZone(ZoneOffset.UTC));

    private final BiFunction<String, Instant, Instant> form;

    private Reset(BiFunction<String, Instant, Instant> form) {
        this.form = form;
    }

    /// A date and time in a form of the provider's own.
    ///
    /// @param format where what the provider writes has no offset, as Weibo's `2011-06-03 18:00:00`, a
    ///     [DateTimeFormatter#withZone(java.time.ZoneId)] must say it
    public static Reset time(DateTimeFormatter format) {
        return new Reset((text, _) -> format.parse(text, Instant::from));
    }

    /// When the window ends; it may have ended.
    ///
    /// @param text as the provider wrote it; null where it wrote none
    /// @param receivedAt when the answer came
    /// @return null where it is written in another form, or lies before 1970 or after November 2286
    public @Nullable Instant read(@Nullable String text, Instant receivedAt) {
        if (text == null) {
            return null;
        }
        try {
            Instant end = form.apply(text.strip(), receivedAt);
            return end.isBefore(Instant.EPOCH) || !end.isBefore(YEAR_2286) ? null : end;
        } catch (DateTimeException _) {
            return null;
        }
    }

    private static Duration seconds(String text) {
        if (!SECONDS.matcher(text).matches()) {
            throw new DateTimeException("no seconds");
        }
        return Duration.parse("PT" + text + "S");
    }
}
