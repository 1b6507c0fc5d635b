package io.unpost.dialect.twitter;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.unpost.dialect.DeleteCommand;
import io.unpost.dialect.Item;
import io.unpost.dialect.Kind;
import io.unpost.dialect.Outcome.Verdict;
import io.unpost.dialect.WireResponse;
import io.unpost.dialect.testkit.Transcript;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TwitterTweetTest {

    private static final Item.Counts NO_COUNTS = new Item.Counts(null, null, null);

    @Test
    void tweetIsNormalised() throws URISyntaxException {
        assertThat(item("deleted"))
                .isEqualTo(new Item(
                        "1348265755771506690",
                        "caf\u00E9 &amp; cr\u00EApe, nine thirty",
                        Instant.parse("2021-01-10T13:49:40Z"),
                        new Item.Source("Breakfast Bot", "https://example.org/app?a=1&b=2"),
                        new Item.InReplyTo("1348265700000000001", "12"),
                        new Item.Counts(3L, 7L, null),
                        new Item.Author(
                                "14927801",
                                "cafenine",
                                "Caf\u00E9 Nine",
                                "https://t.co/abc",
                                "https://pbs.example.org/a.png",
                                true,
                                false)));
    }

    @Test
    void authorGivenByItsIdHasNothingElse() throws URISyntaxException {
        Item item = item("deleted-author-by-id");
        assertThat(item.author()).isEqualTo(new Item.Author("7", null, null, null, null, null, null));
        assertThat(item.source()).isEqualTo(new Item.Source("web", null));
    }

    @Test
    void defectiveSampleIsReadUpToItsDefect() throws URISyntaxException {
        assertThat(item("deleted-defective-sample"))
                .isEqualTo(new Item(
                        "240854986559455234",
                        null,
                        Instant.parse("2012-08-29T16:54:38Z"),
                        null,
                        null,
                        NO_COUNTS,
                        null));
    }

    @Test
    void unreadablePartsAreNullAndTheLongTextWins() throws URISyntaxException {
        assertThat(item("deleted-largest-id"))
                .isEqualTo(new Item("9223372036854775807", "cut short, or not", null, null, null, NO_COUNTS, null));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        {"id_str":"20"}                                | Deleted echo
        {"id":20}                                      | Deleted echo
        {"id":"20"}                                    | Deleted echo
        {"id_str":20}                                  | Deleted echo
        {"id_str":"20","id":21}                        | Deleted echo
        {"id_str":null,"id":20}                        | Deleted echo
        {"id_str":"","id":20}                          | Deleted echo
        {"id_str":"21","id":20}                        | Mismatched
        {"id_str":["20"],"id":20}                      | Faulted
        {"id_str":{"id":"20"},"id":20}                 | Faulted
        {"id_str":"20","id_str":"20"}                  | Faulted
        {"id":20,"id":20}                              | Faulted
        {"id":20.0}                                    | Faulted
        {"id":2e1}                                     | Faulted
        {"id_str":" 20"}                               | Faulted
        {"id_str":"020"}                               | Faulted
        {"text":"20"}                                  | Faulted
        {"user":{"id_str":"20"}}                       | Faulted
        {"retweeted_status":{"id_str":"20"}}           | Faulted
        [{"id_str":"20"}]                              | Faulted
        {"data":{"deleted":true}}                      | Faulted
        {"destroyed":true}                             | Faulted
        """)
    void onlyTheTweetsOwnIdConfirms(String body, String verdict) {
        assertThat(Transcript.words(decode(body))).isEqualTo(verdict);
    }

    @Test
    void hostileIdIsNotQuoted() {
        assertThat(decode("{\"id_str\":\"<script>" + "x".repeat(10_000) + "\"}"))
                .isInstanceOfSatisfying(
                        Verdict.Faulted.class,
                        faulted ->
                                assertThat(faulted.why()).hasSizeLessThan(200).doesNotContain("script"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"id\":20,\"full_text\":\"whole\",\"extended_tweet\":{\"full_text\":\"long\"},\"text\":\"cut\"}",
                "{\"id\":20,\"extended_tweet\":{\"full_text\":\"whole\"},\"text\":\"cut\"}",
                "{\"id\":20,\"text\":\"whole\"}",
                "{\"id\":20,\"full_text\":null,\"text\":\"whole\"}"
            })
    void longestTextComesFirst(String body) {
        assertThat(itemOf(decode(body)).text()).isEqualTo("whole");
    }

    @Test
    void oddTypesOfTheDocumentedUnretweetSampleAreRead() {
        Item.Author author = itemOf(decode("{\"id\":\"20\",\"user\":{\"id\":7,\"id_str\":8,\"protected\":0,"
                        + "\"verified\":1,\"profile_image_url\":\"http://a/b.png\"}}"))
                .author();
        assertThat(author).isEqualTo(new Item.Author("8", null, null, null, "http://a/b.png", true, false));
    }

    private static Item item(String transcript) throws URISyntaxException {
        var folder = Path.of(requireNonNull(TwitterTweetTest.class.getResource("/twitter-v1.1"))
                .toURI());
        Transcript read = Transcript.read(folder.resolve(transcript + ".http"));
        return itemOf(new TwitterDialect().decode(read.command(), read.response()));
    }

    private static Item itemOf(Verdict verdict) {
        return requireNonNull(((Verdict.Deleted) verdict).item());
    }

    private static Verdict decode(String body) {
        byte[] bytes = body.getBytes(UTF_8);
        var response = new WireResponse(
                200, Map.of("content-length", Integer.toString(bytes.length)), bytes, Transcript.RECEIVED_AT);
        return new TwitterDialect().decode(new DeleteCommand(Kind.POSTS, "20"), response);
    }
}
