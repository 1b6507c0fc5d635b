package io.unpost.gateway.accounts;

import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/// Reads and judges the address of a provider.
final class BaseUrl {

    /// What [#parse(String)] takes, in words.
    static final String RULE = "an http or https URL with a host and at most a path: no user info, query, fragment,"
            + " empty or dot segment";

    private static final int LONGEST = 2048;
    private static final Pattern ASCII = Pattern.compile("[!-~]*+");
    private static final Pattern DOT_SEGMENT = Pattern.compile("(?i)(?:\\.|%2e){1,2}");
    private static final Pattern LOOPBACK_IPV4 = Pattern.compile("127(?:\\.(?:0|[1-9][0-9]{0,2})){3}");

    private BaseUrl() {}

    /// The URL with scheme and host in lower case and without a trailing slash; nothing for another than [#RULE] says.
    static Optional<URI> parse(String text) {
        URI uri;
        try {
            uri = new URI(text);
        } catch (URISyntaxException _) {
            return Optional.empty();
        }
        if (text.length() > LONGEST
                || !ASCII.matcher(text).matches()
                || uri.getScheme() == null
                || uri.getHost() == null
                || uri.getHost().contains("%")
                || uri.getRawUserInfo() != null
                || uri.getRawQuery() != null
                || uri.getRawFragment() != null
                || uri.getPort() == 0
                || uri.getPort() > 65535) {
            return Optional.empty();
        }
        String scheme = uri.getScheme().toLowerCase(Locale.ROOT);
        if (!scheme.equals("https") && !scheme.equals("http")) {
            return Optional.empty();
        }
        String host = uri.getHost().toLowerCase(Locale.ROOT);
        String port = uri.getPort() == -1 ? "" : ":" + uri.getPort();
        String path = uri.getRawPath().replaceFirst("/$", "");
        return staysInPlace(path) ? Optional.of(URI.create(scheme + "://" + host + port + path)) : Optional.empty();
    }

    private static boolean staysInPlace(String path) {
        return Arrays.stream(path.split("/", -1))
                .skip(1)
                .noneMatch(segment ->
                        segment.isEmpty() || DOT_SEGMENT.matcher(segment).matches());
    }

    /// Whether what is sent there can be read and forged on the way: http that leaves this machine.
    static boolean isPlaintext(URI base) {
        return "http".equalsIgnoreCase(base.getScheme()) && !isLoopback(base.getHost());
    }

    private static boolean isLoopback(String host) {
        if (host.startsWith("[")) {
            return InetAddress.ofLiteral(host.substring(1, host.length() - 1)).isLoopbackAddress();
        }
        return host.equalsIgnoreCase("localhost") || LOOPBACK_IPV4.matcher(host).matches();
    }

    /// Whether it names an address that no request may be sent to. A name is judged when it is looked up. The loopback
    /// is what it was written for.
    static boolean isUnreachable(URI base, Reachable reachable) {
        return !isLoopback(base.getHost())
                && literal(base.getHost())
                        .filter(address -> !reachable.allows(address))
                        .isPresent();
    }

    /// The address that a host is written as, in any form that is looked up as one; empty for a name.
    private static Optional<InetAddress> literal(String host) {
        try {
            return Optional.of(
                    InetAddress.ofLiteral(host.startsWith("[") ? host.substring(1, host.length() - 1) : host));
        } catch (IllegalArgumentException _) {
            return Optional.empty();
        }
    }
}
