package io.unpost.gateway.sandbox;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.unpost.gateway.sandbox.Call.Parameter;
import java.net.URLEncoder;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// The signature of OAuth 1.0a with HMAC-SHA1 (RFC 5849 sections 3.4.1, 3.4.2 and 3.6).
final class OAuth1 {

    private static final String ALGORITHM = "HmacSHA1";

    private OAuth1() {}

    /// What is signed; `oauth_signature` itself is left out.
    static String baseString(Call call) {
        List<Parameter> encoded = call.parameters().stream()
                .filter(parameter -> !parameter.name().equals("oauth_signature"))
                .map(parameter -> new Parameter(encode(parameter.name()), encode(parameter.value())))
                .sorted(Comparator.comparing(Parameter::name).thenComparing(Parameter::value))
                .toList();
        String parameters = encoded.stream()
                .map(parameter -> parameter.name() + "=" + parameter.value())
                .collect(Collectors.joining("&"));
        return encode(call.method()) + "&" + encode(call.url()) + "&" + encode(parameters);
    }

    static String signature(Call call, String consumerSecret, String tokenSecret) {
        String key = encode(consumerSecret) + "&" + encode(tokenSecret);
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(key.getBytes(UTF_8), ALGORITHM));
            return Base64.getEncoder()
                    .encodeToString(mac.doFinal(baseString(call).getBytes(UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has " + ALGORITHM, e);
        }
    }

    /// Percent-encodes everything but the unreserved characters of RFC 3986.
    static String encode(String text) {
        // URLEncoder speaks the form encoding, which differs in these three.
        return URLEncoder.encode(text, UTF_8)
                .replace("+", "%20")
                .replace("*", "%2A")
                .replace("%7E", "~");
    }
}
