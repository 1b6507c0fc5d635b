package io.unpost.gateway.transport;

import static org.assertj.core.api.Assertions.assertThat;

import io.unpost.gateway.Certificates;
import io.unpost.gateway.engine.Exchange;
import io.unpost.gateway.engine.Exchange.Answered;
import io.unpost.gateway.engine.Exchange.NeverLeft;
import java.nio.file.Path;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
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

    @TempDir
    private static Path directory;

    private static Certificates certificates;
    private static TransportFixture gateway;

    @BeforeAll
    static void makeCertificates() throws Exception {
        certificates = new Certificates(directory);
        gateway = new TransportFixture(certificates.trust());
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
        try (var upstream = new Upstream("https", certificates.of("right").getServerSocketFactory(), connection -> {
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
        return new Upstream("https", certificates.of(certificate).getServerSocketFactory(), connection -> {
            connection.read();
            connection.send(TransportFixture.OK);
        });
    }
}
