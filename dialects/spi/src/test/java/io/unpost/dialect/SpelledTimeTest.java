package io.unpost.dialect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class SpelledTimeTest {

    private static final DateTimeFormatter FORM =
            DateTimeFormatter.ofPattern("EEE MMM dd HH:mm:ss Z yyyy", Locale.ENGLISH);

    @Test
    void timeIsRead() {
        assertThat(SpelledTime.read("Wed Aug 29 16:54:38 +0000 2012")).isEqualTo(Instant.parse("2012-08-29T16:54:38Z"));
        assertThat(SpelledTime.read("Thu Dec 02 15:09:11 +0800 2010")).isEqualTo(Instant.parse("2010-12-02T07:09:11Z"));
        assertThat(SpelledTime.read("Thu Feb 29 23:59:59 -0330 2024")).isEqualTo(Instant.parse("2024-03-01T03:29:59Z"));
    }

    @Test
    void anotherFormIsRefused() {
        for (String text : new String[] {"", "2012-08-29T16:54:38Z", "Thu Aug 29 16:54:38 +0000 2012", "Wed"}) {
            assertThatThrownBy(() -> SpelledTime.read(text)).as(text).isInstanceOf(DateTimeException.class);
        }
    }

    @Property
    void anyTimeComesBack(
            @ForAll @LongRange(min = 0, max = 253_402_200_000L) long second,
            @ForAll @IntRange(min = -17, max = 17) int hours) {
        String text = FORM.format(Instant.ofEpochSecond(second).atOffset(ZoneOffset.ofHours(hours)));
        assertThat(SpelledTime.read(text)).isEqualTo(Instant.ofEpochSecond(second));
    }

    @Property(tries = 5_000)
    void anyTextIsReadAsTheFormatterDoes(@ForAll("texts") String text) {
        assertThat(read(text, true)).isEqualTo(read(text, false));
    }

    /// Most in that form, with days, hours and years that may not be.
    @Provide
    Arbitrary<String> texts() {
        Arbitrary<String> days = Arbitraries.of("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun", "sun", "Xxx");
        Arbitrary<String> dates = Combinators.combine(
                        Arbitraries.of("Jan", "Feb", "Apr", "Sep", "Dec", "JAN", "Anu"), number(0, 32))
                .as((month, day) -> month + " " + day);
        Arbitrary<String> times = Combinators.combine(number(0, 25), number(0, 61), number(0, 61))
                .as((hour, minute, second) -> hour + ":" + minute + ":" + second);
        Arbitrary<String> offsets = Combinators.combine(Arbitraries.of("+", "-", " "), number(0, 19), number(0, 61))
                .as((sign, hour, minute) -> sign + hour + minute);
        Arbitrary<String> years =
                Combinators.combine(number(0, 40), number(0, 99)).as(String::concat);
        return Combinators.combine(days, dates, times, offsets, years, Arbitraries.of("", "", "", " ", "0"))
                .as((day, date, time, offset, year, end) ->
                        day + " " + date + " " + time + " " + offset + " " + year + end);
    }

    private static Arbitrary<String> number(int least, int most) {
        return Arbitraries.integers().between(least, most).map(number -> String.format(Locale.ROOT, "%02d", number));
    }

    private static @Nullable Instant read(String text, boolean ours) {
        try {
            return ours ? SpelledTime.read(text) : FORM.parse(text, Instant::from);
        } catch (DateTimeException _) {
            return null;
        }
    }
}
