package io.unpost.gateway.http;

import io.micronaut.context.annotation.Context;
import io.micronaut.context.annotation.Requires;
import io.micronaut.context.env.Environment;
import io.micronaut.context.exceptions.ConfigurationException;
import io.micronaut.core.annotation.Order;
import io.micronaut.core.order.Ordered;
import io.micronaut.core.type.Argument;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/// Refuses to start where it is not said who may call; before anything else, since Micronaut quotes a secret that it
/// cannot read.
@Context
@Order(Ordered.HIGHEST_PRECEDENCE)
@Requires(property = "micronaut.security.enabled", notEquals = "false")
final class TokenSettings {

    static final String SECRET = "jwt.generator.signature.secret";

    /// The secret before it, so that tokens of both are taken while callers change over.
    static final String PREVIOUS_SECRET = "jwt.generator.signature.previous-secret";

    private static final String SIGNATURES = "micronaut.security.token.jwt.signatures";
    private static final String JWKS = SIGNATURES + ".jwks";
    private static final String AUDIENCE = "micronaut.security.token.jwt.claims-validators.audience";
    private static final int LEAST_SECRET_BYTES = 32;

    TokenSettings(Environment environment) {
        String secret = secret(environment, SECRET);
        String previous = secret(environment, PREVIOUS_SECRET);
        boolean jwks = environment.containsProperties(JWKS);
        if (secret.isEmpty() && !previous.isEmpty()) {
            throw new StartRefused(name(PREVIOUS_SECRET) + " is set, and " + name(SECRET) + " is not.");
        }
        if (secret.isEmpty() && !jwks) {
            throw new StartRefused("It is not said who may call. Set JWT_GENERATOR_SIGNATURE_SECRET to the"
                    + " secret (32 bytes or more) that callers' tokens are signed with, or configure " + JWKS
                    + ", or run with MICRONAUT_ENVIRONMENTS=sidecar beside one application.");
        }
        if (isShort(secret) || isShort(previous)) {
            throw new StartRefused(name(isShort(secret) ? SECRET : PREVIOUS_SECRET)
                    + " is shorter than 32 bytes. Make one with: openssl rand -base64 32");
        }
        if (jwks && !hasAudience(environment)) {
            throw new StartRefused("With " + JWKS + " set " + AUDIENCE + " too: without it a token made for"
                    + " another service would be taken.");
        }
    }

    /// How many there are whose tokens are taken. The previous secret is the same signer's.
    static int signers(Environment environment) {
        int secrets = secret(environment, SECRET).isEmpty() ? 0 : 1;
        return secrets
                + Stream.of("secret", "jwks", "jwks-static")
                        .mapToInt(kind -> environment
                                .getPropertyEntries(SIGNATURES + "." + kind)
                                .size())
                        .sum();
    }

    private static boolean isShort(String secret) {
        return !secret.isEmpty() && secret.getBytes(StandardCharsets.UTF_8).length < LEAST_SECRET_BYTES;
    }

    private static String secret(Environment environment, String property) {
        try {
            return environment.getProperty(property, String.class).orElse("");
        } catch (ConfigurationException _) {
            // Its message quotes the value.
            throw new StartRefused(name(property) + " holds ${, which stands for a variable in settings,"
                    + " and there is none of that name. Make a secret with: openssl rand -base64 32");
        }
    }

    /// The environment variable of a setting.
    private static String name(String property) {
        return property.toUpperCase(Locale.ROOT).replaceAll("[.-]", "_");
    }

    private static boolean hasAudience(Environment environment) {
        return environment.getProperty(AUDIENCE, Argument.listOf(String.class)).stream()
                .flatMap(List::stream)
                .anyMatch(audience -> !audience.isBlank());
    }
}
