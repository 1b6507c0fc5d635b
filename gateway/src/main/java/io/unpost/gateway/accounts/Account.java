package io.unpost.gateway.accounts;

import io.unpost.dialect.Dialect;
import io.unpost.dialect.Options;
import java.net.URI;
import java.util.regex.Pattern;

/// One social account, ready to be deleted for.
///
/// @param name what callers call it; matches [#NAME]
/// @param dialect the language its provider speaks
/// @param options its choice for each of the dialect's options
/// @param baseUri where its provider is: http or https, without a trailing slash, user info, query or fragment
/// @param credentials how it proves who it is
/// @param limits how long and how often a delete may try
public record Account(
        String name, Dialect dialect, Options options, URI baseUri, Credentials credentials, Limits limits) {

    /// The form of an account's name.
    public static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9-]{0,62}");

    /// Of the name alone, which tells most accounts apart: it is asked for by each delete.
    @Override
    public int hashCode() {
        return name.hashCode();
    }
}
