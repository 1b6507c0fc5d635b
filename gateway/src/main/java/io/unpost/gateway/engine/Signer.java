package io.unpost.gateway.engine;

import io.unpost.dialect.PercentEncoding;
import io.unpost.dialect.WireRequest;
import io.unpost.dialect.WireRequest.Method;
import io.unpost.dialect.WireRequest.Parameter;
import java.net.URI;
import java.util.List;
import java.util.Map;

/// Puts an account's credentials on a request. Every attempt is signed afresh.
public interface Signer {

    /// The request as it goes to the provider at this base URL.
    SignedRequest sign(WireRequest request, URI baseUri);

    /// A request with its credentials in the `Authorization` header.
    static SignedRequest withAuthorization(String authorization, WireRequest request, URI baseUri) {
        // A signature covers the form only under this type: RFC 5849 section 3.4.1.3.1.
        Map<String, String> headers =
                request.method() == Method.POST || !request.form().isEmpty()
                        ? Map.of("Authorization", authorization, "Content-Type", "application/x-www-form-urlencoded")
                        : Map.of("Authorization", authorization);
        String query = encoded(request.query());
        URI uri = URI.create(baseUri + request.path() + (query.isEmpty() ? "" : "?" + query));
        return new SignedRequest(request.method(), uri, headers, encoded(request.form()));
    }

    private static String encoded(List<Parameter> parameters) {
        var encoded = new StringBuilder();
        for (Parameter parameter : parameters) {
            encoded.append(encoded.isEmpty() ? "" : "&");
            encoded.append(PercentEncoding.encode(parameter.name()))
                    .append('=')
                    .append(PercentEncoding.encode(parameter.value()));
        }
        return encoded.toString();
    }
}
