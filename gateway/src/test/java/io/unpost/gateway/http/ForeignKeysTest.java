package io.unpost.gateway.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Tokens that bring the key that they were signed with, or say where it is.
final class ForeignKeysTest {

    private static final FakeProvider PROVIDER = new FakeProvider();

    @TempDir
    private Path folder;

    private final RSAKey ours = new RSAKeyGenerator(2048).keyID("k").generate();
    private final Issuer issuer = new Issuer(ours.toPublicJWK());
    private RSAKey theirs;
    private Issuer attacker;

    ForeignKeysTest() throws JOSEException {}

    @BeforeEach
    void makeTheirs() throws Exception {
        theirs = withCertificate();
        attacker = new Issuer(theirs.toPublicJWK());
        PROVIDER.deletes("7");
    }

    @AfterEach
    void stop() {
        attacker.close();
        issuer.close();
    }

    @Test
    void keyOfATokensOwnIsNeitherFetchedNorTaken() throws JOSEException {
        try (GatewayServer keys = GatewayServer.before(PROVIDER, issuer.trust());
                GatewayServer secret = GatewayServer.before(PROVIDER)) {
            for (JWSHeader header : headers()) {
                String token = signed(header, theirs);

                assertThat(status(keys, token)).as(header.toString()).isEqualTo(401);
                assertThat(status(secret, token)).as(header.toString()).isEqualTo(401);
            }
            assertThat(PROVIDER.sent()).isEmpty();
        }
        assertThat(attacker.calls()).isZero();
    }

    @Test
    void headersThatNameKeysAreIgnored() throws JOSEException {
        try (GatewayServer keys = GatewayServer.before(PROVIDER, issuer.trust())) {
            for (JWSHeader header : headers()) {
                int known = "k".equals(header.getKeyID()) || header.getKeyID() == null ? 200 : 401;

                assertThat(status(keys, signed(header, ours)))
                        .as(header.toString())
                        .isEqualTo(known);
            }
        }
        assertThat(attacker.calls()).isZero();
    }

    /// An extension that must be understood (RFC 7515 section 4.1.11) and is not.
    @Test
    void criticalExtensionIsRefused() throws JOSEException {
        JWSHeader header = new JWSHeader.Builder(JWSAlgorithm.RS256)
                .keyID("k")
                .criticalParams(Set.of("kind"))
                .customParam("kind", "x")
                .build();
        try (GatewayServer keys = GatewayServer.before(PROVIDER, issuer.trust())) {
            assertThat(status(keys, signed(header, ours))).isEqualTo(401);
        }
    }

    /// Each way to name a key, with the `kid` of ours, with another and with none.
    private List<JWSHeader> headers() {
        List<JWSHeader> headers = new ArrayList<>();
        for (String kid : new String[] {"k", "theirs", null}) {
            headers.add(header(kid).jwkURL(URI.create(attacker.url())).build());
            headers.add(header(kid).x509CertURL(URI.create(attacker.url())).build());
            headers.add(header(kid).jwk(theirs.toPublicJWK()).build());
            headers.add(header(kid).x509CertChain(theirs.getX509CertChain()).build());
            headers.add(header(kid)
                    .jwkURL(URI.create(attacker.url()))
                    .x509CertURL(URI.create(attacker.url()))
                    .jwk(theirs.toPublicJWK())
                    .x509CertChain(theirs.getX509CertChain())
                    .x509CertSHA256Thumbprint(theirs.getX509CertSHA256Thumbprint())
                    .build());
        }
        return headers;
    }

    private static JWSHeader.Builder header(String kid) {
        return new JWSHeader.Builder(JWSAlgorithm.RS256).keyID(kid);
    }

    private static String signed(JWSHeader header, RSAKey key) throws JOSEException {
        return Tokens.signed(Tokens.everything().audience("unpost"), header, new RSASSASigner(key));
    }

    private static int status(GatewayServer gateway, String token) {
        return gateway.anonymously("DELETE", "/v1/accounts/acme-news/posts/7", Tokens.bearer(token))
                .status();
    }

    private RSAKey withCertificate() throws Exception {
        Path file = folder.resolve("theirs.p12");
        keytool(
                "-genkeypair",
                "-keyalg",
                "RSA",
                "-alias",
                "theirs",
                "-dname",
                "CN=login",
                "-keystore",
                file.toString());
        var store = KeyStore.getInstance("PKCS12");
        try (var in = Files.newInputStream(file)) {
            store.load(in, "changeit".toCharArray());
        }
        return RSAKey.load(store, "theirs", "changeit".toCharArray());
    }

    private static void keytool(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(), "-storepass", "changeit"));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
    }
}
