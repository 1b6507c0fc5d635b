package io.unpost.gateway.benchmark;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.unpost.dialect.DeleteCommand;
import io.unpost.dialect.Kind;
import io.unpost.dialect.Options;
import io.unpost.dialect.PercentEncoding;
import io.unpost.dialect.WireRequest;
import io.unpost.gateway.accounts.Credentials.OAuth1;
import io.unpost.gateway.accounts.Secret;
import io.unpost.gateway.engine.Nonces;
import io.unpost.gateway.engine.OAuth1Signer;
import io.unpost.gateway.engine.SignedRequest;
import io.unpost.gateway.engine.Signers;
import java.net.URI;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/// Signs a delete with OAuth 1.0a. The keys are dead ones, from Twitter's own pages.
@State(Scope.Benchmark)
public class SignDelete {

    private static final String CONSUMER_KEY = "xvz1evFS4wEEPTGEFPHBog";
    private static final String CONSUMER_SECRET = "kAcSOqF21Fu85e7zjz7ZN2U4ZRhfV3WpwPAoE3Z7kBw";
    private static final String TOKEN = "370773112-GmHxMAgYyLbNEtIKZeRNFsMKPR9EyMZeS9weJAEb";
    private static final String TOKEN_SECRET = "LswwdoUaIvS8ltyTt5jkRh4J50vUPVVHtR2YPi5kE";

    private final URI base = URI.create("https://api.twitter.com");
    private final WireRequest request = Bodies.dialect("twitter-v1.1")
            .encode(new DeleteCommand(Kind.POSTS, Bodies.TWEET_ID), new Options(Map.of()));
    private final Nonces nonces = new Nonces(new SecureRandom()::nextBytes);
    private final OAuth1 credentials = new OAuth1(
            new Secret(CONSUMER_KEY), new Secret(CONSUMER_SECRET), new Secret(TOKEN), new Secret(TOKEN_SECRET));
    private final OAuth1Signer signer = new OAuth1Signer(credentials, InstantSource.system(), nonces);
    private final Signers signers = new Signers(InstantSource.system(), nonces);
    private final String baseString = "POST&"
            + PercentEncoding.encode("https://api.twitter.com" + request.path())
            + "&"
            + PercentEncoding.encode("oauth_consumer_key=" + CONSUMER_KEY + "&oauth_nonce=" + nonces.get()
                    + "&oauth_signature_method=HMAC-SHA1&oauth_timestamp=1318622958&oauth_token=" + TOKEN
                    + "&oauth_version=1.0&tweet_mode=extended");
    private final String key = CONSUMER_SECRET + "&" + TOKEN_SECRET;

    /// Nonce, timestamp, base string, HMAC and header.
    @Benchmark
    public String sign() {
        return signer.authorization(request, base);
    }

    /// The same, and the request that is sent with it: address, headers and form, as an attempt has it made.
    @Benchmark
    public SignedRequest request() {
        return signers.of(credentials, Duration.ZERO).sign(request, base);
    }

    /// HMAC-SHA1 and Base64 of such a base string, and nothing else.
    @Benchmark
    public String yardstick() throws GeneralSecurityException {
        Mac mac = Mac.getInstance("HmacSHA1");
        mac.init(new SecretKeySpec(key.getBytes(UTF_8), "HmacSHA1"));
        return Base64.getEncoder().encodeToString(mac.doFinal(baseString.getBytes(UTF_8)));
    }
}
