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
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
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
        return twitter("POST", tweet(id), Map.of());
    }

    CompletableFuture<HttpResponse<String>> destroyLater(String id) {
        return client.sendAsync(
                signed("POST", tweet(id), Map.of(), TwitterImitation.KEYS).build(), BodyHandlers.ofString());
    }

    /// Deletes a tweet over a connection of its own.
    ///
    /// @return all that arrives until the connection ends
    /// @throws IOException where it does not end in order
    String destroyRaw(String id) throws IOException {
        return twitterRaw("POST", tweet(id));
    }

    /// Calls Twitter with the demo account's credentials.
    ///
    /// @param path below the version's, with an encoded query or none
    HttpResponse<String> twitter(String method, String path, Map<String, String> form) {
        return send(
                signed(method, twitterPath(path), form, TwitterImitation.KEYS).build());
    }

    /// The same over a connection of its own.
    String twitterRaw(String method, String path) throws IOException {
        return raw(
                method, twitterPath(path), authorization(method, twitterPath(path), Map.of(), TwitterImitation.KEYS));
    }

    /// Calls Weibo with the demo account's password and the app's key.
    ///
    /// @param path with an encoded query or none
    HttpResponse<String> weibo(String method, String path) {
        return send(method, weiboPath(path), "Authorization", weiboPassword());
    }

    /// The same over a connection of its own.
    String weiboRaw(String method, String path) throws IOException {
        return raw(method, weiboPath(path), weiboPassword());
    }

    /// Calls Weibo with the demo account's OAuth keys.
    HttpResponse<String> weiboSigned(String method, String path, Map<String, String> form) {
        return send(signed(method, "/sandbox/weibo" + path, form, WeiboImitation.KEYS)
                .build());
    }

    HttpResponse<String> form(String method, String path, Map<String, String> form, String authorization) {
        return send(
                form(method, path, form).header("Authorization", authorization).build());
    }

    static String weiboPassword() {
        return "Basic " + Base64.getEncoder().encodeToString("demo@unpost.example:demo:password".getBytes(UTF_8));
    }

    private static String weiboPath(String path) {
        return "/sandbox/weibo" + path + (path.contains("?") ? "&" : "?") + "source=demo-app-key";
    }

    private static String twitterPath(String path) {
        return path.startsWith("/sandbox") ? path : "/sandbox/twitter/1.1" + path;
    }

    private static String tweet(String id) {
        return twitterPath("/statuses/destroy/" + id + ".json");
    }

    private String raw(String method, String path, String authorization) throws IOException {
        URI uri = at(path);
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), uri.getPort())) {
            socket.setSoTimeout((int) StandingTime.PATIENCE.toMillis());
            String request = method + " " + path + " HTTP/1.1\r\nHost: " + uri.getAuthority()
                    + "\r\nContent-Length: 0\r\nAuthorization: " + authorization + "\r\n\r\n";
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

    private HttpRequest.Builder signed(String method, String path, Map<String, String> form, Keys keys) {
        return form(method, path, form).header("Authorization", authorization(method, path, form, keys));
    }

    private HttpRequest.Builder form(String method, String path, Map<String, String> form) {
        String body = form.entrySet().stream()
                .map(field -> field.getKey() + "=" + URLEncoder.encode(field.getValue(), UTF_8))
                .collect(Collectors.joining("&"));
        return HttpRequest.newBuilder(at(path))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .method(method, BodyPublishers.ofString(body));
    }

    private String authorization(String method, String path, Map<String, String> form, Keys keys) {
        String query = Objects.requireNonNullElse(at(path).getQuery(), "");
        List<Parameter> parameters = Stream.concat(
                        Arrays.stream(query.split("&"))
                                .filter(pair -> !pair.isEmpty())
                                .map(pair -> pair.split("=", 2))
                                .map(pair -> new Parameter(pair[0], pair[1])),
                        form.entrySet().stream().map(field -> new Parameter(field.getKey(), field.getValue())))
                .toList();
        String nonce = "nonce" + nonces.incrementAndGet();
        return JerseySigner.authorization(
                method, at(path).toString(), parameters, keys, StandingTime.NOW.getEpochSecond(), nonce);
    }

    @Override
    public void close() {
        client.shutdownNow();
        context.close();
    }
}
