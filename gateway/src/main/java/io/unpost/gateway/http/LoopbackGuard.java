package io.unpost.gateway.http;

import io.micronaut.context.annotation.Property;
import io.micronaut.context.annotation.Value;
import io.micronaut.context.env.Environment;
import io.micronaut.core.order.Ordered;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.annotation.RequestFilter;
import io.micronaut.http.annotation.ServerFilter;
import io.micronaut.http.filter.ServerFilterPhase;
import io.micronaut.http.server.netty.NettyHttpRequest;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Guards a sidecar, and whatever else asks for no tokens: serves deletes on the loopback only, and there not to web
/// pages.
///
/// A page in a browser on the same machine could otherwise call the gateway, by a cross-origin request or by a name
/// of its own that resolves to the loopback (DNS rebinding).
@ServerFilter(ServerFilter.MATCH_ALL_PATTERN)
final class LoopbackGuard implements Ordered {

    private static final Pattern HOST = Pattern.compile("(\\[[0-9A-Fa-f:.]+]|[^:\\[\\]]+)(?::[0-9]+)?");
    private static final Pattern ABSOLUTE = Pattern.compile("[^/?#]*//([^/?#]*)");
    private static final Pattern FOR_EVERYBODY = Pattern.compile("/health(?:/.*)?|/prometheus");
    private static final String LET_IN = LoopbackGuard.class.getName();

    private final boolean guarding;
    private final Set<String> hosts;

    /// @param allowedHosts more names to answer to; null for none
    LoopbackGuard(
            @Value("${micronaut.security.enabled:true}") boolean tokens,
            @Property(name = "unpost.allowed-hosts") @Nullable List<String> allowedHosts,
            Environment environment) {
        guarding = !tokens || environment.getActiveNames().contains("sidecar");
        hosts = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        hosts.addAll(Set.of("localhost", "127.0.0.1", "[::1]"));
        if (allowedHosts != null) {
            hosts.addAll(allowedHosts);
        }
    }

    @Override
    public int getOrder() {
        return ServerFilterPhase.FIRST.after();
    }

    @RequestFilter
    @Nullable
    HttpResponse<?> refused(HttpRequest<?> request) {
        if (!guarding) {
            return null;
        }
        if (!onLoopback(request)) {
            if (!FOR_EVERYBODY.matcher(request.getPath()).matches()) {
                return refusal(ProblemCode.UNKNOWN_ROUTE, request);
            }
            request.setAttribute(LET_IN, true);
            return null;
        }
        if (request.getHeaders().isEmpty()) {
            // What the framework puts in place of a request whose address it cannot read.
            return refusal(ProblemCode.INVALID_REQUEST, request);
        }
        List<String> named = request.getHeaders().getAll("Host");
        if (named.size() != 1 || !served(named.getFirst()) || !servedAuthority(request)) {
            return refusal(ProblemCode.MISDIRECTED, request);
        }
        String own = "http://" + named.getFirst();
        if (!request.getHeaders().getAll("Origin").stream().allMatch(own::equalsIgnoreCase)) {
            return refusal(ProblemCode.FORBIDDEN, request);
        }
        return null;
    }

    /// Whether the request came by a listener that is not for deletes, for what that listener has to show.
    static boolean letIn(HttpRequest<?> request) {
        return request.getAttribute(LET_IN).isPresent();
    }

    /// Whether the listener is bound to the loopback, which is more than that the request came from there.
    private static boolean onLoopback(HttpRequest<?> request) {
        return request instanceof NettyHttpRequest<?> netty
                && netty.getChannelHandlerContext().channel().parent() != null
                && netty.getChannelHandlerContext().channel().parent().localAddress() instanceof InetSocketAddress bound
                && bound.getAddress().isLoopbackAddress();
    }

    private boolean served(String hostAndPort) {
        Matcher host = HOST.matcher(hostAndPort);
        return host.matches() && hosts.contains(host.group(1));
    }

    /// A request line may name a host too, which then counts (RFC 9112 section 3.2.2); the framework leaves it out of
    /// the request's URI.
    private boolean servedAuthority(HttpRequest<?> request) {
        if (!(request instanceof NettyHttpRequest<?> netty)) {
            return false;
        }
        Matcher absolute = ABSOLUTE.matcher(netty.getNativeRequest().uri());
        return !absolute.lookingAt() || served(absolute.group(1));
    }

    private static HttpResponse<?> refusal(ProblemCode code, HttpRequest<?> request) {
        return Problems.response(
                Problem.of(code, code.explanation(), request.getUri().getRawPath(), RequestIds.of(request)));
    }
}
