package io.unpost.gateway.engine;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.unpost.gateway.accounts.Credentials;
import io.unpost.gateway.accounts.Secret;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Takes an account's secrets out of text that somebody else wrote: providers echo requests.
///
/// A secret is found as it is and in Base64, in any way to write either; see [Trace].
public final class Redaction {

    private static final Cache<Credentials, Redaction> KNOWN =
            Caffeine.newBuilder().weakKeys().build();

    private final List<Trace> traces;
    private final int shortest;

    private Redaction(Stream<Secret> secrets) {
        // The longest first: one secret may begin with another.
        var found = new TreeSet<>(
                Comparator.<String>comparingInt(String::length).reversed().thenComparing(Comparator.naturalOrder()));
        secrets.map(Secret::value).filter(value -> !value.isEmpty()).forEach(value -> {
            byte[] bytes = value.getBytes(UTF_8);
            found.add(value);
            found.add(Base64.getEncoder().encodeToString(bytes));
            found.add(Base64.getEncoder().withoutPadding().encodeToString(bytes));
            found.add(Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
        });
        traces = found.stream().map(Trace::of).toList();
        shortest = found.isEmpty() ? Integer.MAX_VALUE : found.getLast().length();
    }

    /// For provider text: everything that would let somebody act as the account. A user name is no secret there.
    public static Redaction of(Credentials credentials) {
        return KNOWN.get(credentials, Redaction::made);
    }

    private static Redaction made(Credentials credentials) {
        Stream<Secret> own = switch (credentials) {
            case Credentials.OAuth1 keys ->
                Stream.of(keys.consumerKey(), keys.consumerSecret(), keys.token(), keys.tokenSecret());
            case Credentials.Basic basic -> Stream.of(basic.password(), pair(basic));
            case Credentials.Bearer bearer -> Stream.of(bearer.token());
        };
        return new Redaction(Stream.concat(own, credentials.parameters().values().stream()));
    }

    /// For a request of our own: every credential, the user name too.
    public static Redaction ofAll(Credentials credentials) {
        return credentials instanceof Credentials.Basic basic
                ? new Redaction(Stream.concat(
                        Stream.of(basic.username(), basic.password(), pair(basic)),
                        basic.parameters().values().stream()))
                : of(credentials);
    }

    /// The text with `***` for every secret.
    public String of(String text) {
        // In whatever way a secret is written, that is no shorter than it is itself.
        if (text.length() < shortest) {
            return text;
        }
        String redacted = text;
        for (Trace trace : traces) {
            redacted = trace.replacedIn(redacted);
        }
        return redacted;
    }

    /// The same, null for null.
    public @Nullable String ofNullable(@Nullable String text) {
        return text == null ? null : of(text);
    }

    private static Secret pair(Credentials.Basic basic) {
        return new Secret(basic.username().value() + ":" + basic.password().value());
    }
}
