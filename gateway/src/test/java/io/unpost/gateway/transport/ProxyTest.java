package io.unpost.gateway.transport;

import static io.unpost.gateway.transport.TransportFixture.AMPLE;
import static io.unpost.gateway.transport.TransportFixture.SHORT;
import static io.unpost.gateway.transport.TransportFixture.delete;
import static org.assertj.core.api.Assertions.assertThat;

import io.unpost.gateway.Certificates;
import io.unpost.gateway.engine.Exchange;
import io.unpost.gateway.engine.Exchange.Answered;
import io.unpost.gateway.engine.Exchange.NeverLeft;
import io.unpost.gateway.engine.Exchange.NoAnswer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import javax.net.ServerSocketFactory;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What is said of requests that go to their provider through a proxy.
@Timeout(120)
final class ProxyTest {

    @TempDir
    private static Path directory;

    private static Certificates certificates;

    @BeforeAll
    static void makeCertificates() throws Exception {
        certificates = new Certificates(directory);
    }

    @ParameterizedTest
    @ValueSource(strings = {"http", "https"})
    void requestGoesThroughATunnel(String scheme) throws Exception {
        try (var provider = provider(scheme);
                var proxy = new Upstream(connection -> relay(connection, provider.uri("/")));
                var gateway = behind(proxy.uri("/"))) {
            assertThat(gateway.send(provider.uri("/a"))).isInstanceOf(Answered.class);
            assertThat(gateway.send(provider.uri("/b"))).isInstanceOf(Answered.class);

            assertThat(proxy.request())
                    .startsWith("CONNECT localhost:" + provider.uri("/").getPort() + " HTTP/1.1\r\n")
                    .contains("proxy-authorization: Basic bWU6cGFzcw==")
                    .doesNotContain("OAuth secret");
            assertThat(provider.request())
                    .startsWith("DELETE /a HTTP/1.1\r\n")
                    .contains("OAuth secret")
                    .doesNotContainIgnoringCase("proxy-");
            assertThat(proxy.connections()).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "http, 403 Forbidden",
        "https, 403 Forbidden",
        "http, 407 Proxy Authentication Required",
        "https, 407 Proxy Authentication Required",
        "http, 503 Service Unavailable",
        "https, 503 Service Unavailable"
    })
    void tunnelThatIsRefused(String scheme, String status) throws Exception {
        try (var proxy = new Upstream(connection -> {
                    connection.read();
                    connection.send("HTTP/1.1 " + status + "\r\nContent-Length: 0\r\n\r\n");
                    connection.awaitClose();
                });
                var gateway = behind(proxy.uri("/"))) {
            Exchange exchange = gateway.send(URI.create(scheme + "://localhost:1/"));

            assertThat(exchange).isEqualTo(new NeverLeft("the proxy opened no connection to the host"));
            proxy.awaitClosedByUs();
            assertThat(proxy.request()).startsWith("CONNECT ");
            assertThat(proxy.unreadRequests()).isZero();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"http", "https"})
    void proxyThatGoesAwayBeforeItsAnswer(String scheme) throws Exception {
        try (var provider = provider(scheme);
                var proxy = new Upstream(connection -> {
                    if (connection.number <= 5) {
                        connection.read();
                        if (connection.number % 2 == 0) {
                            // An answer without a length ends with the connection.
                            connection.send("HTTP/1.1 407 Proxy Authentication Required\r\n\r\n");
                        }
                    } else {
                        relay(connection, provider.uri("/"));
                    }
                });
                var gateway = behind(
                        "localhost:" + proxy.uri("/").getPort(),
                        Map.of("micronaut.http.client.pool.max-pending-connections", 2))) {
            for (int i = 0; i < 5; i++) {
                assertThat(gateway.send(provider.uri("/")))
                        .isEqualTo(new NeverLeft("the proxy opened no connection to the host"));
            }
            assertThat(gateway.send(provider.uri("/"))).isInstanceOf(Answered.class);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"http", "https"})
    void proxyThatNeverAnswers(String scheme) throws Exception {
        try (var mute = new Upstream(Upstream.Connection::awaitClose);
                var gateway = behind(mute.uri("/"))) {
            Exchange exchange = gateway.transport.send(delete(URI.create(scheme + "://localhost:1/")), SHORT, AMPLE);

            assertThat(exchange).isEqualTo(new NeverLeft("no connection was ready within 200 ms"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"http", "https"})
    void proxyWhoseNameIsUnknown(String scheme) {
        try (var gateway = behind("proxy.invalid:3128", Map.of())) {
            assertThat(gateway.send(URI.create(scheme + "://localhost:1/")))
                    .isEqualTo(new NeverLeft("the proxy's name is not known"));
        }
    }

    @Test
    void proxyThatIsDown() throws Exception {
        int port;
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = socket.getLocalPort();
        }
        try (var gateway = behind(URI.create("http://localhost:" + port))) {
            assertThat(gateway.send(URI.create("https://localhost:1/")))
                    .isEqualTo(new NeverLeft("the connection was refused"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"http", "https"})
    void tunnelThatBreaksAfterTheRequest(String scheme) throws Exception {
        try (var provider = new Upstream(scheme, sockets(scheme), Upstream.Connection::read);
                var proxy = new Upstream(connection -> relay(connection, provider.uri("/")));
                var gateway = behind(proxy.uri("/"))) {
            assertThat(gateway.send(provider.uri("/"))).isInstanceOf(NoAnswer.class);
            assertThat(provider.request()).startsWith("DELETE / ");
        }
    }

    private static Upstream provider(String scheme) throws Exception {
        return new Upstream(scheme, sockets(scheme), connection -> {
            while (true) {
                connection.read();
                connection.send(TransportFixture.OK);
            }
        });
    }

    private static ServerSocketFactory sockets(String scheme) throws Exception {
        return scheme.equals("https")
                ? certificates.of("right").getServerSocketFactory()
                : ServerSocketFactory.getDefault();
    }

    /// Opens the tunnel, and passes on what comes from either side.
    private static void relay(Upstream.Connection connection, URI provider) throws Exception {
        connection.read();
        try (var onward = new Socket(InetAddress.getLoopbackAddress(), provider.getPort())) {
            connection.send("HTTP/1.1 200 Connection established\r\n\r\n");
            Thread.ofVirtual().start(() -> {
                try (var _ = connection.socket) {
                    onward.getInputStream().transferTo(connection.socket.getOutputStream());
                } catch (IOException _) {
                    // One side went away.
                }
            });
            connection.socket.getInputStream().transferTo(onward.getOutputStream());
        }
    }

    private static TransportFixture behind(URI proxy) {
        return behind("localhost:" + proxy.getPort(), Map.of());
    }

    private static TransportFixture behind(String proxy, Map<String, Object> more) {
        Map<String, Object> settings = new HashMap<>(certificates.trust());
        settings.putAll(more);
        settings.put("micronaut.http.client.proxy-type", "http");
        settings.put("micronaut.http.client.proxy-address", proxy);
        settings.put("micronaut.http.client.proxy-username", "me");
        settings.put("micronaut.http.client.proxy-password", "pass");
        return new TransportFixture(settings);
    }
}
