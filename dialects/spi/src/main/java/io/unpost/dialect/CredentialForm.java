package io.unpost.dialect;

import java.util.List;

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

    /// A form with a copy of the parameters.
    public CredentialForm {
        parameters = List.copyOf(parameters);
    }

    /// A form without further parameters.
    public CredentialForm(Scheme scheme) {
        this(scheme, List.of());
    }
}
