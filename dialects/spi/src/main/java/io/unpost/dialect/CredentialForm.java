package io.unpost.dialect;

import java.util.List;
import java.util.Set;

/// A way for an account to prove who it is, as one provider takes it.
///
/// @param scheme how the request is signed
/// @param parameters names of further credentials that travel as request parameters of the same name, such as the app
///     key that Weibo wants beside Basic; an account must give each. Usually empty
public record CredentialForm(Scheme scheme, List<String> parameters) {

    /// The signing schemes the gateway knows.
    public enum Scheme {
        /// OAuth 1.0a with HMAC-SHA1, RFC 5849.
        OAUTH1,
        /// User name and password, RFC 7617.
        BASIC,
        /// A bearer token, RFC 6750.
        BEARER
    }

    private static final Set<String> TAKEN =
            Set.of("scheme", "consumer-key", "consumer-secret", "token", "token-secret", "username", "password");

    /// @throws IllegalArgumentException for a parameter that stands twice, or whose key in an account means another
    ///     thing: a scheme's own, or the `-file` twin of one
    public CredentialForm {
        parameters = List.copyOf(parameters);
        if (Set.copyOf(parameters).size() < parameters.size()
                || parameters.stream().anyMatch(name -> TAKEN.contains(name) || name.endsWith("-file"))) {
            throw new IllegalArgumentException("a parameter is named once, and not as a key of a scheme or a file");
        }
    }

    /// A form without further parameters.
    public CredentialForm(Scheme scheme) {
        this(scheme, List.of());
    }
}
