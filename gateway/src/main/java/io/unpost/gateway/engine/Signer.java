package io.unpost.gateway.engine;

import io.unpost.dialect.PercentEncoding;
import io.unpost.dialect.WireRequest;
import io.unpost.dialect.WireRequest.Method;
import io.unpost.dialect.WireRequest.Parameter;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// Puts an account's credentials on a request. Every attempt is signed afresh.
public interface Signer {

    /// The request as it goes to the provider at this base URL.
    SignedRequest sign(WireRequest request, URI baseUri);

    /// A request with its credentials in the `Authorization` header.
    static SignedRequest withAuthorization(String authorization, WireRequest request, URI baseUri) {
        var headers = new TreeMap<String, String>();
        headers.put("Authorization", authorization);
        // A signature covers the form only under this type: RFC 5849 section 3.4.1.3.1.
        if (request.method() == Method.POST || !request.form().isEmpty()) {
            headers.put("Content-Type", "application/x-www-form-urlencoded");
        }
        String query = encoded(request.query());
        URI uri = URI.create(baseUri + request.path() + (query.isEmpty() ? "" : "?" + query));
        return new SignedRequest(request.method(), uri, Map.copyOf(headers), encoded(request.form()));
    }

    private static String encoded(List<Parameter> parameters) {
        return parameters.stream()
                .map(parameter ->
                        PercentEncoding.encode(parameter.name()) + "=" + PercentEncoding.encode(parameter.value()))
                .collect(Collectors.joining("&"));
    }
}
