package io.unpost.gateway.sandbox;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.unpost.gateway.sandbox.Call.Parameter;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/// Checks the OAuth 1.0a signatures of one app with one token, as a provider does.
final class OAuth1Verifier {

    private static final Duration TOLERANCE = Duration.ofMinutes(5);
    private static final Pattern SECONDS = Pattern.compile("[0-9]{1,18}");
    private static final List<String> REQUIRED = List.of(
            "oauth_consumer_key",
            "oauth_token",
            "oauth_signature_method",
            "oauth_signature",
            "oauth_timestamp",
            "oauth_nonce");

    /// What came of a check.
    enum Finding {
        GENUINE,
        /// A part of the credentials is missing, or all of them.
        MISSING,
        UNKNOWN_KEY,
        UNKNOWN_TOKEN,
        /// The timestamp is more than five minutes off, or no number.
        CLOCK,
        /// The signature is another one, or of another method or version, or a parameter came twice.
        FORGED,
        /// A genuine request that came before.
        REPLAYED
    }

    /// An app's key and an account's token, with their secrets.
    record Keys(String consumerKey, String consumerSecret, String token, String tokenSecret) {

        /// Without the secrets.
        @Override
        public String toString() {
            return consumerKey + ", " + token;
        }
    }

    private final Keys keys;
    private final InstantSource time;
    private final NavigableMap<Long, Set<String>> nonces = new TreeMap<>();

    OAuth1Verifier(Keys keys, InstantSource time) {
        this.keys = keys;
        this.time = time;
    }

    /// Checks a call, and remembers the nonce of a genuine one.
    Finding verify(Call call) {
        Map<String, String> values = new HashMap<>();
        boolean twice = false;
        for (Parameter parameter : call.parameters()) {
            twice |= values.put(parameter.name(), parameter.value()) != null;
        }
        if (!values.keySet().containsAll(REQUIRED)) {
            return Finding.MISSING;
        }
        if (!keys.consumerKey().equals(values.get("oauth_consumer_key"))) {
            return Finding.UNKNOWN_KEY;
        }
        if (!keys.token().equals(values.get("oauth_token"))) {
            return Finding.UNKNOWN_TOKEN;
        }
        String timestamp = values.getOrDefault("oauth_timestamp", "");
        if (!isNow(timestamp)) {
            return Finding.CLOCK;
        }
        if (twice || !isSigned(call, values)) {
            return Finding.FORGED;
        }
        return isNew(Long.parseLong(timestamp), values.getOrDefault("oauth_nonce", ""))
                ? Finding.GENUINE
                : Finding.REPLAYED;
    }

    private boolean isNow(String timestamp) {
        return SECONDS.matcher(timestamp).matches()
                && Math.abs(Long.parseLong(timestamp) - now()) <= TOLERANCE.toSeconds();
    }

    private boolean isSigned(Call call, Map<String, String> values) {
        String expected = OAuth1.signature(call, keys.consumerSecret(), keys.tokenSecret());
        String given = values.getOrDefault("oauth_signature", "");
        return MessageDigest.isEqual(expected.getBytes(UTF_8), given.getBytes(UTF_8))
                && "HMAC-SHA1".equals(values.get("oauth_signature_method"))
                && "1.0".equals(values.getOrDefault("oauth_version", "1.0"));
    }

    private synchronized boolean isNew(long timestamp, String nonce) {
        // What is older is refused for its timestamp, so it need not be remembered.
        nonces.headMap(now() - TOLERANCE.toSeconds()).clear();
        return nonces.computeIfAbsent(timestamp, _ -> new HashSet<>()).add(nonce);
    }

    private long now() {
        return time.instant().getEpochSecond();
    }
}
