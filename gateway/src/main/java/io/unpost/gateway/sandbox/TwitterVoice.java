package io.unpost.gateway.sandbox;

import io.unpost.gateway.sandbox.Stock.Deletion;
import io.unpost.gateway.sandbox.TwitterTweet.Author;
import io.unpost.gateway.sandbox.TwitterTweet.Mode;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/// How Twitter answers deletes, kind by kind.
final class TwitterVoice {

    private static final Set<String> YES = Set.of("true", "t", "1");

    private TwitterVoice() {}

    /// A tweet is its own answer, and so is a retweet that is destroyed by its own id.
    ///
    /// @param retweets deletes a retweet of this id
    record Tweets(Function<String, Deletion> retweets) implements Voice {

        @Override
        public Reply deleted(Call call, Post post) {
            return tweet(call, post);
        }

        @Override
        public Reply absent(Call call, String id) {
            return switch (retweets.apply(id)) {
                case Deletion.Done(var retweet) -> tweet(call, retweet);
                case Deletion.Foreign() -> foreign(call);
                case Deletion.Absent() -> TwitterError.STATUS_MISSING.reply();
            };
        }

        @Override
        public Reply foreign(Call call) {
            return TwitterError.NOT_OWNER.reply();
        }
    }

    /// A retweet answers with the tweet that it repeated. Any other tweet answers with itself, and nothing happens.
    ///
    /// @param tweets what there is beside retweets
    record Retweets(Stock tweets) implements Voice {

        @Override
        public Reply deleted(Call call, Post post) {
            Post original = post.original();
            return tweet(call, original == null ? TwitterSeeds.ORIGINAL : original);
        }

        @Override
        public Reply absent(Call call, String id) {
            return tweets.find(id)
                    .filter(_ -> tweets.script(id).isEmpty())
                    .map(source -> tweet(call, source))
                    .orElseGet(TwitterError.STATUS_MISSING::reply);
        }

        @Override
        public Reply foreign(Call call) {
            return TwitterError.NOT_OWNER.reply();
        }
    }

    /// A message answers with nothing, said to be HTML, as recorded.
    record Messages() implements Voice {

        @Override
        public Reply deleted(Call call, Post post) {
            return new Reply(204, Reply.HTML, Map.of(), "");
        }

        @Override
        public Reply absent(Call call, String id) {
            return TwitterError.PAGE_MISSING.reply();
        }

        @Override
        public Reply foreign(Call call) {
            return TwitterError.PAGE_MISSING.reply();
        }
    }

    /// A collection answers with a word.
    record Collections() implements Voice {

        @Override
        public Reply deleted(Call call, Post post) {
            return Reply.json(200, "{\"destroyed\": true}");
        }

        @Override
        public Reply absent(Call call, String id) {
            return TwitterError.PAGE_MISSING.reply();
        }

        @Override
        public Reply foreign(Call call) {
            return TwitterError.PAGE_MISSING.reply();
        }
    }

    private static Reply tweet(Call call, Post post) {
        Author author = call.value("trim_user").filter(YES::contains).isPresent() ? Author.TRIMMED : Author.FULL;
        Mode mode = call.value("tweet_mode").filter("extended"::equals).isPresent() ? Mode.EXTENDED : Mode.COMPATIBLE;
        return Reply.json(200, TwitterTweet.json(post, author, mode));
    }
}
