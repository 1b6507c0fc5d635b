package io.unpost.gateway.engine;

import io.unpost.gateway.JerseyRequest;
import io.unpost.gateway.accounts.Credentials.OAuth1;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.glassfish.jersey.oauth1.signature.OAuth1Parameters;
import org.glassfish.jersey.oauth1.signature.OAuth1Secrets;
import org.glassfish.jersey.oauth1.signature.OAuth1SignatureException;

/// Verifies whole requests with Jersey's OAuth 1.0a and the JDK's form decoding, which share nothing with the signer.
final class JerseyVerifier {

    private JerseyVerifier() {}

    /// Whether a provider that knows these credentials takes the request for genuine.
    static boolean genuine(SignedRequest request, OAuth1 credentials) {
        var received = received(request);
        var oauth = new OAuth1Parameters().readRequest(received);
        var secrets = new OAuth1Secrets()
                .consumerSecret(credentials.consumerSecret().value())
                .tokenSecret(credentials.tokenSecret().value());
        try {
            return credentials.consumerKey().value().equals(oauth.getConsumerKey())
                    && credentials.token().value().equals(oauth.getToken())
                    && "1.0".equals(oauth.getVersion())
                    && JerseyRequest.signature().verify(received, oauth, secrets);
        } catch (OAuth1SignatureException e) {
            throw new AssertionError(e);
        }
    }

    /// Its parameters are those of the query, and those of the body where it says that it is a form.
    private static JerseyRequest received(SignedRequest request) {
        var parameters = new ArrayList<>(
                JerseyRequest.decoded(Objects.requireNonNullElse(request.uri().getRawQuery(), "")));
        if ("application/x-www-form-urlencoded".equals(request.headers().get("Content-Type"))) {
            parameters.addAll(JerseyRequest.decoded(request.body()));
        }
        String authorization = request.headers().get("Authorization");
        return new JerseyRequest(
                request.method().name(),
                request.uri().toString(),
                parameters,
                authorization == null ? List.of() : List.of(authorization));
    }
}
