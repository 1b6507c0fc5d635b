package io.unpost.dialect;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PercentEncodingTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        Ladies + Gentlemen   | Ladies%20%2B%20Gentlemen
        An encoded string!   | An%20encoded%20string%21
        Dogs, Cats & Mice    | Dogs%2C%20Cats%20%26%20Mice
        \u2603               | %E2%98%83
        \uD83D\uDE00         | %F0%9F%98%80
        203092,203093        | 203092%2C203093
        a-Z_0.9~             | a-Z_0.9~
        *'()                 | %2A%27%28%29
        ../a/b               | ..%2Fa%2Fb
        %2F                  | %252F
        a=b;c?d#e            | a%3Db%3Bc%3Fd%23e
        ``                   | ``
        """)
    void onlyUnreservedCharactersStay(String text, String encoded) {
        assertThat(PercentEncoding.encode(text)).isEqualTo(encoded);
    }

    @ParameterizedTest
    @CsvSource({"0, %00", "10, %0A", "13, %0D", "127, %7F", "128, %C2%80", "255, %C3%BF"})
    void controlCharactersAreEncoded(int character, String encoded) {
        assertThat(PercentEncoding.encode(Character.toString(character))).isEqualTo(encoded);
    }

    @Test
    void everyCharacterOfUnicodeIsEncodedAsTheJdkDoes() {
        String all = IntStream.rangeClosed(0, Character.MAX_CODE_POINT)
                .collect(
                        StringBuilder::new, (text, one) -> text.append('x').appendCodePoint(one), StringBuilder::append)
                .toString();
        assertThat(PercentEncoding.encode(all).equals(byTheJdk(all))).isTrue();
    }

    /// Half of a surrogate pair is no character: it becomes a question mark, as it does in any UTF-8 of Java's.
    @Property
    void anyTextIsEncodedAsTheJdkDoesAndComesBack(@ForAll("texts") String text) {
        String characters = new String(text.getBytes(UTF_8), UTF_8);
        String encoded = PercentEncoding.encode(text);
        assertThat(encoded).matches("(?:[A-Za-z0-9._~-]|%[0-9A-F]{2})*+").isEqualTo(byTheJdk(characters));
        assertThat(URLDecoder.decode(encoded, UTF_8)).isEqualTo(characters);
    }

    @Provide
    Arbitrary<String> texts() {
        return Arbitraries.strings().all().withChars("%+ ~*-._/\uD83D\uDE00").ofMaxLength(60);
    }

    /// Forms know three characters otherwise than RFC 3986.
    private static String byTheJdk(String text) {
        return URLEncoder.encode(text, UTF_8)
                .replace("+", "%20")
                .replace("*", "%2A")
                .replace("%7E", "~");
    }
}
