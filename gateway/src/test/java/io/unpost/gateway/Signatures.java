package io.unpost.gateway;

import java.time.Instant;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.glassfish.jersey.oauth1.signature.OAuth1Parameters;
import org.glassfish.jersey.oauth1.signature.OAuth1Secrets;
import org.glassfish.jersey.oauth1.signature.OAuth1SignatureException;

/// Checks the OAuth 1.0a signatures of requests, and that no nonce comes twice.
///
/// Accounts whose tokens begin in the same way share their secrets.
final class Signatures {

    private static final int TOLERANCE_SECONDS = 300;

    private final JerseyVerifier verifier;
    private final Set<String> nonces = ConcurrentHashMap.newKeySet();

    private volatile boolean anyTime;

    Signatures(String consumerKey, String consumerSecret, String token, String tokenSecret) {
        verifier = new JerseyVerifier(
                consumerKey,
                token,
                new OAuth1Secrets().consumerSecret(consumerSecret).tokenSecret(tokenSecret));
    }

    /// Takes any time for genuine from now on.
    void ignoreTime() {
        anyTime = true;
    }

    /// The token of a genuine request.
    ///
    /// @throws OAuth1SignatureException where it is not genuine
    String token(Request request) throws OAuth1SignatureException {
        OAuth1Parameters signed = verifier.verified(
                request.method(),
                "http://" + request.header("Host") + request.path(),
                request.query() + "&" + request.body(),
                request.header("Authorization"));
        long now = Instant.now().getEpochSecond();
        if (!anyTime && Math.abs(Long.parseLong(signed.getTimestamp()) - now) >= TOLERANCE_SECONDS) {
            throw new OAuth1SignatureException("a time that is not now");
        }
        if (!nonces.add(signed.getNonce())) {
            throw new OAuth1SignatureException("a nonce that came before");
        }
        return signed.getToken();
    }
}
