package io.unpost.gateway.http;

import io.micronaut.context.annotation.Factory;
import io.micronaut.context.annotation.Replaces;
import io.micronaut.context.annotation.Requires;
import io.micronaut.context.annotation.Value;
import io.micronaut.http.HttpRequest;
import io.micronaut.security.authentication.WwwAuthenticateChallengeProvider;
import io.micronaut.security.token.Claims;
import io.micronaut.security.token.jwt.signature.SignatureConfiguration;
import io.micronaut.security.token.jwt.validator.GenericJwtClaimsValidator;
import io.micronaut.security.token.jwt.validator.IssuerJwtClaimsValidator;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.util.Date;

/// What a caller's token must hold beyond a good signature.
@Factory
@Requires(property = "micronaut.security.enabled", notEquals = "false")
final class TokenRules {

    private static final String ISSUER = "micronaut.security.token.jwt.claims-validators.issuer";

    /// Tokens signed with the shared secret of `JWT_GENERATOR_SIGNATURE_SECRET`, by HS256.
    @Singleton
    @Named("shared-secret")
    @Requires(property = TokenSettings.SECRET)
    @Requires(property = TokenSettings.SECRET, notEquals = "")
    SignatureConfiguration sharedSecret(@Value("${" + TokenSettings.SECRET + "}") String secret) {
        return new SharedSecret(secret.getBytes(StandardCharsets.UTF_8));
    }

    /// Those signed with the secret before it.
    @Singleton
    @Named("previous-shared-secret")
    @Requires(property = TokenSettings.PREVIOUS_SECRET)
    @Requires(property = TokenSettings.PREVIOUS_SECRET, notEquals = "")
    SignatureConfiguration previousSharedSecret(@Value("${" + TokenSettings.PREVIOUS_SECRET + "}") String secret) {
        return new SharedSecret(secret.getBytes(StandardCharsets.UTF_8));
    }

    /// A token without an end, or without somebody it speaks of, is none.
    @Singleton
    GenericJwtClaimsValidator<HttpRequest<?>> requiredClaims() {
        return (claims, _) -> claims.get(Claims.EXPIRATION_TIME) instanceof Date
                && claims.get(Claims.SUBJECT) instanceof String subject
                && !subject.isBlank();
    }

    /// RFC 7519 section 4.1.1, by the letter. Micronaut's own takes every end of the issuer's name, the empty one too.
    @Singleton
    @Replaces(IssuerJwtClaimsValidator.class)
    @Requires(property = ISSUER)
    GenericJwtClaimsValidator<HttpRequest<?>> issuer(@Value("${" + ISSUER + "}") String issuer) {
        return (claims, _) -> issuer.equals(claims.get(Claims.ISSUER));
    }

    /// RFC 6750 section 3.
    @Singleton
    WwwAuthenticateChallengeProvider<HttpRequest<?>> bearerChallenge() {
        return request -> request != null && hasToken(request) ? "Bearer error=\"invalid_token\"" : "Bearer";
    }

    private static boolean hasToken(HttpRequest<?> request) {
        return request.getHeaders().getAll("Authorization").stream()
                .anyMatch(credentials -> credentials.regionMatches(true, 0, "Bearer ", 0, 7));
    }
}
