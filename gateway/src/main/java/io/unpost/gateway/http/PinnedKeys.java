package io.unpost.gateway.http;

import com.nimbusds.jose.Algorithm;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.KeyOperation;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jwt.SignedJWT;
import io.micronaut.context.annotation.Replaces;
import io.micronaut.security.token.jwt.signature.jwks.DefaultJwkValidator;
import io.micronaut.security.token.jwt.signature.jwks.JwkValidator;
import jakarta.inject.Singleton;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Lets each key of a set verify signatures of one algorithm: Micronaut's own takes every one of the key's type, and
/// keys that are not for signatures.
@Singleton
@Replaces(DefaultJwkValidator.class)
final class PinnedKeys implements JwkValidator {

    /// RFC 7518 section 3.4.
    private static final Map<Curve, JWSAlgorithm> OF_CURVES = Map.of(
            Curve.P_256, JWSAlgorithm.ES256,
            Curve.P_384, JWSAlgorithm.ES384,
            Curve.P_521, JWSAlgorithm.ES512);

    private final JwkValidator signatures = new DefaultJwkValidator();

    @Override
    public boolean validate(SignedJWT token, JWK key) {
        return isForSignatures(key)
                && token.getHeader().getAlgorithm().equals(algorithm(key))
                && signatures.validate(token, key);
    }

    /// RFC 7517 sections 4.2 and 4.3; a key that names neither is for anything.
    private static boolean isForSignatures(JWK key) {
        return (key.getKeyUse() == null || KeyUse.SIGNATURE.equals(key.getKeyUse()))
                && (key.getKeyOperations() == null || key.getKeyOperations().contains(KeyOperation.VERIFY));
    }

    /// The one that the key names, else the one that providers mean who name none.
    ///
    /// @return null where the key verifies nothing
    private static @Nullable Algorithm algorithm(JWK key) {
        if (key.getAlgorithm() != null) {
            return key.getAlgorithm();
        }
        return switch (key) {
            case RSAKey _ -> JWSAlgorithm.RS256;
            case ECKey ec -> OF_CURVES.get(ec.getCurve());
            // Secrets have no place in a key set; for Edwards curves there is no verifier.
            default -> null;
        };
    }
}
