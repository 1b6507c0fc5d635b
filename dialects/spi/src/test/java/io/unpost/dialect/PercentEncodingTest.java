package io.unpost.dialect;

import static org.assertj.core.api.Assertions.assertThat;

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
}
