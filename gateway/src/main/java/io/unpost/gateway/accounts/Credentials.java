package io.unpost.gateway.accounts;

import java.util.Map;

/// How an account proves to its provider who it is.
public sealed interface Credentials {

    /// What the dialect wants as request parameters beside the scheme's own, by parameter name; usually empty.
    Map<String, Secret> parameters();

    /// OAuth 1.0a with HMAC-SHA1 (RFC 5849): the app's key and secret, the account's token and secret.
    record OAuth1(
            Secret consumerKey, Secret consumerSecret, Secret token, Secret tokenSecret, Map<String, Secret> parameters)
            implements Credentials {

        public OAuth1 {
            parameters = Map.copyOf(parameters);
        }

        public OAuth1(Secret consumerKey, Secret consumerSecret, Secret token, Secret tokenSecret) {
            this(consumerKey, consumerSecret, token, tokenSecret, Map.of());
        }
    }

    /// User name and password (RFC 7617).
    record Basic(Secret username, Secret password, Map<String, Secret> parameters) implements Credentials {

        public Basic {
            parameters = Map.copyOf(parameters);
        }
    }

    /// A bearer token (RFC 6750).
    record Bearer(Secret token, Map<String, Secret> parameters) implements Credentials {

        public Bearer {
            parameters = Map.copyOf(parameters);
        }

        public Bearer(Secret token) {
            this(token, Map.of());
        }
    }
}
