package io.unpost.gateway.sandbox;

import io.micronaut.context.annotation.Requires;
import io.micronaut.core.annotation.Order;
import io.unpost.gateway.accounts.Credentials;
import io.unpost.gateway.accounts.Secret;
import io.unpost.gateway.sandbox.OAuth1Verifier.Finding;
import io.unpost.gateway.sandbox.OAuth1Verifier.Keys;
import jakarta.inject.Singleton;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/// Twitter v1.1 with one account, its app's and its token's keys, and what it published.
@Singleton
@Order(1)
@Requires(env = "sandbox")
final class TwitterImitation implements Imitation {

    /// Where it is.
    static final String PATH = "/sandbox/twitter";

    /// What it accepts; anybody may know them.
    static final Keys KEYS = new Keys("demo-consumer-key", "demo-consumer-secret", "demo-token", "demo-token-secret");

    private final Stock posts = new Stock(
            "posts", TwitterSeeds.TWEETS, TwitterMagic.TWEETS, new TwitterVoice.Tweets(id -> this.retweet(id)));
    private final Stock reposts =
            new Stock("reposts", TwitterSeeds.RETWEETS, TwitterMagic.RETWEETS, new TwitterVoice.Retweets(posts));
    private final Stock messages =
            new Stock("messages", TwitterSeeds.MESSAGES, TwitterMagic.MESSAGES, new TwitterVoice.Messages());
    private final Stock collections = new Stock(
            "collections", TwitterSeeds.COLLECTIONS, TwitterMagic.COLLECTIONS, new TwitterVoice.Collections());
    private final AtomicLong transactions = new AtomicLong();
    private final InstantSource time;
    private final OAuth1Verifier verifier;

    TwitterImitation(InstantSource time) {
        this.time = time;
        this.verifier = new OAuth1Verifier(KEYS, time);
    }

    @Override
    public String provider() {
        return "Twitter v1.1";
    }

    @Override
    public DemoAccount account() {
        return new DemoAccount(
                "demo-twitter",
                "twitter-v1.1",
                PATH,
                new Credentials.OAuth1(
                        new Secret(KEYS.consumerKey()),
                        new Secret(KEYS.consumerSecret()),
                        new Secret(KEYS.token()),
                        new Secret(KEYS.tokenSecret())));
    }

    @Override
    public List<Stock> kinds() {
        return List.of(posts, reposts, messages, collections);
    }

    @Override
    public Reply withHeaders(Reply reply) {
        return TwitterHeaders.around(reply, time.instant(), transactions.incrementAndGet());
    }

    /// The tweets but for retweets.
    Stock posts() {
        return posts;
    }

    /// The retweets by their own ids.
    Stock reposts() {
        return reposts;
    }

    Stock messages() {
        return messages;
    }

    Stock collections() {
        return collections;
    }

    private Stock.Deletion retweet(String id) {
        return reposts.script(id).isPresent() ? new Stock.Deletion.Absent() : reposts.delete(id);
    }

    /// Checks who calls.
    Finding verify(Call call) {
        return verifier.verify(call);
    }
}
