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
import org.jspecify.annotations.Nullable;

/// Signs with OAuth 1.0a and HMAC-SHA1, RFC 5849 sections 3.4 to 3.6.
public final class OAuth1Signer implements Signer {

    private static final Part METHOD = new Part("oauth_signature_method", "HMAC-SHA1");
    private static final Part VERSION = new Part("oauth_version", "1.0");
    private static final String SEPARATOR = "%26";

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
        String nonce = encode(nonces.get());
        String timestamp = Long.toString(clock.instant().getEpochSecond());
        var oauth = List.of(
                key.consumerKey,
                new Part("oauth_nonce", nonce),
                METHOD,
                new Part("oauth_timestamp", timestamp),
                key.token,
                VERSION);
        var others = new ArrayList<Part>(request.query().size() + request.form().size());
        request.query().forEach(parameter -> others.add(Part.of(parameter)));
        request.form().forEach(parameter -> others.add(Part.of(parameter)));
        String uri = key.encoded(baseUri) + encode(request.path());
        String signature = key.signature(baseString(request.method().name(), uri, oauth, others));
        return "OAuth oauth_consumer_key=\"" + key.consumerKey.value
                + "\", oauth_nonce=\"" + nonce
                + "\", oauth_signature_method=\"HMAC-SHA1\", oauth_timestamp=\"" + timestamp
                + "\", oauth_token=\"" + key.token.value
                + "\", oauth_version=\"1.0\", oauth_signature=\"" + encode(signature)
                + "\"";
    }

    /// RFC 5849 section 3.4.1.
    ///
    /// @param uri encoded
    /// @param oauth the protocol's own parameters, sorted
    /// @param others the request's; are sorted here
    static String baseString(String method, String uri, List<Part> oauth, List<Part> others) {
        others.sort(Part::compared);
        var base = new StringBuilder(600).append(method).append('&').append(uri).append('&');
        int next = 0;
        for (Part own : oauth) {
            while (next < others.size() && Part.compared(others.get(next), own) < 0) {
                base.append(others.get(next++).written);
            }
            base.append(own.written);
        }
        while (next < others.size()) {
            base.append(others.get(next++).written);
        }
        base.setLength(base.length() - SEPARATOR.length());
        return base.toString();
    }

    /// A parameter, encoded.
    static final class Part {

        private final String name;
        private final String value;
        /// As it stands in a base string, encoded again, with what divides it from the next one.
        private final String written;

        /// @param name encoded
        /// @param value encoded
        Part(String name, String value) {
            this.name = name;
            this.value = value;
            this.written = again(name) + "%3D" + again(value) + SEPARATOR;
        }

        static Part of(Parameter parameter) {
            return new Part(encode(parameter.name()), encode(parameter.value()));
        }

        private static String again(String encoded) {
            return encoded.indexOf('%') < 0 ? encoded : encoded.replace("%", "%25");
        }

        private static int compared(Part one, Part other) {
            int names = one.name.compareTo(other.name);
            return names == 0 ? one.value.compareTo(other.value) : names;
        }
    }

    /// A base URL, encoded.
    private static final class Base {

        private final URI uri;
        private final String encoded;

        /// Scheme and host in lower case, the port only where it is not the scheme's own: RFC 5849 section 3.4.1.2.
        Base(URI uri) {
            String scheme = uri.getScheme().toLowerCase(Locale.ROOT);
            int usual = scheme.equals("https") ? 443 : 80;
            String port = uri.getPort() == -1 || uri.getPort() == usual ? "" : ":" + uri.getPort();
            String host = uri.getHost().toLowerCase(Locale.ROOT);
            this.uri = uri;
            this.encoded = encode(scheme + "://" + host + port + uri.getRawPath());
        }
    }

    /// An account's credentials, ready to sign with: RFC 5849 section 3.4.2. For any number of threads at once.
    static final class Key {

        private final Part consumerKey;
        private final Part token;
        private final SecretKeySpec secrets;
        /// Copied for each signature, and never fed itself.
        private final Mac unfed;
        /// That of the last request: an account has one.
        private volatile @Nullable Base base;

        Key(OAuth1 credentials) {
            consumerKey = new Part(
                    "oauth_consumer_key", encode(credentials.consumerKey().value()));
            token = new Part("oauth_token", encode(credentials.token().value()));
            String both = encode(credentials.consumerSecret().value()) + "&"
                    + encode(credentials.tokenSecret().value());
            secrets = new SecretKeySpec(both.getBytes(ISO_8859_1), "HmacSHA1");
            unfed = fresh();
        }

        /// A base URL as it stands in a base string.
        private String encoded(URI baseUri) {
            Base known = base;
            if (known == null || !known.uri.equals(baseUri)) {
                known = new Base(baseUri);
                base = known;
            }
            return known.encoded;
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
                // So that the secrets are taken in once, and not by each copy.
                mac.update(new byte[0]);
                return mac;
            } catch (NoSuchAlgorithmException | InvalidKeyException e) {
                throw new IllegalStateException("every Java platform has HmacSHA1", e);
            }
        }
    }
}
