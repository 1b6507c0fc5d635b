package io.unpost.gateway;

import java.util.List;
import org.glassfish.jersey.oauth1.signature.HmaSha1Method;
import org.glassfish.jersey.oauth1.signature.OAuth1Parameters;
import org.glassfish.jersey.oauth1.signature.OAuth1Secrets;
import org.glassfish.jersey.oauth1.signature.OAuth1SignatureException;

/// Checks signatures with Jersey's OAuth 1.0a, which shares nothing with the one under test.
///
/// @param token how the tokens of all accounts begin that share these secrets
/// @param secrets those of the app and of the tokens
record JerseyVerifier(String consumerKey, String token, OAuth1Secrets secrets) {

    /// The parameters of a genuine request's signature.
    ///
    /// @param form the body, URL-encoded
    /// @throws OAuth1SignatureException where it is not genuine
    OAuth1Parameters verified(String method, String url, String form, String authorization)
            throws OAuth1SignatureException {
        var request = new JerseyRequest(method, url, JerseyRequest.decoded(form), List.of(authorization));
        var parameters = new OAuth1Parameters().readRequest(request);
        boolean genuine = consumerKey.equals(parameters.getConsumerKey())
                && parameters.getToken() != null
                && parameters.getToken().startsWith(token)
                && HmaSha1Method.NAME.equals(parameters.getSignatureMethod())
                && parameters.getNonce() != null
                && JerseyRequest.signature().verify(request, parameters, secrets);
        if (!genuine) {
            throw new OAuth1SignatureException("not genuine");
        }
        return parameters;
    }
}
