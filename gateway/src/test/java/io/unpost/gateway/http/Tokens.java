package io.unpost.gateway.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;

/// Callers' tokens, as an issuer would make them.
public final class Tokens {

    /// The secret of the test environment.
    static final String SECRET = "a-secret-for-tests-of-32-bytes-or-more";

    /// A moment that no test sees.
    static final Date FAR_OFF = Date.from(Instant.parse("2099-12-31T00:00:00Z"));

    private Tokens() {}

    /// So far from now.
    static Date in(Duration time) {
        return Date.from(Instant.now().plus(time));
    }

    /// The claims of a caller who may do everything.
    public static JWTClaimsSet.Builder everything() {
        return claims(List.of("*"), "delete");
    }

    public static JWTClaimsSet.Builder claims(List<String> accounts, String scope) {
        return new JWTClaimsSet.Builder()
                .subject("app")
                .expirationTime(FAR_OFF)
                .claim("accounts", accounts)
                .claim("scope", scope);
    }

    /// The `Authorization` line of a caller with these claims.
    static String bearer(JWTClaimsSet.Builder claims) {
        return bearer(signed(claims));
    }

    static String bearer(String token) {
        return "Authorization: Bearer " + token;
    }

    public static String signed(JWTClaimsSet.Builder claims) {
        return signed(claims, JWSAlgorithm.HS256, SECRET);
    }

    static String signed(JWTClaimsSet.Builder claims, JWSAlgorithm algorithm, String secret) {
        try {
            return signed(claims, new JWSHeader(algorithm), new MACSigner(secret.getBytes(UTF_8)));
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    static String signed(JWTClaimsSet.Builder claims, JWSHeader header, JWSSigner signer) {
        try {
            var token = new SignedJWT(header, claims.build());
            token.sign(signer);
            return token.serialize();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }
}
