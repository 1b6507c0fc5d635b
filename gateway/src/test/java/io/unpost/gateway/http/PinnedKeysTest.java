package io.unpost.gateway.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.Algorithm;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.KeyOperation;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.OctetKeyPair;
import com.nimbusds.jose.jwk.OctetSequenceKey;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jose.util.Base64URL;
import com.nimbusds.jwt.PlainJWT;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What a key of a key set verifies.
final class PinnedKeysTest {

    private static final RSAKey RSA = rsa();
    private static final FakeProvider PROVIDER = new FakeProvider();
    private static final Issuer ISSUER = new Issuer();
    private static final GatewayServer GATEWAY = GatewayServer.before(PROVIDER, ISSUER.trust());

    @AfterAll
    static void stop() {
        GATEWAY.close();
        ISSUER.close();
    }

    @BeforeEach
    void delete() {
        PROVIDER.deletes("7");
    }

    @ParameterizedTest
    @CsvSource({
        "RS256, RS256, 200",
        "RS256, RS384, 401",
        "RS256, RS512, 401",
        "RS256, PS256, 401",
        "RS256, PS384, 401",
        "RS256, PS512, 401",
        "PS256, PS256, 200",
        "PS256, RS256, 401",
        "RS512, RS512, 200",
        "RS512, RS256, 401",
        // no algorithms of signatures by this key
        "RSA-OAEP, RS256, 401",
        "HS256, RS256, 401",
        "none, RS256, 401",
        "rs256, RS256, 401"
    })
    void keyThatNamesItsAlgorithmVerifiesNoOther(String named, String algorithm, int status) throws JOSEException {
        ISSUER.gives(
                new RSAKey.Builder(RSA).algorithm(new Algorithm(named)).build().toPublicJWK());

        assertThat(called(algorithm, new RSASSASigner(RSA))).isEqualTo(status);
    }

    @ParameterizedTest
    @CsvSource({"RS256, 200", "RS384, 401", "RS512, 401", "PS256, 401", "PS384, 401", "PS512, 401"})
    void keyOfRsaThatNamesNoneVerifiesRs256(String algorithm, int status) throws JOSEException {
        ISSUER.gives(RSA.toPublicJWK());

        assertThat(called(algorithm, new RSASSASigner(RSA))).isEqualTo(status);
    }

    @ParameterizedTest
    @CsvSource({"P-256, ES256", "P-384, ES384", "P-521, ES512"})
    void keyOfACurveVerifiesTheAlgorithmOfItsCurve(String curve, String algorithm) throws JOSEException {
        ECKey key = new ECKeyGenerator(Curve.parse(curve)).keyID("k").generate();
        ISSUER.gives(key.toPublicJWK());
        assertThat(called(algorithm, new ECDSASigner(key))).isEqualTo(200);

        ISSUER.gives(new ECKey.Builder(key)
                .algorithm(new Algorithm("ECDH-ES"))
                .build()
                .toPublicJWK());
        assertThat(called(algorithm, new ECDSASigner(key))).isEqualTo(401);
    }

    @ParameterizedTest
    @CsvSource({"sig, 200", "enc, 401", "SIG, 401", "tls, 401"})
    void keyForAnotherUseVerifiesNothing(String use, int status) throws JOSEException {
        ISSUER.gives(new RSAKey.Builder(RSA).keyUse(new KeyUse(use)).build().toPublicJWK());

        assertThat(called("RS256", new RSASSASigner(RSA))).isEqualTo(status);
    }

    @ParameterizedTest
    @CsvSource({"VERIFY, 200", "SIGN, 401", "ENCRYPT, 401", "WRAP_KEY, 401"})
    void keyForAnotherOperationVerifiesNothing(KeyOperation operation, int status) throws JOSEException {
        ISSUER.gives(
                new RSAKey.Builder(RSA).keyOperations(Set.of(operation)).build().toPublicJWK());

        assertThat(called("RS256", new RSASSASigner(RSA))).isEqualTo(status);
    }

    /// Without a `kid` every key of the type is tried.
    @Test
    void keyIsPinnedWhereATokenNamesNone() throws JOSEException {
        RSAKey other = new RSAKey.Builder(rsa())
                .keyID("other")
                .algorithm(JWSAlgorithm.RS512)
                .build();
        ISSUER.gives(RSA.toPublicJWK(), other.toPublicJWK());

        assertThat(called(new JWSHeader(JWSAlgorithm.RS256), new RSASSASigner(RSA)))
                .isEqualTo(200);
        assertThat(called(new JWSHeader(JWSAlgorithm.RS512), new RSASSASigner(other)))
                .isEqualTo(200);
        assertThat(called(new JWSHeader(JWSAlgorithm.RS512), new RSASSASigner(RSA)))
                .isEqualTo(401);
    }

    @Test
    void unsignedTokenIsRefused() {
        ISSUER.gives(RSA.toPublicJWK());
        String token = new PlainJWT(Tokens.everything().audience("unpost").build()).serialize();

        assertThat(called(token)).isEqualTo(401);
        assertThat(called(token + "c2ln")).isEqualTo(401);
    }

    /// Everybody knows the public key.
    @ParameterizedTest
    @CsvSource({"RS256", "HS256", ","})
    void publicKeyIsNoSecret(String named) throws JOSEException {
        ISSUER.gives(new RSAKey.Builder(RSA)
                .algorithm(named == null ? null : new Algorithm(named))
                .build()
                .toPublicJWK());
        byte[] der = RSA.toPublicKey().getEncoded();
        String pem = "-----BEGIN PUBLIC KEY-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der) + "\n-----END PUBLIC KEY-----";

        for (byte[] secret : List.of(
                der,
                pem.getBytes(UTF_8),
                (pem + "\n").getBytes(UTF_8),
                RSA.getModulus().decode(),
                RSA.toPublicJWK().toJSONString().getBytes(UTF_8))) {
            assertThat(called("HS256", new MACSigner(secret))).isEqualTo(401);
        }
    }

    @Test
    void secretInAKeySetVerifiesNothing() throws JOSEException {
        byte[] secret = Tokens.SECRET.getBytes(UTF_8);
        ISSUER.gives(new OctetSequenceKey.Builder(secret)
                .keyID("k")
                .algorithm(JWSAlgorithm.HS256)
                .build());

        assertThat(called("HS256", new MACSigner(secret))).isEqualTo(401);
    }

    @Test
    void keyOfAnEdwardsCurveVerifiesNothing() throws GeneralSecurityException {
        var pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        byte[] der = pair.getPublic().getEncoded();
        JWK key = new OctetKeyPair.Builder(
                        Curve.Ed25519, Base64URL.encode(Arrays.copyOfRange(der, der.length - 32, der.length)))
                .keyID("k")
                .algorithm(JWSAlgorithm.EdDSA)
                .build();
        ISSUER.gives(key);
        String signed = new JWSHeader.Builder(JWSAlgorithm.EdDSA)
                        .keyID("k")
                        .build()
                        .toBase64URL() + "."
                + Tokens.everything().audience("unpost").build().toPayload().toBase64URL();
        var signer = Signature.getInstance("Ed25519");
        signer.initSign(pair.getPrivate());
        signer.update(signed.getBytes(UTF_8));

        assertThat(called(signed + "." + Base64URL.encode(signer.sign()))).isEqualTo(401);
    }

    private static int called(String algorithm, JWSSigner signer) {
        return called(
                new JWSHeader.Builder(JWSAlgorithm.parse(algorithm)).keyID("k").build(), signer);
    }

    private static int called(JWSHeader header, JWSSigner signer) {
        return called(Tokens.signed(Tokens.everything().audience("unpost"), header, signer));
    }

    private static int called(String token) {
        return GATEWAY.anonymously("DELETE", "/v1/accounts/acme-news/posts/7", Tokens.bearer(token))
                .status();
    }

    private static RSAKey rsa() {
        try {
            return new RSAKeyGenerator(2048).keyID("k").generate();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }
}
