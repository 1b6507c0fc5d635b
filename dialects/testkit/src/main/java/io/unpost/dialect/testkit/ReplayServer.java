package io.unpost.dialect.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.unpost.dialect.WireRequest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/// An HTTP server on a free loopback port that answers as transcripts say.
///
/// A request that fits a transcript gets its answer; of several that fit, the first. Any other request gets a `599`
/// whose body says what differs from each transcript. Headers, `oauth_` parameters and the named credential parameters
/// are not compared, and neither is the order of parameters.
public final class ReplayServer implements AutoCloseable {

    private static final int DIFFERENT = 599;

    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final List<Transcript> transcripts;
    private final Set<String> credentialParameters;
    private final List<Seen> seen = new CopyOnWriteArrayList<>();

    /// A request that came in.
    ///
    /// @param path as sent, percent-encoded
    /// @param query decoded, in the order sent, credentials included
    /// @param form the same of the body
    /// @param headers by lower-case name; several of one name joined by `, `
    public record Seen(
            String method,
            String path,
            List<WireRequest.Parameter> query,
            List<WireRequest.Parameter> form,
            Map<String, String> headers) {}

    private ReplayServer(List<Transcript> transcripts, Set<String> credentialParameters) throws IOException {
        this.transcripts = List.copyOf(transcripts);
        this.credentialParameters = Set.copyOf(credentialParameters);
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/", this::answer);
    }

    /// Starts a server for these transcripts.
    public static ReplayServer start(Transcript... transcripts) {
        return start(List.of(transcripts), Set.of());
    }

    /// Starts a server for these transcripts.
    ///
    /// @param credentialParameters names of parameters that carry credentials
    public static ReplayServer start(List<Transcript> transcripts, Set<String> credentialParameters) {
        try {
            var replay = new ReplayServer(transcripts, credentialParameters);
            replay.server.start();
            return replay;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Where it listens, without a trailing slash.
    public URI baseUri() {
        String host = server.getAddress().getAddress().getHostAddress();
        return URI.create("http://" + (host.contains(":") ? "[" + host + "]" : host) + ":"
                + server.getAddress().getPort());
    }

    /// The requests so far, in the order they came.
    public List<Seen> requests() {
        return List.copyOf(seen);
    }

    @Override
    public void close() {
        server.stop(0);
        threads.close();
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            var differences = new StringBuilder();
            try {
                Seen request = read(exchange);
                seen.add(request);
                for (Transcript transcript : transcripts) {
                    List<String> difference = difference(transcript.request(), request);
                    if (difference.isEmpty()) {
                        send(exchange, transcript);
                        return;
                    }
                    differences.append(transcript).append(": ").append(String.join("; ", difference));
                    differences.append('\n');
                }
            } catch (IllegalArgumentException e) {
                differences
                        .append("unreadable request: ")
                        .append(e.getMessage())
                        .append('\n');
            }
            byte[] text = differences.toString().getBytes(UTF_8);
            exchange.getResponseHeaders().set("content-type", "text/plain; charset=utf-8");
            exchange.sendResponseHeaders(DIFFERENT, text.length == 0 ? -1 : text.length);
            write(exchange, text);
        }
    }

    private static Seen read(HttpExchange exchange) throws IOException {
        var headers = new TreeMap<String, String>();
        exchange.getRequestHeaders()
                .forEach((name, values) -> headers.put(name.toLowerCase(Locale.ROOT), String.join(", ", values)));
        return new Seen(
                exchange.getRequestMethod(),
                exchange.getRequestURI().getRawPath(),
                Transcript.parameters(exchange.getRequestURI().getRawQuery()),
                Transcript.parameters(new String(exchange.getRequestBody().readAllBytes(), UTF_8)),
                headers);
    }

    private List<String> difference(WireRequest expected, Seen request) {
        var difference = new ArrayList<String>();
        compare("method", expected.method().name(), request.method(), difference);
        compare("path", expected.path(), request.path(), difference);
        compare("query", comparable(expected.query()), comparable(request.query()), difference);
        compare("form", comparable(expected.form()), comparable(request.form()), difference);
        return difference;
    }

    private static void compare(String what, Object expected, Object actual, List<String> difference) {
        if (!expected.equals(actual)) {
            difference.add(what + " is " + actual + ", not " + expected);
        }
    }

    private List<String> comparable(List<WireRequest.Parameter> parameters) {
        return parameters.stream()
                .filter(parameter -> !parameter.name().startsWith("oauth_"))
                .filter(parameter -> !credentialParameters.contains(parameter.name()))
                .map(parameter -> parameter.name() + "=" + parameter.value())
                .sorted()
                .toList();
    }

    private static void send(HttpExchange exchange, Transcript transcript) throws IOException {
        byte[] body = transcript.body();
        transcript.headers().forEach((name, value) -> {
            if (!name.equals("content-length") && !name.equals("transfer-encoding")) {
                exchange.getResponseHeaders().set(name, value);
            }
        });
        exchange.sendResponseHeaders(transcript.status(), announced(transcript));
        write(exchange, body);
    }

    private static void write(HttpExchange exchange, byte[] body) throws IOException {
        if (body.length > 0) {
            exchange.getResponseBody().write(body);
            exchange.getResponseBody().flush();
        }
    }

    /// The length as [HttpExchange#sendResponseHeaders] wants it: 0 is a chunked body and -1 none.
    private static long announced(Transcript transcript) {
        String length = transcript.headers().get("content-length");
        if (length == null) {
            return transcript.body().length == 0 ? -1 : 0;
        }
        return length.equals("0") ? -1 : Long.parseLong(length);
    }
}
