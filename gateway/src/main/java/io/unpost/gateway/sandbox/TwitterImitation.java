package io.unpost.gateway.sandbox;

import io.micronaut.context.annotation.Requires;
import io.unpost.gateway.accounts.Credentials;
import io.unpost.gateway.accounts.Secret;
import io.unpost.gateway.sandbox.OAuth1Verifier.Finding;
import io.unpost.gateway.sandbox.OAuth1Verifier.Keys;
import jakarta.inject.Singleton;
import java.time.InstantSource;
import java.util.List;

/// Twitter v1.1 with one account, its app's and its token's keys, and some tweets.
@Singleton
@Requires(env = "sandbox")
final class TwitterImitation implements Imitation {

    /// Where it is.
    static final String PATH = "/sandbox/twitter";

    /// What it accepts; anybody may know them.
    static final Keys KEYS = new Keys("demo-consumer-key", "demo-consumer-secret", "demo-token", "demo-token-secret");

    private final PostStore posts = new PostStore(TwitterSeeds.all());
    private final OAuth1Verifier verifier;

    TwitterImitation(InstantSource time) {
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
    public PostStore posts() {
        return posts;
    }

    @Override
    public List<MagicId> magicIds() {
        return TwitterMagic.ALL.stream()
                .map(magic -> new MagicId(magic.id(), magic.does()))
                .toList();
    }

    /// Checks who calls.
    Finding verify(Call call) {
        return verifier.verify(call);
    }
}
