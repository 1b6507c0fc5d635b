package io.unpost.gateway.accounts;

import java.util.Map;

/// How an account proves to its provider who it is.
public sealed interface Credentials {

    /// OAuth 1.0a with HMAC-SHA1 (RFC 5849): the app's key and secret, the account's token and secret.
    record OAuth1(Secret consumerKey, Secret consumerSecret, Secret token, Secret tokenSecret) implements Credentials {}

    /// User name and password (RFC 7617).
    ///
    /// @param parameters what the dialect wants as request parameters beside them, by parameter name
    record Basic(Secret username, Secret password, Map<String, Secret> parameters) implements Credentials {

        public Basic {
            parameters = Map.copyOf(parameters);
        }
    }

    /// A bearer token (RFC 6750).
    record Bearer(Secret token) implements Credentials {}
}
