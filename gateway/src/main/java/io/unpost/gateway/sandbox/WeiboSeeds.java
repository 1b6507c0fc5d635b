package io.unpost.gateway.sandbox;

import static io.unpost.gateway.sandbox.Post.mine;
import static io.unpost.gateway.sandbox.Post.theirs;

import java.util.List;

/// What there is at the imitated Weibo at the start, beside what magic ids need.
final class WeiboSeeds {

    /// A status that some magic id is confused with.
    static final Post ANOTHER = mine("2015", "2011-02-15T13:00:00Z", "Nobody asked for this one");

    private static final Post ORIGINAL =
            theirs("3001000000000001", "2011-01-01T00:00:00Z", "Somebody else's: and reposted by the demo account");

    static final List<Post> STATUSES = List.of(
            mine("1472669360", "2010-12-02T07:09:11Z", "R&B <live> \"tonight\", it's 今晚 🎉"),
            mine("9223372036854775807", "2026-01-02T03:04:05Z", "The largest id there can be"),
            mine("2001", "2011-02-01T08:15:00Z", "Good morning! 早上好"),
            mine("2002", "2011-02-02T09:30:00Z", "Written as &amp; and &lt;b&gt;"),
            mine("2003", "2011-02-03T10:45:00Z", "Two lines:\nthis is the second"),
            mine("2004", "1970-01-01T00:00:00Z", "A placeholder for a date"),
            mine("2005", "2011-02-05T13:15:00Z", "]]> and a backslash \\"),
            ANOTHER,
            mine("3001000000000002", "2011-01-01T00:05:00Z", "A repost, which is a status of its own")
                    .repeating(ORIGINAL),
            ORIGINAL,
            theirs("2100", "2011-03-01T08:00:00Z", "Somebody else's: hands off"));

    static final List<Post> MESSAGES = List.of(
            mine("4001", "2011-04-01T08:00:00Z", "A message & \"quotes\" 私信 💌"),
            mine("4002", "2011-04-02T08:00:00Z", "Another message"),
            theirs("4100", "2011-04-03T08:00:00Z", "Somebody else's: a message"));

    private WeiboSeeds() {}
}
