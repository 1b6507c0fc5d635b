package io.unpost.gateway.engine;

import static io.unpost.dialect.PercentEncoding.encode;
import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.unpost.dialect.WireRequest;
import io.unpost.dialect.WireRequest.Parameter;
import io.unpost.gateway.accounts.Credentials.OAuth1;
import java.net.URI;
import java.security.InvalidKeyException;
import java.security.NoSuchAlgorithmException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// Signs with OAuth 1.0a and HMAC-SHA1, RFC 5849 sections 3.4 to 3.6.
public final class OAuth1Signer implements Signer {

    private static final Parameter METHOD = new Parameter("oauth_signature_method", "HMAC-SHA1");
    private static final Parameter VERSION = new Parameter("oauth_version", "1.0");

    private final Key key;
    private final InstantSource clock;
    private final Supplier<String> nonces;

    /// @param clock gives each request's timestamp
    /// @param nonces gives each request's nonce: unguessable, never the same twice
    public OAuth1Signer(OAuth1 credentials, InstantSource clock, Supplier<String> nonces) {
        this(new Key(credentials), clock, nonces);
    }

    OAuth1Signer(Key key, InstantSource clock, Supplier<String> nonces) {
        this.key = key;
        this.clock = clock;
        this.nonces = nonces;
    }

    @Override
    public SignedRequest sign(WireRequest request, URI baseUri) {
        return Signer.withAuthorization(authorization(request, baseUri), request, baseUri);
    }

    /// The value of the header: RFC 5849 section 3.5.1.
    public String authorization(WireRequest request, URI baseUri) {
        // Encoded, the constants too.
        var oauth = List.of(
                new Parameter("oauth_consumer_key", key.consumerKey),
                new Parameter("oauth_nonce", encode(nonces.get())),
                METHOD,
                new Parameter("oauth_timestamp", Long.toString(clock.instant().getEpochSecond())),
                new Parameter("oauth_token", key.token),
                VERSION);
        var others =
                new ArrayList<Parameter>(request.query().size() + request.form().size());
        others.addAll(request.query());
        others.addAll(request.form());
        String uri = baseStringUri(baseUri, request.path());
        String signature = key.signature(baseString(request.method().name(), uri, oauth, others));
        var header = new StringBuilder(400).append("OAuth ");
        for (Parameter parameter : oauth) {
            header.append(parameter.name())
                    .append("=\"")
                    .append(parameter.value())
                    .append("\", ");
        }
        return header.append("oauth_signature=\"")
                .append(encode(signature))
                .append('"')
                .toString();
    }

    /// RFC 5849 section 3.4.1.
    ///
    /// @param oauth the protocol's own parameters, encoded
    /// @param others the request's, as they are
    static String baseString(String method, String uri, List<Parameter> oauth, List<Parameter> others) {
        var base = new StringBuilder(600).append(method).append('&').append(encode(uri));
        var all = new ArrayList<>(oauth);
        for (Parameter other : others) {
            all.add(new Parameter(encode(other.name()), encode(other.value())));
        }
        all.sort(OAuth1Signer::compared);
        String separator = "&";
        for (Parameter parameter : all) {
            base.append(separator).append(again(parameter.name())).append("%3D").append(again(parameter.value()));
            separator = "%26";
        }
        return base.toString();
    }

    private static int compared(Parameter one, Parameter other) {
        int names = one.name().compareTo(other.name());
        return names == 0 ? one.value().compareTo(other.value()) : names;
    }

    /// Encodes what is encoded.
    private static String again(String encoded) {
        return encoded.indexOf('%') < 0 ? encoded : encoded.replace("%", "%25");
    }

    /// Scheme and host in lower case, the port only where it is not the scheme's own: RFC 5849 section 3.4.1.2.
    private static String baseStringUri(URI baseUri, String path) {
        String scheme = baseUri.getScheme().toLowerCase(Locale.ROOT);
        int usual = scheme.equals("https") ? 443 : 80;
        String port = baseUri.getPort() == -1 || baseUri.getPort() == usual ? "" : ":" + baseUri.getPort();
        return scheme + "://" + baseUri.getHost().toLowerCase(Locale.ROOT) + port + baseUri.getRawPath() + path;
    }

    /// An account's credentials, ready to sign with: RFC 5849 section 3.4.2. For any number of threads at once.
    static final class Key {

        private final String consumerKey;
        private final String token;
        private final SecretKeySpec secrets;
        /// Copied for each signature, and never fed itself.
        private final Mac unfed;

        Key(OAuth1 credentials) {
            consumerKey = encode(credentials.consumerKey().value());
            token = encode(credentials.token().value());
            String both = encode(credentials.consumerSecret().value()) + "&"
                    + encode(credentials.tokenSecret().value());
            secrets = new SecretKeySpec(both.getBytes(ISO_8859_1), "HmacSHA1");
            unfed = fresh();
        }

        String signature(String baseString) {
            return Base64.getEncoder().encodeToString(copy().doFinal(baseString.getBytes(ISO_8859_1)));
        }

        private Mac copy() {
            try {
                return (Mac) unfed.clone();
            } catch (CloneNotSupportedException _) {
                // A provider of cryptography other than Java's own may have none.
                return fresh();
            }
        }

        private Mac fresh() {
            try {
                Mac mac = Mac.getInstance("HmacSHA1");
                mac.init(secrets);
                return mac;
            } catch (NoSuchAlgorithmException | InvalidKeyException e) {
                throw new IllegalStateException("every Java platform has HmacSHA1", e);
            }
        }
    }
}
