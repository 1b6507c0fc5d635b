package io.unpost.gateway.transport;

import static org.assertj.core.api.Assertions.assertThat;

import io.unpost.gateway.engine.Exchange;
import io.unpost.gateway.engine.Exchange.Answered;
import io.unpost.gateway.engine.Exchange.NeverLeft;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.stream.Stream;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// A provider that cannot prove its name gets nothing.
@Timeout(120)
class TlsTest {

    private static final String PASSWORD = "changeit";

    @TempDir
    private static Path directory;

    private static TransportFixture gateway;

    @BeforeAll
    static void makeCertificates() throws Exception {
        keytool("-genkeypair -keyalg EC -alias ca -keystore ca.p12 -dname CN=CA -ext bc:c -validity 2");
        keytool("-genkeypair -keyalg EC -alias key -keystore key.p12 -dname CN=localhost -ext san=dns:localhost");
        keytool("-certreq -alias key -keystore key.p12 -file key.csr");
        certify("right", "-ext san=dns:localhost -validity 2");
        certify("other", "-ext san=dns:other.example -validity 2");
        certify("expired", "-ext san=dns:localhost -startdate -9d -validity 2");
        KeyStore trust = store("trust-of-nothing");
        trust.setCertificateEntry("ca", store("ca").getCertificate("ca"));
        try (var out = Files.newOutputStream(directory.resolve("trust.p12"))) {
            trust.store(out, PASSWORD.toCharArray());
        }
        gateway = new TransportFixture(Map.of(
                "micronaut.http.client.ssl.trust-store.path",
                "file:" + directory.resolve("trust.p12"),
                "micronaut.http.client.ssl.trust-store.password",
                PASSWORD,
                "micronaut.http.client.ssl.trust-store.type",
                "PKCS12"));
    }

    @AfterAll
    static void stop() {
        gateway.close();
    }

    @Test
    void trustedProviderGetsTheRequest() throws Exception {
        try (var upstream = upstream("right")) {
            assertThat(gateway.send(upstream.uri("/"))).isInstanceOf(Answered.class);
            assertThat(upstream.request()).startsWith("DELETE / HTTP/1.1\r\n").doesNotContain(Flights.TICKET);
        }
    }

    @ParameterizedTest
    @CsvSource({"other", "expired", "self"})
    void providerWithoutAProofGetsNothing(String certificate) throws Exception {
        try (var upstream = upstream(certificate)) {
            Exchange exchange = gateway.send(upstream.uri("/"));

            assertThat(exchange)
                    .isEqualTo(new NeverLeft("the host's certificate is not trusted, or is another host's"));
            assertThat(upstream.bytes()).isZero();
        }
    }

    @Test
    void authorityThatTheJdkDoesNotKnowIsNotTrusted() throws Exception {
        try (var usual = new TransportFixture();
                var upstream = upstream("right")) {
            assertThat(usual.send(upstream.uri("/"))).isInstanceOf(NeverLeft.class);
            assertThat(upstream.bytes()).isZero();
        }
    }

    @Test
    void http2IsNotSpokenEvenIfTheProviderPrefersIt() throws Exception {
        BlockingQueue<String> protocols = new LinkedBlockingQueue<>();
        try (var upstream = new Upstream("https", context("right").getServerSocketFactory(), connection -> {
            var socket = (SSLSocket) connection.socket;
            var parameters = socket.getSSLParameters();
            parameters.setApplicationProtocols(new String[] {"h2", "http/1.1"});
            socket.setSSLParameters(parameters);
            connection.read();
            protocols.add(socket.getApplicationProtocol());
            connection.send(TransportFixture.OK);
        })) {
            assertThat(gateway.send(upstream.uri("/"))).isInstanceOf(Answered.class);
            assertThat(protocols.take()).isEqualTo("http/1.1");
        }
    }

    private static Upstream upstream(String certificate) throws Exception {
        return new Upstream("https", context(certificate).getServerSocketFactory(), connection -> {
            connection.read();
            connection.send(TransportFixture.OK);
        });
    }

    /// With the one key, and the certificate of that name; or the key's own, which nobody has signed.
    private static SSLContext context(String certificate) throws Exception {
        KeyStore keys = store("key");
        Path signed = directory.resolve(certificate + ".crt");
        if (Files.exists(signed)) {
            try (var in = Files.newInputStream(signed)) {
                keys.setKeyEntry(
                        "key", keys.getKey("key", PASSWORD.toCharArray()), PASSWORD.toCharArray(), new Certificate[] {
                            CertificateFactory.getInstance("X.509").generateCertificate(in)
                        });
            }
        }
        var managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(keys, PASSWORD.toCharArray());
        var context = SSLContext.getInstance("TLS");
        context.init(managers.getKeyManagers(), null, null);
        return context;
    }

    /// An empty one where there is no such file.
    private static KeyStore store(String name) throws Exception {
        Path file = directory.resolve(name + ".p12");
        var store = KeyStore.getInstance("PKCS12");
        try (var in = Files.exists(file) ? Files.newInputStream(file) : null) {
            store.load(in, PASSWORD.toCharArray());
        }
        return store;
    }

    private static void certify(String name, String extensions) throws Exception {
        keytool("-gencert -alias ca -keystore ca.p12 -infile key.csr -outfile " + name + ".crt " + extensions);
    }

    private static void keytool(String arguments) throws IOException, InterruptedException {
        String keytool =
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
        List<String> command = Stream.of(keytool, arguments, "-storetype PKCS12 -storepass", PASSWORD)
                .flatMap(part -> Stream.of(part.split(" ")))
                .toList();
        Process process = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
    }
}
