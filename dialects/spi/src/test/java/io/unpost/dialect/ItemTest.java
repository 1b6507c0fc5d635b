package io.unpost.dialect;

import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.unpost.dialect.Item.Source;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class ItemTest {

    private static final Pattern ANCHOR =
            Pattern.compile("\\s*<a\\b[^>]*?\\bhref=\"([^\"]*)\"[^>]*>(.*?)</a>\\s*", Pattern.DOTALL);

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', nullValues = "-", textBlock = """
        Tweet Button                                                   | Tweet Button | -
        <a href="http://a.example/" rel="nofollow">A</a>               | A            | http://a.example/
        <a rel="nofollow" href='http://a.example/'>A</a>               | A            | http://a.example/
        <a href="">A</a>                                               | A            | -
        <a href="http://a.example/?b=1&amp;c=2">B &amp; &lt;C&gt;</a>  | B & <C>      | http://a.example/?b=1&c=2
        A &quot;B&quot; &#39;C&#39;                                    | A "B" 'C'    | -
        <a>A</a>                                                       | <a>A</a>     | -
        """)
    void sourceIsTakenApart(String markup, String name, @Nullable String url) {
        assertThat(Source.ofMarkup(markup)).isEqualTo(new Source(name, url));
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", " \n", "<a href=\"http://a.example/\"></a>", "<a href=\"http://a.example/\"> </a>"})
    void emptySourceIsNone(@Nullable String markup) {
        assertThat(Source.ofMarkup(markup)).isNull();
    }

    @Property(tries = 5_000)
    void anyAnchorIsTakenApartAsAPatternWould(@ForAll("markups") String markup) {
        Matcher anchor = ANCHOR.matcher(markup);
        boolean taken = anchor.matches();
        if (markup.isBlank() || (taken && anchor.group(2).isBlank())) {
            assertThat(Source.ofMarkup(markup)).isNull();
        } else {
            String url = taken && !anchor.group(1).isBlank() ? anchor.group(1) : null;
            assertThat(Source.ofMarkup(markup)).isEqualTo(new Source((taken ? anchor.group(2) : markup).strip(), url));
        }
    }

    @Provide
    Arbitrary<String> markups() {
        return Arbitraries.of(
                        "<a href=\"", "<a href=\"", "\"", "\"", ">", ">", "</a>", "</a>", "x", " ", " rel=", "<a ", "<")
                .list()
                .ofMaxSize(9)
                .map(parts -> String.join("", parts));
    }

    @Test
    void endlessSourceTakesNoTime() {
        String markup = "<a " + "href=\"\" ".repeat(100_000);
        assertTimeoutPreemptively(
                ofSeconds(5), () -> assertThat(Source.ofMarkup(markup)).isNull());
        assertTimeoutPreemptively(ofSeconds(5), () -> Source.ofMarkup(markup.substring(0, 2_000)));
    }

    @Test
    void replyToNothingIsNone() {
        assertThat(Item.InReplyTo.of(null, null)).isNull();
        assertThat(Item.InReplyTo.of(null, "7")).isEqualTo(new Item.InReplyTo(null, "7"));
    }
}
