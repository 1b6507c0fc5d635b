package io.unpost.dialect;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.Charset;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Which id a body names: one that is read and is not the body's own would prove a delete that was none.
class HostileIdsTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', nullValues = "-", textBlock = """
        {"id":1234}                           | 1234
        {"id":1234567890123456789012}         | 1234567890123456789012
        {"id":1e3}                            | 1e3
        {"id":1.0}                            | 1.0
        {"id":-0}                             | -0
        {"id":" 12 "}                         | ` 12 `
        {"id":"12\\n"}                        | `12\n`
        {"\\u0069d":"\\u0031"}                | 1
        {"id":0x1}                            | -
        {"id":01}                             | -
        {"id":+1}                             | -
        {"id":1.}                             | -
        {"id":Infinity}                       | -
        {"id":12 34}                          | -
        {"id":"12" "34"}                      | -
        {"id":12}}                            | -
        """)
    void jsonIdIsReadAsItIsWritten(String body, @Nullable String id) {
        assertThat(whole(body).at("/id").orElse(null)).isEqualTo(id);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', nullValues = "-", textBlock = """
        <s><id>1234</id></s>                              | 1234
        <s><id>12<!-- x -->34</id></s>                    | 1234
        <s><id>12<?x 9?>34</id></s>                       | 1234
        <s><id>12&#51;4</id></s>                          | 1234
        <s><id>12&#x33;4</id></s>                         | 1234
        <s><id><![CDATA[1234]]></id></s>                  | 1234
        <s><id>12<![CDATA[34]]></id></s>                  | 1234
        <s>9<id>1234</id>9</s>                            | 1234
        <s><user><id>9</id></user><id>1234</id></s>       | 1234
        <s><id>1234</id></s><!-- 9 -->                    | 1234
        <?xml-stylesheet href='x'?><s><id>1234</id></s>   | 1234
        <s><id> 12 </id></s>                              | ` 12 `
        <s><id>12&34</id></s>                             | 12&34
        <s><id>12&x;34</id></s>                           | 12&x;34
        <s><id>&x;1234</id></s>                           | &x;1234
        <s><id>1234&x;</id></s>                           | 1234&x;
        <s><id>1234]]>5</id></s>                          | -
        <s><id>12<b/>34</id></s>                          | -
        <s><id>12<b>3</b></id></s>                        | -
        <s><id>12<b></id></s>                             | -
        <s><id>12&#0;</id></s>                            | -
        <s><id>12</id></s>x                               | -
        <!doctype s><s><id>12</id></s>                    | -
        """)
    void xmlIdIsItsWholeText(String body, @Nullable String id) {
        assertThat(whole(body).at("/id").orElse(null)).isEqualTo(id);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"id\":1,\"id\":2}",
                "{\"id\":1,\"id\":1}",
                "{\"id\":1,\"\\u0069d\":2}",
                "<s><id>1</id><id>2</id></s>",
                "<s><id>1</id><x/><id>1</id></s>",
                "<s><id>1</id><id/></s>",
                "<s><id/><id>1</id></s>",
                "<s id='1'><id>2</id></s>",
                "<s id='1'><id>1</id><id>1</id></s>",
            })
    void idThatStandsTwiceIsThereAndNeitherIsRead(String body) {
        assertThat(whole(body).at("/id")).isEmpty();
        assertThat(whole(body).has("/id")).isTrue();
    }

    @Test
    void attributeIsNoElement() {
        WireResponse answer = whole("<s id='1' n='2'><a href='u' id='3'>x</a><b c='1'><c>2</c></b><d c=''/></s>");
        assertThat(answer.at("/id")).as("of the root").isEmpty();
        assertThat(answer.has("/id")).as("of the root").isTrue();
        assertThat(answer.at("/a/href")).as("further in").contains("u");
        assertThat(answer.at("/a/")).contains("x");
        assertThat(answer.at("/b/c")).as("either of two").isEmpty();
        assertThat(answer.has("/b/c")).isTrue();
        assertThat(answer.has("/d/c")).isFalse();
        assertThat(answer.at("/@id")).isEmpty();
        assertThat(whole("{\"@id\":1}").at("/@id")).as("a name in JSON").contains("1");
        assertThat(whole("{\"@id\":1}").has("/id")).isFalse();
        assertThat(whole("<s id='1' id='2'/>").at("/id")).isEmpty();
    }

    @Test
    void elementOfAnotherNamespaceIsAnother() {
        assertThat(whole("<s xmlns:x='u'><x:id>1</x:id><id>2</id></s>").at("/id"))
                .contains("2");
        assertThat(whole("<s><x:id xmlns:x='u'>1</x:id></s>").has("/id")).isFalse();
        assertThat(whole("<s><x:id>1</x:id></s>").has("/id")).isFalse();
        assertThat(whole("<s xmlns:x='u' x:id='1'/>").has("/id")).isFalse();
        assertThat(whole("<s><id xmlns='u'>1</id></s>").at("/id")).isEmpty();
        assertThat(whole("<s xmlns='u'><id>1</id></s>").at("/id"))
                .as("the namespace of all")
                .contains("1");
        assertThat(whole("<s><id xmlns:i='http://www.w3.org/2001/XMLSchema-instance' i:nil='true'>1</id></s>")
                        .has("/id"))
                .as("said to be nil, and is not")
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"UTF-16", "UTF-16LE", "UTF-16BE", "UTF-32", "UTF-32LE", "UTF-32BE", "IBM037"})
    void nothingIsReadInAnotherEncoding(String name) {
        Charset encoding = Charset.forName(name);
        for (String body : new String[] {
            "{\"id\":20}",
            "<s><id>20</id></s>",
            "<?xml version='1.0' encoding='" + name + "'?><s><id>20</id></s>",
            "\uFEFF<?xml version='1.0' encoding='" + name + "'?><s><id>20</id></s>"
        }) {
            assertThat(whole(body.getBytes(encoding)).has("")).as(body).isFalse();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"UTF-7", "UTF-16", "IBM037", "none"})
    void declaredEncodingIsNotBelieved(String encoding) {
        String declaration = "<?xml version='1.0' encoding='" + encoding + "'?>";
        assertThat(whole(declaration + "<s><id>20</id></s>").at("/id")).contains("20");
        assertThat(whole(declaration + "<s><id>+ADIAMA-</id></s>").at("/id")).contains("+ADIAMA-");
    }

    @Test
    void badBytesAreNoDigits() {
        byte[] overlong = {'2', (byte) 0xC0, (byte) 0xB0};
        String digits = new String(overlong, ISO_8859_1);
        for (String body : new String[] {"{\"id\":\"" + digits + "\"}", "<s><id>" + digits + "</id></s>"}) {
            assertThat(whole(body.getBytes(ISO_8859_1)).at("/id")).contains("2\uFFFD\uFFFD");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\0{\"id\":20}",
                "{\"id\":20}\0",
                "{\"id\":\"20\0\"}",
                "<s><id>20</id></s>\0",
                "<s><id>20\0</id></s>",
                "\uFEFF\uFEFF{\"id\":20}",
                "\uFEFF\uFEFF<s><id>20</id></s>",
                " \uFEFF{\"id\":20}",
            })
    void nulOrSecondByteOrderMarkLeavesNoId(String body) {
        assertThat(whole(body).at("/id")).isEmpty();
    }

    private static WireResponse whole(String body) {
        return whole(body.getBytes(UTF_8));
    }

    private static WireResponse whole(byte[] body) {
        return new WireResponse(200, Map.of("Content-Length", Integer.toString(body.length)), body, Instant.EPOCH);
    }
}
