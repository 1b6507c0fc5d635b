package io.unpost.gateway.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.micronaut.context.annotation.Requires;
import io.micronaut.security.authentication.Authentication;
import io.micronaut.security.token.Claims;
import io.unpost.gateway.engine.Time;
import jakarta.inject.Singleton;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.Optional;

/// The tokens that were found right a moment ago, so that a caller's signature is not verified with every call.
///
/// None is known beyond its own end, nor for longer than [#KNOWN]: whatever else makes a token wrong, such as a key
/// that
/// its issuer took back, is noticed then. Kept are their digests, not the tokens.
@Singleton
@Requires(property = "micronaut.security.enabled", notEquals = "false")
final class KnownTokens {

    /// How long a token that was found right is not looked at again.
    static final Duration KNOWN = Duration.ofSeconds(5);

    private static final int MOST = 1000;

    /// @param end when it ends, as it says itself
    private record Right(Authentication caller, Instant end) {}

    private final Cache<String, Right> right;
    private final Time time;

    KnownTokens(Time time) {
        this.time = time;
        right = Caffeine.newBuilder()
                .expireAfterWrite(KNOWN)
                .maximumSize(MOST)
                .ticker(() -> time.elapsed().toNanos())
                .build();
    }

    /// Whom a token speaks of; empty where that has to be found out.
    Optional<Authentication> find(String token) {
        Right known = right.getIfPresent(digest(token));
        return known == null || !time.instant().isBefore(known.end()) ? Optional.empty() : Optional.of(known.caller());
    }

    /// Takes note of a token that was found right.
    void add(String token, Authentication caller) {
        if (caller.getAttributes().get(Claims.EXPIRATION_TIME) instanceof Date end) {
            right.put(digest(token), new Right(caller, end.toInstant()));
        }
    }

    private static String digest(String token) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(token.getBytes(UTF_8));
            return Base64.getEncoder().encodeToString(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
