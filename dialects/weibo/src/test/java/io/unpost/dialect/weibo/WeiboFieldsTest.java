package io.unpost.dialect.weibo;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.unpost.dialect.DeleteCommand;
import io.unpost.dialect.Item;
import io.unpost.dialect.Kind;
import io.unpost.dialect.Outcome.Verdict;
import io.unpost.dialect.WireResponse;
import io.unpost.dialect.testkit.Transcript;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Each field as JSON and as XML.
class WeiboFieldsTest {

    private static final Item.Counts NO_COUNTS = new Item.Counts(null, null, null);

    @Test
    void repostedStatusIsNotTakenForTheRepost() {
        assertThat(same(
                        "{\"retweeted_status\":{\"id\":21,\"text\":\"x\",\"user\":{\"id\":8}},\"id\":20,\"text\":\"\"}",
                        "<status><retweeted_status><id>21</id><text>x</text><user><id>8</id></user>"
                                + "</retweeted_status><id>20</id><text/></status>"))
                .isEqualTo(new Item("20", null, null, null, null, NO_COUNTS, null));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', nullValues = "-", textBlock = """
        <a href="http://a/" rel="nofollow">A</a>   | <a href="http://a/" rel="nofollow">A</a> | A   | http://a/
        <a href="http://a/">A</a>                  | <a id="10013" href="http://a/">A</a>     | A   | http://a/
        <a id="10013" href="http://a/">A</a>       | <a href="http://a/" id="10013">A</a>     | A   | http://a/
        <a href="http://a/">A</a>                  | &lt;a href="http://a/"&gt;A&lt;/a&gt;    | A   | http://a/
        <a href="http://a/">A</a>                  | <![CDATA[<a href="http://a/">A</a>]]>    | A   | http://a/
        <a href="http://a/?b=1&amp;c=2">A&amp;B</a>| <a href="http://a/?b=1&c=2">A&B</a>      | A&B | http://a/?b=1&c=2
        <a href="http://a/"> A </a>                | <a href="http://a/"> A </a>              | A   | http://a/
        <a href="">A</a>                           | <a href="">A</a>                         | A   | -
        A                                          | <a>A</a>                                 | A   | -
        微博                                       | 微博                                     | 微博  | -
        """)
    void sourceIsTakenApartInEachFormat(String json, String xml, String name, @Nullable String url) {
        assertThat(ofSource(json, xml).source()).isEqualTo(new Item.Source(name, url));
        assertThat(ofSource(json, "\n  " + xml + "\n ").source()).isEqualTo(new Item.Source(name, url));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', emptyValue = "", textBlock = """
        ``                        | ``
        ` `                       | ` `
        <a href="http://a/"></a>  | <a href="http://a/"></a>
        <a href="http://a/"> </a> | <a href="http://a/"> </a>
        """)
    void sourceWithoutANameIsNone(String json, String xml) {
        assertThat(ofSource(json, xml).source()).isNull();
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {"'', '', -, -", "21, 8, 21, 8", "21, '', 21, -", "'', 8, -, 8"})
    void replyIsToldWhereThereIsOne(String status, String user, @Nullable String id, @Nullable String authorId) {
        Item.InReplyTo expected = id == null && authorId == null ? null : new Item.InReplyTo(id, authorId);
        assertThat(same(
                                "{\"id\":20,\"in_reply_to_status_id\":\"" + status + "\",\"in_reply_to_user_id\":\""
                                        + user + "\"}",
                                "<status><id>20</id><in_reply_to_status_id>" + status + "</in_reply_to_status_id>"
                                        + "<in_reply_to_user_id>" + user + "</in_reply_to_user_id></status>")
                        .inReplyTo())
                .isEqualTo(expected);
    }

    @Test
    void replyIsToldFromNumbersToo() {
        assertThat(item(Kind.POSTS, "{\"id\":20,\"in_reply_to_status_id\":21,\"in_reply_to_user_id\":8}")
                        .inReplyTo())
                .isEqualTo(new Item.InReplyTo("21", "8"));
        assertThat(item(Kind.POSTS, "{\"id\":20,\"in_reply_to_status_id\":null}")
                        .inReplyTo())
                .isNull();
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "Thu Dec 02 15:09:11 +0800 2010, 2010-12-02T07:09:11Z",
                "Tue Apr 07 22:52:51 +0000 2009, 2009-04-07T22:52:51Z",
                "Thu Jan 01 08:00:00 +0800 1970, 1970-01-01T00:00:00Z",
                "Fri Dec 02 15:09:11 +0800 2010, -",
                "2010-12-02 15:09:11, -",
                "1291273751, -",
                "'', -"
            })
    void dateIsReadOrNone(String written, @Nullable Instant time) {
        assertThat(same(
                                "{\"id\":20,\"created_at\":\"" + written + "\"}",
                                "<status><id>20</id><created_at>" + written + "</created_at></status>")
                        .createdAt())
                .isEqualTo(time);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', nullValues = "-", textBlock = """
        true    | true  | true
        "true"  | True  | true
        1       | 1     | true
        "1"     | 1     | true
        false   | false | false
        "false" | False | false
        0       | 0     | false
        "0"     | 0     | false
        ""      | ``    | -
        null    | ``    | -
        "yes"   | yes   | -
        2       | 2     | -
        """)
    void flagIsReadAsWhateverItIsWritten(String json, String xml, @Nullable Boolean flag) {
        String user = "<user><id>7</id><verified>" + xml + "</verified><protected>" + xml + "</protected></user>";
        assertThat(same(
                                "{\"id\":20,\"user\":{\"id\":7,\"verified\":" + json + ",\"protected\":" + json + "}}",
                                "<status><id>20</id>" + user + "</status>")
                        .author())
                .isEqualTo(new Item.Author("7", null, null, null, null, flag, flag));
    }

    @Test
    void emptyFieldsAreNone() {
        assertThat(same(
                        "{\"id\":20,\"text\":\"\",\"geo\":null,\"user\":{\"id\":7,\"name\":\"\",\"screen_name\":\"\","
                                + "\"url\":\"\",\"profile_image_url\":\"\"}}",
                        "<status><id>20</id><text></text><geo/><user><id>7</id><name/><screen_name/><url></url>"
                                + "<profile_image_url/></user></status>"))
                .isEqualTo(new Item(
                        "20",
                        null,
                        null,
                        null,
                        null,
                        NO_COUNTS,
                        new Item.Author("7", null, null, null, null, null, null)));
        assertThat(same("{\"id\":20,\"user\":{}}", "<status><id>20</id><user/></status>")
                        .author())
                .isNull();
    }

    @Test
    void bareAmpersandIsOne() {
        assertThat(same(
                                "{\"id\":20,\"text\":\"a & b &c; &amp; R&D\"}",
                                "<status><id>20</id><text>a & b &amp;c; &amp;amp; R&D</text></status>")
                        .text())
                .isEqualTo("a & b &c; &amp; R&D");
    }

    @Test
    void messageIsNotItsRecipients() {
        String json = "{\"id\":20,\"recipient\":{\"id\":8},\"user\":{\"id\":9},\"sender\":{\"id\":7}}";
        assertThat(item(Kind.MESSAGES, json).author())
                .isEqualTo(new Item.Author("7", null, null, null, null, null, null));
        assertThat(item(Kind.MESSAGES, "{\"id\":20,\"recipient\":{\"id\":8},\"user\":{\"id\":9}}")
                        .author())
                .isNull();
    }

    /// Asserts that both formats give one item.
    private static Item same(String json, String xml) {
        Item item = item(Kind.POSTS, json);
        assertThat(item(Kind.POSTS, xml)).as("%s and %s", json, xml).isEqualTo(item);
        return item;
    }

    private static Item ofSource(String json, String xml) {
        return same(
                "{\"id\":20,\"source\":\"" + json.replace("\"", "\\\"") + "\"}",
                "<status><id>20</id><source>" + xml + "</source></status>");
    }

    private static Item item(Kind kind, String body) {
        byte[] bytes = body.getBytes(UTF_8);
        var framing = Map.of("Content-Length", Integer.toString(bytes.length));
        var response = new WireResponse(200, framing, bytes, Transcript.RECEIVED_AT);
        Verdict verdict = new WeiboDialect().decode(new DeleteCommand(kind, "20"), response);
        return requireNonNull(((Verdict.Deleted) verdict).item());
    }
}
