package io.unpost.gateway.engine;

import io.unpost.dialect.WireRequest.Method;
import java.net.URI;
import java.util.Map;

/// A request as it goes over the wire, credentials and all.
///
/// @param method the verb
/// @param uri absolute, percent-encoded, query included; sent as it is
/// @param headers every header but `Host`, `Content-Length` and `User-Agent`
/// @param body the form, URL-encoded; empty where there is none
public record SignedRequest(Method method, URI uri, Map<String, String> headers, String body) {

    public SignedRequest {
        headers = Map.copyOf(headers);
    }

    /// Without headers, query and body, which hold credentials.
    @Override
    public String toString() {
        return method + " " + uri.getScheme() + "://" + uri.getRawAuthority() + uri.getRawPath();
    }
}
