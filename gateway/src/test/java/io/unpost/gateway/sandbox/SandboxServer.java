package io.unpost.gateway.sandbox;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.micronaut.context.ApplicationContext;
import io.micronaut.http.server.netty.NettyEmbeddedServer;
import io.unpost.gateway.sandbox.Call.Parameter;
import io.unpost.gateway.sandbox.OAuth1Verifier.Keys;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// A gateway with the sandbox, at a time that stands still and with pauses that a test ends, and a client of it.
final class SandboxServer implements AutoCloseable {

    private final AtomicLong nonces = new AtomicLong();
    private final ApplicationContext context;
    private final NettyEmbeddedServer server;
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    SandboxServer(Map<String, Object> settings) {
        var all = new HashMap<String, Object>(
                Map.of("micronaut.server.port", -1, "micronaut.security.enabled", false, StandingTime.PROPERTY, true));
        all.putAll(settings);
        context = ApplicationContext.builder("sandbox").properties(all).start();
        server = context.getBean(NettyEmbeddedServer.class).start();
    }

    /// One whose callers need no token.
    static SandboxServer open() {
        return new SandboxServer(Map.of());
    }

    ApplicationContext context() {
        return context;
    }

    URI at(String path) {
        return URI.create("http://127.0.0.1:" + server.getPort() + path);
    }

    /// The next pause that somebody waits in.
    StandingTime.Paused nextPause() throws InterruptedException {
        return context.getBean(StandingTime.Pauses.class).next();
    }

    /// Deletes a tweet with the demo account's credentials.
    HttpResponse<String> destroy(String id) {
        return destroy(id, "", Map.of());
    }

    /// Deletes a tweet.
    ///
    /// @param query encoded, with its question mark; or empty
    HttpResponse<String> destroy(String id, String query, Map<String, String> form) {
        return send(request(id, query, form).build());
    }

    CompletableFuture<HttpResponse<String>> destroyLater(String id) {
        return client.sendAsync(request(id, "", Map.of()).build(), BodyHandlers.ofString());
    }

    /// Deletes a tweet over a connection of its own.
    ///
    /// @return all that arrives until the connection ends
    /// @throws IOException where it does not end in order
    String destroyRaw(String id) throws IOException {
        URI uri = at(path(id));
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), uri.getPort())) {
            socket.setSoTimeout((int) StandingTime.PATIENCE.toMillis());
            String request = "POST " + uri.getPath() + " HTTP/1.1\r\nHost: " + uri.getAuthority()
                    + "\r\nContent-Length: 0\r\nAuthorization: " + authorization(uri, List.of()) + "\r\n\r\n";
            socket.getOutputStream().write(request.getBytes(UTF_8));
            return new String(socket.getInputStream().readAllBytes(), UTF_8);
        }
    }

    HttpResponse<String> send(String method, String path, String... headers) {
        var request = HttpRequest.newBuilder(at(path)).method(method, BodyPublishers.noBody());
        if (headers.length > 0) {
            request.headers(headers);
        }
        return send(request.build());
    }

    HttpResponse<String> get(URI uri) {
        return send(HttpRequest.newBuilder(uri).build());
    }

    private HttpResponse<String> send(HttpRequest request) {
        try {
            return client.send(request, BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private HttpRequest.Builder request(String id, String query, Map<String, String> form) {
        URI uri = at(path(id) + query);
        List<Parameter> parameters = Stream.concat(
                        query.isEmpty()
                                ? Stream.of()
                                : Arrays.stream(query.substring(1).split("&"))
                                        .map(pair -> pair.split("=", 2))
                                        .map(pair -> new Parameter(pair[0], pair[1])),
                        form.entrySet().stream().map(field -> new Parameter(field.getKey(), field.getValue())))
                .toList();
        String body = form.entrySet().stream()
                .map(field -> field.getKey() + "=" + URLEncoder.encode(field.getValue(), UTF_8))
                .collect(Collectors.joining("&"));
        return HttpRequest.newBuilder(uri)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .header("Authorization", authorization(uri, parameters))
                .POST(BodyPublishers.ofString(body));
    }

    private String authorization(URI uri, List<Parameter> parameters) {
        Keys keys = TwitterImitation.KEYS;
        String nonce = "nonce" + nonces.incrementAndGet();
        return JerseySigner.authorization(
                "POST", uri.toString(), parameters, keys, StandingTime.NOW.getEpochSecond(), nonce);
    }

    private static String path(String id) {
        return "/sandbox/twitter/1.1/statuses/destroy/" + id + ".json";
    }

    @Override
    public void close() {
        client.shutdownNow();
        context.close();
    }
}
