package io.unpost.gateway.http;

import io.micronaut.context.annotation.Context;
import io.micronaut.context.env.Environment;
import io.micronaut.core.type.Argument;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What callers may do by the gateway's own settings, under `unpost.grants`: for those whose issuer cannot say it in
/// their tokens.
@Context
final class Grants {

    private static final String SETTING = "unpost.grants";
    private static final Set<String> KEYS = Set.of("iss", "sub", "accounts", "scope");

    /// Whom a grant is for.
    private record Who(String issuer, String subject) {}

    private final Map<Who, Caller> granted = new HashMap<>();

    Grants(Environment environment) {
        List<?> grants =
                environment.getProperty(SETTING, Argument.of(List.class)).orElse(List.of());
        if (!grants.isEmpty() && TokenSettings.signers(environment) > 1) {
            throw new StartRefused("With " + SETTING + " have one key set or one secret: whoever signs for one issuer"
                    + " could name another's in its tokens, and take its grants.");
        }
        for (int at = 0; at < grants.size(); at++) {
            Caller caller = caller(SETTING + "[" + at + "]", grants.get(at));
            var who = new Who(String.valueOf(caller.issuer()), caller.subject());
            if (granted.put(who, caller) != null) {
                throw new StartRefused(SETTING + "[" + at + "] is for the iss and sub of an earlier one. Give one grant"
                        + " for each.");
            }
        }
    }

    private static Caller caller(String name, Object grant) {
        if (grant instanceof Map<?, ?> keys
                && keys.keySet().equals(KEYS)
                && keys.get("iss") instanceof String issuer
                && keys.get("sub") instanceof String subject
                && keys.get("accounts") instanceof List<?> accounts
                && accounts.stream().allMatch(String.class::isInstance)
                && keys.get("scope") instanceof String scope) {
            List<String> globs = accounts.stream().map(String.class::cast).toList();
            return new Caller(subject, issuer, globs, Set.copyOf(List.of(scope.split(" "))));
        }
        throw new StartRefused(name + " is no grant. Give it iss, sub, accounts (a list of names, * for any characters)"
                + " and scope (such as delete:posts), and nothing else.");
    }

    /// What is granted to whoever a token speaks of; empty where nothing is said of them.
    ///
    /// @param issuer null where the token does not say
    Optional<Caller> of(@Nullable String issuer, String subject) {
        return issuer == null ? Optional.empty() : Optional.ofNullable(granted.get(new Who(issuer, subject)));
    }
}
