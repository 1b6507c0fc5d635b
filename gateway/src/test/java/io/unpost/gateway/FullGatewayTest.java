package io.unpost.gateway;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Gateways that have as much as they may have.
@Timeout(60)
final class FullGatewayTest {

    private static final int MOST_CONNECTIONS = 8;

    @TempDir
    private Path folder;

    @Test
    void deleteThatIsOneTooManyIsRefusedAtOnce() throws Exception {
        var answer = new CountDownLatch(1);
        try (var provider = new Provider();
                var gateway = start(provider, Map.of("unpost.max-in-flight", "1"))) {
            provider.does(call -> {
                answer.await();
                call.obey();
            });
            Future<Told> first = gateway.deleteLater("acme", "1");
            provider.nextArrival();

            Told second = gateway.delete("other", "2");

            assertThat(second.status()).isEqualTo(503);
            assertThat(second.claim()).isEqualTo("overloaded");
            assertThat(second.at("/attempts")).isEqualTo("0");
            assertThat(second.header("Retry-After")).isEqualTo("1");
            assertThat(gateway.get("/health/readiness").status()).isEqualTo(200);
            answer.countDown();
            assertThat(first.get().claim()).isEqualTo("deleted by echo");
            assertThat(gateway.delete("other", "2").claim()).isEqualTo("deleted by echo");
        }
    }

    @Test
    void connectionThatIsOneTooManyIsClosed() throws Exception {
        try (var provider = new Provider();
                var gateway = start(provider, Map.of("unpost.max-connections", "" + MOST_CONNECTIONS))) {
            var open = new ArrayList<Socket>();
            while (open.size() <= MOST_CONNECTIONS && answers(gateway, open)) {
                // One more.
            }
            // The client that started the gateway has one or two.
            assertThat(open).hasSizeBetween(MOST_CONNECTIONS - 2, MOST_CONNECTIONS);

            for (Socket each : open) {
                each.close();
            }
            while (!answers(gateway, new ArrayList<>())) {
                Thread.onSpinWait();
            }
        }
    }

    @Test
    void requestThatIsNeverWholeIsEnded() throws Exception {
        try (var provider = new Provider();
                var gateway = start(provider, Map.of("unpost.request-timeout", "200ms"));
                var socket = new Socket(
                        InetAddress.getLoopbackAddress(), gateway.address().getPort())) {
            socket.getOutputStream().write("DELETE /v1/accounts/acme/posts/1 HTTP/1.1\r\nHost: ".getBytes(US_ASCII));

            assertThat(new String(socket.getInputStream().readAllBytes(), US_ASCII))
                    .startsWith("HTTP/1.1 408 ");
            assertThat(provider.ledger()).isEmpty();
        }
    }

    private Gateway start(Provider provider, Map<String, Object> settings) throws IOException {
        return Gateway.with("sidecar", folder, Gateway.accounts(provider, Map.of("acme", "", "other", "")), settings);
    }

    /// Whether another connection is served.
    ///
    /// @param open gets it
    private static boolean answers(Gateway gateway, List<Socket> open) {
        try {
            var socket = new Socket(
                    InetAddress.getLoopbackAddress(), gateway.address().getPort());
            open.add(socket);
            socket.getOutputStream().write("GET /health HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes(US_ASCII));
            return socket.getInputStream().read() >= 0;
        } catch (IOException _) {
            return false;
        }
    }
}
