package io.unpost.gateway.sandbox;

import io.unpost.gateway.JerseyRequest;
import io.unpost.gateway.sandbox.Call.Parameter;
import io.unpost.gateway.sandbox.OAuth1Verifier.Keys;
import java.util.ArrayList;
import java.util.List;
import org.glassfish.jersey.oauth1.signature.HmaSha1Method;
import org.glassfish.jersey.oauth1.signature.OAuth1Parameters;
import org.glassfish.jersey.oauth1.signature.OAuth1Secrets;
import org.glassfish.jersey.oauth1.signature.OAuth1SignatureException;

/// Signs requests with Jersey's OAuth 1.0a, which shares nothing with the one under test.
final class JerseySigner {

    private JerseySigner() {}

    /// The value of the `Authorization` header.
    ///
    /// @param parameters those of query and form, decoded
    static String authorization(
            String method, String url, List<Parameter> parameters, Keys keys, long timestamp, String nonce) {
        var oauth = new OAuth1Parameters()
                .consumerKey(keys.consumerKey())
                .token(keys.token())
                .signatureMethod(HmaSha1Method.NAME)
                .timestamp(Long.toString(timestamp))
                .nonce(nonce)
                .version("1.0");
        var secrets = new OAuth1Secrets().consumerSecret(keys.consumerSecret()).tokenSecret(keys.tokenSecret());
        var request = new JerseyRequest(
                method,
                url,
                parameters.stream()
                        .map(parameter -> new JerseyRequest.Parameter(parameter.name(), parameter.value()))
                        .toList(),
                new ArrayList<>());
        try {
            JerseyRequest.signature().sign(request, oauth, secrets);
        } catch (OAuth1SignatureException e) {
            throw new AssertionError(e);
        }
        return request.authorization().getFirst();
    }
}
