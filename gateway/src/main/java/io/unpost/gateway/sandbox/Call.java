package io.unpost.gateway.sandbox;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.MediaType;
import java.net.URI;
import java.net.URLDecoder;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// A request as OAuth 1.0a looks at it (RFC 5849 section 3.4.1).
///
/// @param method the verb
/// @param url scheme, host and path as the client addressed them, without the query
/// @param parameters those of the query, of a form and of the `Authorization` header, decoded; a name may come twice
record Call(String method, String url, List<Parameter> parameters) {

    private static final Pattern HEADER = Pattern.compile("OAuth\\s+(.*)", Pattern.CASE_INSENSITIVE);
    private static final Pattern HEADER_PARAMETER = Pattern.compile("\\s*([^=\"]+?)\\s*=\\s*\"([^\"]*)\"\\s*(?:,|$)");

    /// A name and its value, both decoded.
    record Parameter(String name, String value) {}

    Call {
        parameters = List.copyOf(parameters);
    }

    /// Reads a request that was received over HTTP.
    static Call of(HttpRequest<?> request, byte[] body) {
        var parameters = new ArrayList<Parameter>();
        addForm(parameters, request.getUri().getRawQuery());
        if (request.getContentType().filter(Call::isForm).isPresent()) {
            addForm(parameters, new String(body, UTF_8));
        }
        addHeader(parameters, request.getHeaders().get(HttpHeaders.AUTHORIZATION));
        return new Call(request.getMethodName(), url(request), parameters);
    }

    /// The value of the first parameter of this name.
    Optional<String> value(String name) {
        return parameters.stream()
                .filter(parameter -> parameter.name().equals(name))
                .map(Parameter::value)
                .findFirst();
    }

    /// The path behind this one, encoded.
    ///
    /// @param parent the beginning of this path
    String pathBelow(String parent) {
        return URI.create(url).getRawPath().substring(parent.length());
    }

    private static boolean isForm(MediaType type) {
        return type.matches(MediaType.APPLICATION_FORM_URLENCODED_TYPE);
    }

    private static String url(HttpRequest<?> request) {
        String scheme = request.isSecure() ? "https" : "http";
        String host = Optional.ofNullable(request.getHeaders().get(HttpHeaders.HOST))
                .orElse("")
                .toLowerCase(Locale.ROOT);
        String defaultPort = request.isSecure() ? ":443" : ":80";
        if (host.endsWith(defaultPort)) {
            host = host.substring(0, host.length() - defaultPort.length());
        }
        return scheme + "://" + host + request.getUri().getRawPath();
    }

    private static void addForm(List<Parameter> parameters, @Nullable String encoded) {
        if (encoded == null) {
            return;
        }
        for (String pair : encoded.split("&", -1)) {
            if (!pair.isEmpty()) {
                int equals = pair.indexOf('=');
                String name = equals < 0 ? pair : pair.substring(0, equals);
                parameters.add(new Parameter(decode(name), equals < 0 ? "" : decode(pair.substring(equals + 1))));
            }
        }
    }

    private static void addHeader(List<Parameter> parameters, @Nullable String authorization) {
        Matcher header = HEADER.matcher(authorization == null ? "" : authorization);
        if (!header.matches()) {
            return;
        }
        Matcher parameter = HEADER_PARAMETER.matcher(header.group(1));
        while (parameter.lookingAt()) {
            String name = decodePercent(parameter.group(1));
            if (!name.equals("realm")) {
                parameters.add(new Parameter(name, decodePercent(parameter.group(2))));
            }
            parameter.region(parameter.end(), parameter.regionEnd());
        }
    }

    /// A plus sign stands for itself in a header and for a space in a form.
    private static String decodePercent(String encoded) {
        return decode(encoded.replace("+", "%2B"));
    }

    private static String decode(String encoded) {
        try {
            return URLDecoder.decode(encoded, UTF_8);
        } catch (IllegalArgumentException _) {
            // Nobody can have signed this; left as it is, it fails the signature.
            return encoded;
        }
    }
}
