package io.unpost.gateway.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Identity providers that fail, and that change their keys.
final class KeySetsTest {

    private static final String JWKS = "micronaut.security.token.jwt.signatures.jwks.issuer.";
    private static final FakeProvider PROVIDER = new FakeProvider();

    private final RSAKey first = key("first");
    private final RSAKey second = key("second");
    private HttpServer issuer;
    private GatewayServer gateway;
    private volatile int status = 200;
    private volatile String body = keys(first);

    @BeforeEach
    void start() throws IOException {
        issuer = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        issuer.createContext("/keys", exchange -> {
            byte[] bytes = body.getBytes(UTF_8);
            exchange.getResponseHeaders().add("Content-Type", "application/json");
            exchange.sendResponseHeaders(status, bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
        });
        issuer.start();
        gateway = GatewayServer.before(
                PROVIDER,
                Map.of(
                        JWKS + "url",
                        "http://127.0.0.1:" + issuer.getAddress().getPort() + "/keys",
                        // So that the keys are asked for with each call.
                        JWKS + "cache-expiration",
                        0,
                        "micronaut.security.token.jwt.claims-validators.audience",
                        "unpost",
                        "jwt.generator.signature.secret",
                        ""));
        PROVIDER.deletes("7");
    }

    @AfterEach
    void stop() {
        gateway.close();
        issuer.stop(0);
    }

    @Test
    void lastGoodKeysAreKeptWhileThereAreNoOthers() {
        assertThat(called(first)).isEqualTo(200);

        status = 500;
        assertThat(called(first)).isEqualTo(200);
        status = 200;
        body = "<html>maintenance</html>";
        assertThat(called(first)).isEqualTo(200);
        issuer.stop(0);
        assertThat(called(first)).isEqualTo(200);
        assertThat(called(second)).isEqualTo(401);
    }

    @Test
    void keySetWithoutAKeyIsTakenAtItsWord() {
        assertThat(called(first)).isEqualTo(200);
        body = "{\"keys\":[]}";
        assertThat(called(first)).isEqualTo(401);

        status = 500;
        assertThat(called(first)).isEqualTo(401);
    }

    @Test
    void keysAreNotKeptForEver() {
        assertThat(called(first)).isEqualTo(200);
        status = 500;
        assertThat(called(first)).isEqualTo(200);
        PROVIDER.time().forget();

        assertThat(called(first)).isEqualTo(401);
    }

    @Test
    void keysThatWereReplacedAreTakenNoMore() {
        assertThat(called(first)).isEqualTo(200);
        body = keys(second);

        assertThat(called(second)).isEqualTo(200);
        assertThat(called(first)).isEqualTo(401);
    }

    @Test
    void tokensAreRefusedUntilThereAreKeys() {
        status = 503;
        assertThat(called(first)).isEqualTo(401);
        status = 200;

        assertThat(called(first)).isEqualTo(200);
    }

    private int called(RSAKey key) {
        String token;
        try {
            token = Tokens.signed(
                    Tokens.everything().audience("unpost"),
                    new JWSHeader.Builder(JWSAlgorithm.RS256)
                            .keyID(key.getKeyID())
                            .build(),
                    new RSASSASigner(key));
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
        return gateway.anonymously("DELETE", "/v1/accounts/acme-news/posts/7", Tokens.bearer(token))
                .status();
    }

    private static String keys(RSAKey key) {
        return new JWKSet(key).toString(true);
    }

    private static RSAKey key(String id) {
        try {
            return new RSAKeyGenerator(2048)
                    .keyID(id)
                    .algorithm(JWSAlgorithm.RS256)
                    .generate();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }
}
