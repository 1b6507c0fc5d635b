package io.unpost.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.lang.reflect.Proxy;
import java.net.MalformedURLException;
import java.net.URI;
import java.net.URL;
import java.net.URLDecoder;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.glassfish.jersey.internal.inject.InjectionManager;
import org.glassfish.jersey.oauth1.signature.HmaSha1Method;
import org.glassfish.jersey.oauth1.signature.OAuth1Request;
import org.glassfish.jersey.oauth1.signature.OAuth1Signature;

/// A request as Jersey's OAuth 1.0a wants to see it, which shares nothing with the one under test.
///
/// @param parameters those of query and form, decoded
/// @param authorization the values of the `Authorization` header; signing adds one
public record JerseyRequest(String method, String url, List<Parameter> parameters, List<String> authorization)
        implements OAuth1Request {

    /// A name and its value, both decoded.
    public record Parameter(String name, String value) {}

    /// Jersey's implementation, with HMAC-SHA1.
    ///
    /// It asks its container for the signature methods and for nothing else; the container itself is not needed.
    public static OAuth1Signature signature() {
        var container = (InjectionManager) Proxy.newProxyInstance(
                JerseyRequest.class.getClassLoader(), new Class<?>[] {InjectionManager.class}, (_, asked, _) -> {
                    if (asked.getName().equals("getAllInstances")) {
                        return List.of(new HmaSha1Method());
                    }
                    throw new AssertionError("Jersey asks for " + asked.getName());
                });
        return new OAuth1Signature(container);
    }

    /// The parameters of a query or form as it goes over the wire, decoded by the JDK.
    public static List<Parameter> decoded(String pairs) {
        return Arrays.stream(pairs.split("&", -1))
                .filter(pair -> !pair.isEmpty())
                .map(pair -> pair.split("=", 2))
                .map(pair -> new Parameter(URLDecoder.decode(pair[0], UTF_8), URLDecoder.decode(pair[1], UTF_8)))
                .toList();
    }

    @Override
    public String getRequestMethod() {
        return method;
    }

    @Override
    public URL getRequestURL() {
        try {
            return URI.create(url).toURL();
        } catch (MalformedURLException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public Set<String> getParameterNames() {
        return parameters.stream().map(Parameter::name).collect(Collectors.toSet());
    }

    @Override
    public List<String> getParameterValues(String name) {
        return parameters.stream()
                .filter(parameter -> parameter.name().equals(name))
                .map(Parameter::value)
                .toList();
    }

    @Override
    public List<String> getHeaderValues(String name) {
        return name.equalsIgnoreCase("Authorization") ? authorization : List.of();
    }

    @Override
    public void addHeaderValue(String name, String value) {
        authorization.add(value);
    }
}
