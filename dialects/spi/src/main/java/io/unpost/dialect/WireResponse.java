package io.unpost.dialect;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// A provider's answer, read without ever failing.
///
/// JSON and XML read alike: a pointer names the same field in both, without the XML root. In XML an element's
/// attributes are fields of it, and its text beside them is the field without a name: `<source><a href="x">y</a>`
/// has `x` at `/source/a/href` and `y` at `/source/a/`. Attributes of the root, and one that shares its name with an
/// element, are not read.
///
/// A body that was cut off proves nothing, so nothing can be read from it. A body that is whole but breaks the rules
/// of its format somewhere can be read up to there: providers do send such bodies. Where a name stands twice in one
/// object, neither is read. Nothing can be read from a body with a document type, of more than 1 MiB, more than 32
/// levels, or more than 100,000 tokens.
///
/// Not for several threads at once: the body is read at the first question.
public final class WireResponse {

    private static final Pattern HEADER_COUNT = Pattern.compile("([0-9]{1,10})(?:\\.[0-9]{1,9})?");
    /// So that any number of them is a `long`.
    private static final int MOST_DIGITS = 18;
    /// Clocks that differ by less agree, for all that a `Date` of whole seconds and a slow answer can show.
    private static final Duration LEAST_SKEW = Duration.ofMinutes(1);
    /// A date further off is more likely wrong itself.
    private static final Duration MOST_SKEW = Duration.ofDays(2);

    private final int status;
    /// Names and values in turn: few, and of few is asked.
    private final String[] headers;
    private final byte[] body;
    private final Instant receivedAt;
    private @Nullable Body read;

    /// @param status the HTTP status
    /// @param headers by name in any case; several of one name joined by `, `
    /// @param body as received, content encodings undone; empty where there was none
    /// @param receivedAt when it had been read whole, by the gateway's clock
    public WireResponse(int status, Map<String, String> headers, byte[] body, Instant receivedAt) {
        this(status, flat(headers), body.clone(), receivedAt);
    }

    private WireResponse(int status, String[] headers, byte[] body, Instant receivedAt) {
        this.status = status;
        this.headers = headers;
        this.body = body;
        this.receivedAt = receivedAt;
    }

    /// The same answer without a copy of the body, which nobody may change any more.
    ///
    /// @param body given away
    public static WireResponse owning(int status, Map<String, String> headers, byte[] body, Instant receivedAt) {
        return new WireResponse(status, flat(headers), body, receivedAt);
    }

    private static String[] flat(Map<String, String> headers) {
        String[] flat = new String[2 * headers.size()];
        int size = 0;
        for (var header : headers.entrySet()) {
            flat[size++] = header.getKey();
            flat[size++] = header.getValue();
        }
        return flat;
    }

    /// The HTTP status.
    public int status() {
        return status;
    }

    /// Whether the status is a 2xx.
    public boolean successful() {
        return status >= 200 && status < 300;
    }

    /// A header's value, by its name in any case.
    public Optional<String> header(String name) {
        return Optional.ofNullable(value(name));
    }

    /// A header's value, by two parts of its name.
    @Nullable
    String value(String prefix, String suffix) {
        int length = prefix.length() + suffix.length();
        for (int i = headers.length - 2; i >= 0; i -= 2) {
            String name = headers[i];
            if (name.length() == length
                    && name.regionMatches(true, 0, prefix, 0, prefix.length())
                    && name.regionMatches(true, prefix.length(), suffix, 0, suffix.length())) {
                return headers[i + 1];
            }
        }
        return null;
    }

    private @Nullable String value(String name) {
        // Where there are two of one name, in another case, the last one is meant.
        for (int i = headers.length - 2; i >= 0; i -= 2) {
            if (name.equalsIgnoreCase(headers[i])) {
                return headers[i + 1];
            }
        }
        return null;
    }

    /// A header that is a number of things. Reddit writes `298.0`; a fraction is cut off.
    ///
    /// @return null where it is absent, or no number from 0 up, or has more than 10 digits
    public @Nullable Long headerCount(String name) {
        return headerCountOf(value(name));
    }

    /// A number of things in the value of a header.
    static @Nullable Long headerCountOf(@Nullable String value) {
        if (value == null) {
            return null;
        }
        Matcher count = HEADER_COUNT.matcher(value.strip());
        return count.matches() ? Long.valueOf(count.group(1)) : null;
    }

    /// The body as received; a copy.
    public byte[] body() {
        return body.clone();
    }

    /// When the answer had been read whole.
    public Instant receivedAt() {
        return receivedAt;
    }

    /// How far the provider's clock was ahead of the gateway's, by the answer's `Date`: what points in time that
    /// the provider names are to be counted from.
    ///
    /// @return zero where it is less than a minute, more than two days, or not known
    Duration skew() {
        Instant date = Reset.HTTP_DATE.read(value("date"), receivedAt);
        Duration ahead = date == null ? Duration.ZERO : Duration.between(receivedAt, date);
        boolean believed = ahead.abs().compareTo(LEAST_SKEW) >= 0 && ahead.abs().compareTo(MOST_SKEW) <= 0;
        return believed ? ahead : Duration.ZERO;
    }

    /// The text of a field: a string, or a number or boolean as it was written.
    ///
    /// @param pointer a JSON pointer (RFC 6901), for example `/errors/0/code`
    /// @return empty where it is absent, null, an object or an array, stands twice, or cannot be read
    public Optional<String> at(String pointer) {
        return Optional.ofNullable(read().text(pointer));
    }

    /// Whether a field is there and holds anything, also where [#at(String)] cannot read it: an object, an array, a
    /// name that stands twice. For what must not be overlooked, such as errors.
    ///
    /// @param pointer a JSON pointer (RFC 6901)
    /// @return false where it is absent, null or empty
    public boolean has(String pointer) {
        return read().has(pointer);
    }

    private Body read() {
        if (read == null) {
            read = Body.read(body, framing());
        }
        return read;
    }

    /// The text of the first of these fields that has any. An empty string is none, because XML cannot tell it from
    /// null.
    ///
    /// @return null where none has
    public @Nullable String text(String... pointers) {
        for (String pointer : pointers) {
            String text = read().text(pointer);
            if (text != null && !text.isEmpty()) {
                return text;
            }
        }
        return null;
    }

    /// A number of things.
    ///
    /// @return null where it is absent or no whole number from 0 up
    public @Nullable Long count(String pointer) {
        String text = read().text(pointer);
        if (text == null || text.isEmpty() || text.length() > MOST_DIGITS) {
            return null;
        }
        long count = 0;
        for (int i = 0; i < text.length(); i++) {
            char digit = text.charAt(i);
            if (digit < '0' || digit > '9') {
                return null;
            }
            count = 10 * count + digit - '0';
        }
        return count;
    }

    /// A yes or no, also where it is written as 1 or 0, or as a string.
    ///
    /// @return null where it is absent or neither
    public @Nullable Boolean flag(String pointer) {
        String text = read().text(pointer);
        return switch (text == null ? "" : text.toLowerCase(Locale.ROOT)) {
            case "true", "1" -> Boolean.TRUE;
            case "false", "0" -> Boolean.FALSE;
            default -> null;
        };
    }

    /// A point in time.
    ///
    /// @param format how the provider writes it
    /// @return null where it is absent or written in another way
    public @Nullable Instant time(String pointer, DateTimeFormatter format) {
        return time(pointer, written -> format.parse(written, Instant::from));
    }

    /// A point in time.
    ///
    /// @param form reads how the provider writes it; may throw a [DateTimeException]
    /// @return null where it is absent or written in another way
    public @Nullable Instant time(String pointer, Function<String, Instant> form) {
        String text = read().text(pointer);
        try {
            return text == null ? null : form.apply(text);
        } catch (DateTimeException _) {
            return null;
        }
    }

    /// How long the `Retry-After` header asks to wait (RFC 9110 section 10.2.3), counted from when the answer came:
    /// seconds, or one of the three forms of a date, by the provider's clock. However long it is; the engine says
    /// how long makes sense.
    ///
    /// @return null where there is none, it stands twice, is neither of them, a date that is past, or after 2286
    public @Nullable Duration retryAfter() {
        String value = value("retry-after");
        Instant end = Reset.SECONDS_LEFT.read(value, receivedAt);
        if (end == null) {
            Instant date = Reset.HTTP_DATE.read(value, receivedAt);
            Instant ours = date == null ? null : date.minus(skew());
            end = ours != null && ours.isAfter(receivedAt) ? ours : null;
        }
        return end == null ? null : Duration.between(receivedAt, end);
    }

    private Document.Framing framing() {
        String length = value("content-length");
        if (length != null) {
            return is(length.strip(), body.length) ? Document.Framing.WHOLE : Document.Framing.CUT;
        }
        return value("transfer-encoding") != null ? Document.Framing.WHOLE : Document.Framing.BY_CLOSE;
    }

    /// Whether a text is this number, without zeros in front.
    private static boolean is(String text, int number) {
        int at = text.length() - 1;
        int rest = number;
        while (at > 0 && text.charAt(at) - '0' == rest % 10) {
            rest /= 10;
            at--;
        }
        return at == 0 && text.charAt(0) - '0' == rest && (rest > 0 || number == 0);
    }

    @Override
    public String toString() {
        return "WireResponse[" + status + ", " + body.length + " bytes]";
    }
}
