package io.unpost.gateway.engine;

import static io.unpost.dialect.PercentEncoding.encode;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.unpost.dialect.WireRequest;
import io.unpost.dialect.WireRequest.Parameter;
import io.unpost.gateway.accounts.Credentials.OAuth1;
import java.net.URI;
import java.security.InvalidKeyException;
import java.security.NoSuchAlgorithmException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// Signs with OAuth 1.0a and HMAC-SHA1, RFC 5849 sections 3.4 to 3.6.
public final class OAuth1Signer implements Signer {

    private final OAuth1 credentials;
    private final InstantSource clock;
    private final Supplier<String> nonces;

    /// @param clock gives each request's timestamp
    /// @param nonces gives each request's nonce: unguessable, never the same twice
    public OAuth1Signer(OAuth1 credentials, InstantSource clock, Supplier<String> nonces) {
        this.credentials = credentials;
        this.clock = clock;
        this.nonces = nonces;
    }

    @Override
    public SignedRequest sign(WireRequest request, URI baseUri) {
        var oauth = new ArrayList<>(List.of(
                new Parameter("oauth_consumer_key", credentials.consumerKey().value()),
                new Parameter("oauth_nonce", nonces.get()),
                new Parameter("oauth_signature_method", "HMAC-SHA1"),
                new Parameter("oauth_timestamp", Long.toString(clock.instant().getEpochSecond())),
                new Parameter("oauth_token", credentials.token().value()),
                new Parameter("oauth_version", "1.0")));
        String baseString = baseString(
                request.method().name(),
                baseStringUri(baseUri, request.path()),
                Stream.of(request.query(), request.form(), oauth).flatMap(List::stream));
        oauth.add(new Parameter(
                "oauth_signature",
                signature(
                        baseString,
                        credentials.consumerSecret().value(),
                        credentials.tokenSecret().value())));
        String authorization = oauth.stream()
                .map(parameter -> parameter.name() + "=\"" + encode(parameter.value()) + "\"")
                .collect(Collectors.joining(", ", "OAuth ", ""));
        return Signer.withAuthorization(authorization, request, baseUri);
    }

    /// RFC 5849 section 3.4.1.
    static String baseString(String method, String uri, Stream<Parameter> parameters) {
        String normalised = parameters
                .map(parameter -> new Parameter(encode(parameter.name()), encode(parameter.value())))
                .sorted(Comparator.comparing(Parameter::name).thenComparing(Parameter::value))
                .map(parameter -> parameter.name() + "=" + parameter.value())
                .collect(Collectors.joining("&"));
        return method + "&" + encode(uri) + "&" + encode(normalised);
    }

    /// Scheme and host in lower case, the port only where it is not the scheme's own: RFC 5849 section 3.4.1.2.
    private static String baseStringUri(URI baseUri, String path) {
        String scheme = baseUri.getScheme().toLowerCase(Locale.ROOT);
        int usual = scheme.equals("https") ? 443 : 80;
        String port = baseUri.getPort() == -1 || baseUri.getPort() == usual ? "" : ":" + baseUri.getPort();
        return scheme + "://" + baseUri.getHost().toLowerCase(Locale.ROOT) + port + baseUri.getRawPath() + path;
    }

    /// RFC 5849 section 3.4.2.
    static String signature(String baseString, String consumerSecret, String tokenSecret) {
        String key = encode(consumerSecret) + "&" + encode(tokenSecret);
        try {
            Mac mac = Mac.getInstance("HmacSHA1");
            mac.init(new SecretKeySpec(key.getBytes(UTF_8), "HmacSHA1"));
            return Base64.getEncoder().encodeToString(mac.doFinal(baseString.getBytes(UTF_8)));
        } catch (NoSuchAlgorithmException | InvalidKeyException e) {
            throw new IllegalStateException("every Java platform has HmacSHA1", e);
        }
    }
}
