package io.unpost.gateway.sandbox;

import static io.unpost.gateway.sandbox.Post.mine;
import static io.unpost.gateway.sandbox.Post.theirs;

import java.util.List;

/// What there is at the imitated Twitter at the start, beside what magic ids need.
final class TwitterSeeds {

    /// A tweet that some magic id is confused with.
    static final Post ANOTHER = mine("1015", "2021-02-15T13:00:00Z", "Nobody asked for this one");

    private static final Post EARLY = theirs("20", "2006-03-21T20:50:14Z", "Somebody else's: very early");

    /// The tweet that the demo account retweeted.
    static final Post ORIGINAL =
            theirs("240556426106372096", "2012-08-28T21:08:15Z", "Somebody else's: and retweeted by the demo account");

    static final List<Post> TWEETS = List.of(
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
            EARLY,
            theirs("2001", "2021-03-01T08:00:00Z", "Somebody else's: hands off"),
            theirs("1050118621198921728", "2018-10-10T20:19:24Z", "Somebody else's: with a long id"),
            ORIGINAL);

    static final List<Post> RETWEETS = List.of(
            mine("241259202004267009", "2012-08-30T19:40:50Z", "A retweet of the tweet 240556426106372096")
                    .repeating(ORIGINAL),
            mine("1349969223154606082", "2021-01-15T06:55:00Z", "A retweet of the tweet 20")
                    .repeating(EARLY),
            theirs("2002", "2021-03-02T08:00:00Z", "Somebody else's: a retweet"));

    static final List<Post> MESSAGES = List.of(
            mine("938178981337088004", "2017-12-05T22:51:14Z", "A message"),
            mine("1050118621198921729", "2018-10-10T20:19:25Z", "A message with a long id"),
            mine("3001", "2021-04-01T08:00:00Z", "A message with a short id"));

    static final List<Post> COLLECTIONS = List.of(
            mine("custom-390882285743898624", "2013-10-17T16:49:33Z", "A collection"),
            mine("custom-388061495298244609", "2013-10-09T22:00:44Z", "Another collection"),
            mine("custom-4001", "2021-05-01T08:00:00Z", "A collection with a short id"));

    private TwitterSeeds() {}
}
