package io.unpost.dialect;

import java.util.List;
import java.util.regex.Pattern;

/// A request in the provider's words, without host, credentials and signature.
///
/// @param method the verb
/// @param path absolute path below the account's base URL, percent-encoded; ids go in through
///     [PercentEncoding#encode(String)], so that they stay one segment
/// @param query query parameters, decoded, in the order they are sent
/// @param form form parameters, decoded, in the order they are sent; empty sends a body of zero bytes with a `POST`
///     and none with a `DELETE`
public record WireRequest(Method method, String path, List<Parameter> query, List<Parameter> form) {

    private static final Pattern ENCODED = Pattern.compile("%[0-9A-F]{2}");
    private static final Pattern PATH = Pattern.compile("(?:/[A-Za-z0-9._~!$&'()*+,;=:@-]+)+");
    private static final Pattern DOT_SEGMENT = Pattern.compile("/\\.{1,2}(?:/|$)");

    /// A verb with which a provider deletes.
    public enum Method {
        /// Carries a form, if an empty one.
        POST,
        /// Carries a query; a form only where the dialect gives one.
        DELETE
    }

    /// One parameter of a query or form.
    ///
    /// @param name decoded
    /// @param value decoded; may be empty
    public record Parameter(String name, String value) {

        /// Without the value, which may be a credential.
        @Override
        public String toString() {
            return name;
        }
    }

    /// @throws IllegalArgumentException for a path that could leave its place: not absolute, with an empty or a dot
    ///     segment, or with characters that are not percent-encoded
    public WireRequest {
        // Encoded characters are looked at first: a pattern with both would recurse once for each.
        String plain = ENCODED.matcher(path).replaceAll("x");
        if (!PATH.matcher(plain).matches() || DOT_SEGMENT.matcher(path).find()) {
            throw new IllegalArgumentException("a path is absolute, percent-encoded, without empty or dot segments");
        }
        query = List.copyOf(query);
        form = List.copyOf(form);
    }

    /// A `DELETE` with a query.
    public static WireRequest delete(String path, Parameter... query) {
        return new WireRequest(Method.DELETE, path, List.of(query), List.of());
    }

    /// A `POST` with a form.
    public static WireRequest post(String path, Parameter... form) {
        return new WireRequest(Method.POST, path, List.of(), List.of(form));
    }
}
