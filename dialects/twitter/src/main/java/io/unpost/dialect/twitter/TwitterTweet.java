package io.unpost.dialect.twitter;

import io.unpost.dialect.DeleteCommand;
import io.unpost.dialect.Item;
import io.unpost.dialect.Outcome.Verdict;
import io.unpost.dialect.ProviderSays;
import io.unpost.dialect.SpelledTime;
import io.unpost.dialect.WireResponse;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// What the tweet in an answer proves.
final class TwitterTweet {

    private static final int MOST_DIGITS = 19;

    private static final String SOURCE = "Twitter gave back the very tweet that was named, as it does where that is "
            + "the tweet which was retweeted, and then it does nothing; delete the repost by its own id.";

    private TwitterTweet() {}

    /// A destroy gives back the tweet that it destroyed.
    static Verdict destroyed(DeleteCommand command, WireResponse tweet, ProviderSays says) {
        String field = idField(tweet);
        String id = id(tweet, field).orElse("");
        if (id.equals(command.id())) {
            return Verdict.Deleted.echo(item(id, tweet), says);
        }
        if (!tweet.has(field)) {
            return Verdict.byStatus(tweet, says);
        }
        return id.isEmpty()
                ? new Verdict.Faulted("the answer names a tweet that cannot be read", says)
                : new Verdict.Mismatched(id, says);
    }

    /// An unretweet gives back the tweet that was retweeted. Where it gives back the very tweet that was named, that
    /// one may be no retweet, and then, says Twitter, nothing is done. Ids are compared as doubles: a number that
    /// JavaScript on the way has rounded is no other tweet.
    static Verdict unretweeted(DeleteCommand command, WireResponse tweet, ProviderSays says) {
        List<Double> ids = ids(tweet, "");
        boolean isTweet = Stream.of("/text", "/full_text", "/retweet_count", "/favorite_count")
                .anyMatch(tweet::has);
        if (ids.size() != 1 || ids.getFirst().isNaN() || !isTweet) {
            return Verdict.byStatus(tweet, says);
        }
        Item item = item(id(tweet, idField(tweet)).orElseThrow(), tweet);
        double asked = Double.parseDouble(command.id());
        return ids.contains(asked) || ids(tweet, "/retweeted_status").contains(asked)
                ? new Verdict.Unverified(SOURCE, item, says)
                : Verdict.Deleted.acknowledged(item, says);
    }

    private static List<Double> ids(WireResponse tweet, String at) {
        return Stream.of(at + "/id_str", at + "/id")
                .filter(tweet::has)
                .map(field -> id(tweet, field).map(Double::valueOf).orElse(Double.NaN))
                .distinct()
                .toList();
    }

    /// JavaScript on the way rounds the number, and never the string.
    private static String idField(WireResponse tweet) {
        return tweet.has("/id_str") ? "/id_str" : "/id";
    }

    private static Optional<String> id(WireResponse tweet, String field) {
        return tweet.at(field).filter(TwitterTweet::isId);
    }

    /// 1 to 19 digits, the first not 0.
    private static boolean isId(String text) {
        boolean digits = !text.isEmpty() && text.length() <= MOST_DIGITS && text.charAt(0) != '0';
        for (int i = 0; digits && i < text.length(); i++) {
            digits = text.charAt(i) >= '0' && text.charAt(i) <= '9';
        }
        return digits;
    }

    private static Item item(String id, WireResponse tweet) {
        return new Item(
                id,
                tweet.text("/full_text", "/extended_tweet/full_text", "/text"),
                tweet.time("/created_at", SpelledTime::read),
                Item.Source.ofMarkup(tweet.text("/source")),
                Item.InReplyTo.of(
                        tweet.text("/in_reply_to_status_id_str", "/in_reply_to_status_id"),
                        tweet.text("/in_reply_to_user_id_str", "/in_reply_to_user_id")),
                new Item.Counts(
                        tweet.count("/retweet_count"), tweet.count("/favorite_count"), tweet.count("/reply_count")),
                tweet.has("/user") ? author(tweet) : null);
    }

    private static Item.Author author(WireResponse tweet) {
        return new Item.Author(
                tweet.text("/user/id_str", "/user/id"),
                tweet.text("/user/screen_name"),
                tweet.text("/user/name"),
                tweet.text("/user/url"),
                tweet.text("/user/profile_image_url_https", "/user/profile_image_url"),
                tweet.flag("/user/verified"),
                tweet.flag("/user/protected"));
    }
}
