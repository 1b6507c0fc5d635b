package io.unpost.gateway.engine;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import io.unpost.dialect.WireRequest;
import io.unpost.dialect.WireRequest.Parameter;
import io.unpost.gateway.accounts.Credentials;
import io.unpost.gateway.accounts.Secret;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;

/// Finds the signer for an account's credentials.
public final class Signers {

    private final InstantSource clock;
    private final Supplier<String> nonces;
    /// By the very object, and for as long as an account has it: a rotated secret leaves with its credentials.
    private final LoadingCache<Credentials.OAuth1, OAuth1Signer.Key> keys =
            Caffeine.newBuilder().weakKeys().build(OAuth1Signer.Key::new);

    /// @param nonces gives nonces: unguessable, never the same twice
    public Signers(InstantSource clock, Supplier<String> nonces) {
        this.clock = clock;
        this.nonces = nonces;
    }

    /// The signer for a provider whose clock agrees with ours.
    public Signer of(Credentials credentials) {
        return of(credentials, Duration.ZERO);
    }

    /// The signer for these credentials. What stands beside the scheme's own goes into the query, and is signed.
    ///
    /// @param ahead how far the provider's clock is ahead of ours
    public Signer of(Credentials credentials, Duration ahead) {
        Signer scheme = switch (credentials) {
            case Credentials.OAuth1 oauth1 ->
                new OAuth1Signer(keys.get(oauth1), () -> clock.instant().plus(ahead), nonces);
            case Credentials.Basic basic -> authorization("Basic " + base64(basic));
            case Credentials.Bearer bearer ->
                authorization("Bearer " + bearer.token().value());
        };
        return (request, baseUri) -> scheme.sign(withQuery(request, credentials.parameters()), baseUri);
    }

    private static Signer authorization(String value) {
        return (request, baseUri) -> Signer.withAuthorization(value, request, baseUri);
    }

    private static String base64(Credentials.Basic basic) {
        String pair = basic.username().value() + ":" + basic.password().value();
        return Base64.getEncoder().encodeToString(pair.getBytes(UTF_8));
    }

    private static WireRequest withQuery(WireRequest request, Map<String, Secret> parameters) {
        if (parameters.isEmpty()) {
            return request;
        }
        var query = new ArrayList<>(request.query());
        new TreeMap<>(parameters).forEach((name, value) -> query.add(new Parameter(name, value.value())));
        return new WireRequest(request.method(), request.path(), query, request.form());
    }
}
