package io.unpost.gateway.sandbox;

import io.unpost.gateway.sandbox.Post.Owner;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

/// The tweets the imitation starts with.
final class TwitterSeeds {

    /// A tweet that some magic id is confused with.
    static final Post ANOTHER = mine("1015", "2021-02-15T13:00:00Z", "Nobody asked for this one");

    private static final Instant MAGIC_SINCE = Instant.parse("2026-01-01T00:00:00Z");

    private TwitterSeeds() {}

    /// All of them: those to play with, then one for each magic id that needs one.
    static List<Post> all() {
        return Stream.concat(toPlayWith(), forMagicIds()).toList();
    }

    private static Stream<Post> toPlayWith() {
        return Stream.of(
                mine("240854986559455234", "2012-08-29T16:54:38Z", "\"Quotes\": https://t.co/7UlkvZzM"),
                mine("9223372036854775807", "2026-01-02T03:04:05Z", "The largest id there can be"),
                mine("145344012", "2007-07-13T08:00:00Z", "One of the early ones, with a short id"),
                mine("1001", "2021-02-01T08:15:00Z", "Good morning!"),
                mine("1002", "2021-02-02T09:30:00Z", "Coffee &gt; tea &amp; that is that"),
                mine("1003", "2021-02-03T10:45:00Z", "Two lines:\nthis is the second"),
                mine("1004", "2021-02-04T12:00:00Z", "This seemed a good idea at the time"),
                mine("1005", "2021-02-05T13:15:00Z", "今天天气很好"),
                mine("1006", "2021-02-06T14:30:00Z", "Launch day 🚀"),
                mine("1007", "2021-02-07T15:45:00Z", "A backslash \\ and a {{brace}}"),
                mine("1008", "2021-02-08T17:00:00Z", "Typo in the next one"),
                mine("1009", "2021-02-09T18:15:00Z", "Tpyo in this one"),
                mine("1010", "2021-02-10T19:30:00Z", "Lost my keys again"),
                mine("1011", "2021-02-11T20:45:00Z", "Found them"),
                mine("1012", "2021-02-12T22:00:00Z", "Naïve café résumé"),
                mine("1013", "2021-02-13T23:15:00Z", "Unlucky for some"),
                mine("1014", "2021-02-14T12:00:00Z", "Roses are red"),
                ANOTHER,
                mine("1349969223154606081", "2021-01-15T06:50:00Z", "An id that a double cannot hold"),
                theirs("20", "2006-03-21T20:50:14Z", "Somebody else's: very early"),
                theirs("2001", "2021-03-01T08:00:00Z", "Somebody else's: hands off"),
                theirs("1050118621198921728", "2018-10-10T20:19:24Z", "Somebody else's: with a long id"));
    }

    private static Stream<Post> forMagicIds() {
        return TwitterMagic.ALL.stream()
                .filter(magic -> magic.script().needsTweet())
                .map(magic -> new Post(magic.id(), Owner.DEMO_ACCOUNT, MAGIC_SINCE, "Magic: " + magic.does()));
    }

    private static Post mine(String id, String createdAt, String text) {
        return new Post(id, Owner.DEMO_ACCOUNT, Instant.parse(createdAt), text);
    }

    private static Post theirs(String id, String createdAt, String text) {
        return new Post(id, Owner.SOMEBODY_ELSE, Instant.parse(createdAt), text);
    }
}
