package io.unpost.gateway.sandbox;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.micronaut.context.annotation.Requires;
import io.micronaut.core.annotation.Order;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.unpost.gateway.accounts.Credentials;
import io.unpost.gateway.accounts.Secret;
import io.unpost.gateway.sandbox.OAuth1Verifier.Keys;
import jakarta.inject.Singleton;
import java.security.MessageDigest;
import java.time.InstantSource;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Sina Weibo v1 with one account, which comes with its password or with OAuth, and what it published.
@Singleton
@Order(2)
@Requires(env = "sandbox")
final class WeiboImitation implements Imitation {

    /// Where it is.
    static final String PATH = "/sandbox/weibo";

    /// What it accepts by OAuth; anybody may know them.
    static final Keys KEYS = new Keys("demo-app-key", "demo-app-secret", "demo-token", "demo-token-secret");

    private static final String USERNAME = "demo@unpost.example";
    private static final String PASSWORD = "demo:password";
    private static final String BASIC = Base64.getEncoder().encodeToString((USERNAME + ":" + PASSWORD).getBytes(UTF_8));

    private final Stock statuses =
            new Stock("posts", WeiboSeeds.STATUSES, WeiboMagic.STATUSES, new WeiboVoice.Statuses());
    private final Stock messages =
            new Stock("messages", WeiboSeeds.MESSAGES, WeiboMagic.MESSAGES, new WeiboVoice.Messages());
    private final OAuth1Verifier verifier;

    WeiboImitation(InstantSource time) {
        this.verifier = new OAuth1Verifier(KEYS, time);
    }

    @Override
    public String provider() {
        return "Sina Weibo v1";
    }

    @Override
    public DemoAccount account() {
        return new DemoAccount(
                "demo-weibo",
                "weibo-v1",
                PATH,
                new Credentials.Basic(
                        new Secret(USERNAME), new Secret(PASSWORD), Map.of("source", new Secret(KEYS.consumerKey()))));
    }

    @Override
    public List<Stock> kinds() {
        return List.of(statuses, messages);
    }

    @Override
    public Reply withHeaders(Reply reply) {
        return reply.with(Map.of("server", "weibo_sandbox", "pragma", "No-cache", "cache-control", "no-cache"));
    }

    /// The statuses, reposts among them.
    Stock statuses() {
        return statuses;
    }

    Stock messages() {
        return messages;
    }

    /// What is said to a caller that is not let in; empty where it is.
    Optional<Reply> refusal(HttpRequest<?> request, Call call) {
        String authorization = request.getHeaders().get(HttpHeaders.AUTHORIZATION, String.class, "");
        if (authorization.regionMatches(true, 0, "Basic ", 0, 6)) {
            return refusalOfBasic(authorization, call);
        }
        return switch (verifier.verify(call)) {
            case GENUINE -> Optional.empty();
            case MISSING -> Optional.of(WeiboError.reply(call, 401, "authentication is required"));
            case UNKNOWN_KEY -> refused(WeiboError.UNKNOWN_APP, call);
            case UNKNOWN_TOKEN -> refused(WeiboError.UNKNOWN_TOKEN, call);
            case CLOCK -> refused(WeiboError.CLOCK, call);
            case FORGED -> refused(WeiboError.FORGED, call);
            case REPLAYED -> refused(WeiboError.REPLAYED, call);
        };
    }

    private static Optional<Reply> refusalOfBasic(String authorization, Call call) {
        String source = call.value("source").orElse("");
        if (source.isEmpty()) {
            return refused(WeiboError.SOURCE_MISSING, call);
        }
        if (!source.equals(KEYS.consumerKey())) {
            return refused(WeiboError.UNKNOWN_APP, call);
        }
        byte[] expected = BASIC.getBytes(UTF_8);
        byte[] given = authorization.substring(6).strip().getBytes(UTF_8);
        return MessageDigest.isEqual(expected, given)
                ? Optional.empty()
                : refused(WeiboError.AUTHENTICATION_FAILED, call);
    }

    private static Optional<Reply> refused(WeiboError error, Call call) {
        return Optional.of(error.reply(call));
    }
}
