package io.unpost.gateway.http;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.crypto.MACVerifier;
import com.nimbusds.jwt.SignedJWT;
import io.micronaut.security.token.jwt.signature.SignatureConfiguration;

/// Takes tokens signed with one secret by HS256, and by no other algorithm: Micronaut's own takes HS384 and HS512 too.
final class SharedSecret implements SignatureConfiguration {

    private final byte[] secret;

    SharedSecret(byte[] secret) {
        this.secret = secret.clone();
    }

    @Override
    public String supportedAlgorithmsMessage() {
        return "Only HS256 is supported";
    }

    @Override
    public boolean supports(JWSAlgorithm algorithm) {
        return JWSAlgorithm.HS256.equals(algorithm);
    }

    /// Asked for every token, whatever [#supports(JWSAlgorithm)] says of its algorithm.
    @Override
    public boolean verify(SignedJWT token) throws JOSEException {
        return supports(token.getHeader().getAlgorithm()) && token.verify(new MACVerifier(secret));
    }
}
