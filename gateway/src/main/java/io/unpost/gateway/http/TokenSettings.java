package io.unpost.gateway.http;

import io.micronaut.context.annotation.Context;
import io.micronaut.context.annotation.Requires;
import io.micronaut.context.env.Environment;
import io.micronaut.context.exceptions.ConfigurationException;
import io.micronaut.core.type.Argument;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// Refuses to start where it is not said who may call.
@Context
@Requires(property = "micronaut.security.enabled", notEquals = "false")
final class TokenSettings {

    static final String SECRET = "jwt.generator.signature.secret";

    private static final String JWKS = "micronaut.security.token.jwt.signatures.jwks";
    private static final String AUDIENCE = "micronaut.security.token.jwt.claims-validators.audience";
    private static final int LEAST_SECRET_BYTES = 32;

    TokenSettings(Environment environment) {
        String secret = secret(environment);
        boolean jwks = environment.containsProperties(JWKS);
        if (secret.isEmpty() && !jwks) {
            throw new StartRefused("It is not said who may call. Set JWT_GENERATOR_SIGNATURE_SECRET to the"
                    + " secret (32 bytes or more) that callers' tokens are signed with, or configure " + JWKS
                    + ", or run with MICRONAUT_ENVIRONMENTS=sidecar beside one application.");
        }
        if (!secret.isEmpty() && secret.getBytes(StandardCharsets.UTF_8).length < LEAST_SECRET_BYTES) {
            throw new StartRefused("JWT_GENERATOR_SIGNATURE_SECRET is shorter than 32 bytes. Make one with:"
                    + " openssl rand -base64 32");
        }
        if (jwks && !hasAudience(environment)) {
            throw new StartRefused("With " + JWKS + " set " + AUDIENCE + " too: without it a token made for"
                    + " another service would be taken.");
        }
    }

    /// How many there are whose tokens are taken.
    static int signers(Environment environment) {
        int secrets = environment
                        .getProperty(SECRET, String.class)
                        .filter(secret -> !secret.isEmpty())
                        .isPresent()
                ? 1
                : 0;
        return secrets + environment.getPropertyEntries(JWKS).size();
    }

    private static String secret(Environment environment) {
        try {
            return environment.getProperty(SECRET, String.class).orElse("");
        } catch (ConfigurationException _) {
            // Its message quotes the value.
            throw new StartRefused("JWT_GENERATOR_SIGNATURE_SECRET holds ${, which stands for a variable in settings,"
                    + " and there is none of that name. Make a secret with: openssl rand -base64 32");
        }
    }

    private static boolean hasAudience(Environment environment) {
        return environment.getProperty(AUDIENCE, Argument.listOf(String.class)).stream()
                .flatMap(List::stream)
                .anyMatch(audience -> !audience.isBlank());
    }
}
