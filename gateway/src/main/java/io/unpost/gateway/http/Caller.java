package io.unpost.gateway.http;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Who calls, and what that caller was granted.
///
/// @param subject the caller's name in the logs
/// @param issuer who issued the caller's token; null where it does not say, or where there is none
/// @param accounts names of accounts, `*` in them standing for any characters
/// @param scopes `delete` for every kind, `delete:` and a kind for one
public record Caller(String subject, @Nullable String issuer, List<String> accounts, Set<String> scopes) {

    /// The application beside a sidecar, which needs no token: it may do everything.
    public static final Caller LOCAL = new Caller("local", null, List.of("*"), Set.of("delete"));

    public Caller {
        accounts = List.copyOf(accounts);
        scopes = Set.copyOf(scopes);
    }

    /// The caller a valid token names, which has a `sub`. Claims of another type than they should have grant nothing.
    static Caller ofClaims(Map<String, Object> claims) {
        List<String> accounts = claims.get("accounts") instanceof Collection<?> names
                ? names.stream()
                        .filter(String.class::isInstance)
                        .map(String.class::cast)
                        .toList()
                : List.of();
        Set<String> scopes =
                claims.get("scope") instanceof String scope ? Set.copyOf(List.of(scope.split(" "))) : Set.of();
        String issuer = claims.get("iss") instanceof String text ? text : null;
        return new Caller(String.valueOf(claims.get("sub")), issuer, accounts, scopes);
    }

    /// Whether things of this kind may be deleted for this account.
    public boolean mayDelete(String account, String kind) {
        return mayUse(account) && (scopes.contains("delete") || scopes.contains("delete:" + kind));
    }

    /// Whether a grant matches this account's name.
    public boolean mayUse(String account) {
        return accounts.stream().anyMatch(glob -> matches(glob, account));
    }

    /// Goes back to the last star alone: what an earlier one could take, that one can take too.
    private static boolean matches(String glob, String account) {
        int star = -1;
        int resume = 0;
        int at = 0;
        int i = 0;
        while (i < account.length()) {
            if (at < glob.length() && glob.charAt(at) == '*') {
                star = at++;
                resume = i;
            } else if (at < glob.length() && glob.charAt(at) == account.charAt(i)) {
                at++;
                i++;
            } else if (star >= 0) {
                at = star + 1;
                i = ++resume;
            } else {
                return false;
            }
        }
        return glob.substring(at).chars().allMatch(left -> left == '*');
    }
}
