package io.unpost.dialect.weibo;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.unpost.dialect.Item;
import io.unpost.dialect.Outcome.Verdict;
import io.unpost.dialect.testkit.Transcript;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class WeiboStatusTest {

    private static final Item.Counts NO_COUNTS = new Item.Counts(null, null, null);

    @Test
    void statusIsTheSameInEachFormat() throws URISyntaxException {
        var status = new Item(
                "5612814510546515491",
                "酒香 & <面包>，第一炉 \uD83D\uDE00",
                Instant.parse("2010-12-02T07:09:11Z"),
                new Item.Source("Oven", "http://example.org/oven?a=1&b=2"),
                null,
                NO_COUNTS,
                new Item.Author(
                        "11051", "cafenine", "cafenine", null, "http://tp4.example.org/11051/50/1", true, null));
        assertThat(item("deleted")).isEqualTo(status);
        assertThat(item("deleted-xml")).isEqualTo(status);
        assertThat(item("deleted-by-delete")).isEqualTo(status);
        assertThat(item("deleted-xml-by-delete")).isEqualTo(status);
    }

    @Test
    void messageIsItsSendersInEachFormat() throws URISyntaxException {
        var message = new Item(
                "3362712",
                "明天见？",
                Instant.parse("2010-12-13T06:56:03Z"),
                null,
                null,
                NO_COUNTS,
                new Item.Author("11051", "cafenine", "cafenine", null, null, false, null));
        assertThat(item("message-deleted")).isEqualTo(message);
        assertThat(item("message-deleted-xml")).isEqualTo(message);
    }

    @Test
    void defectiveSampleIsReadWhole() throws URISyntaxException {
        assertThat(item("deleted-defective-sample"))
                .isEqualTo(new Item(
                        "1472669360",
                        "I don't mean this in a bad way, but bread & butter will do. RT @oven: breakfast",
                        Instant.parse("2009-04-07T22:52:51Z"),
                        new Item.Source("Deck", "http://www.example.com/"),
                        null,
                        NO_COUNTS,
                        new Item.Author(
                                "1401882",
                                "baker",
                                "The Baker",
                                "http://www.example.org",
                                "avatar_normal.png",
                                true,
                                false)));
    }

    @Test
    void repostIsItselfAndNotWhatItReposts() throws URISyntaxException {
        assertThat(item("repost-deleted"))
                .isEqualTo(new Item(
                        "5612814510546515492",
                        "转发微博",
                        Instant.parse("2010-12-02T07:10:00Z"),
                        new Item.Source("web", null),
                        null,
                        NO_COUNTS,
                        new Item.Author("11051", "cafenine", null, null, null, null, null)));
    }

    private static Item item(String transcript) throws URISyntaxException {
        var folder = Path.of(
                requireNonNull(WeiboStatusTest.class.getResource("/weibo-v1")).toURI());
        Transcript read = Transcript.read(folder.resolve(transcript + ".http"));
        Verdict verdict = new WeiboDialect().decode(read.command(), read.response());
        return requireNonNull(((Verdict.Deleted) verdict).item());
    }
}
