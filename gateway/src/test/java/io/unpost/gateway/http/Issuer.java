package io.unpost.gateway.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/// A server that gives a key set, and counts how often it was asked.
final class Issuer implements AutoCloseable {

    private static final String JWKS = "micronaut.security.token.jwt.signatures.jwks.issuer.";

    private final HttpServer server;
    private final AtomicInteger calls = new AtomicInteger();
    private volatile int status = 200;
    private volatile String body;

    Issuer(JWK... keys) {
        body = keySet(keys);
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/", exchange -> {
            calls.incrementAndGet();
            byte[] bytes = body.getBytes(UTF_8);
            exchange.getResponseHeaders().add("Content-Type", "application/json");
            exchange.sendResponseHeaders(status, bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
        });
        server.start();
    }

    private static String keySet(JWK... keys) {
        return new JWKSet(List.of(keys)).toString(false);
    }

    /// The settings of a gateway that takes its tokens for the audience `unpost`, and asks for the keys with each call.
    Map<String, Object> trust() {
        return Map.of(
                JWKS + "url",
                url(),
                JWKS + "cache-expiration",
                0,
                "micronaut.security.token.jwt.claims-validators.audience",
                "unpost",
                "jwt.generator.signature.secret",
                "");
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/keys";
    }

    void answers(int status, String body) {
        this.body = body;
        this.status = status;
    }

    void gives(JWK... keys) {
        answers(200, keySet(keys));
    }

    int calls() {
        return calls.get();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
