package io.unpost.gateway.transport;

import static io.unpost.gateway.transport.TransportFixture.AMPLE;
import static io.unpost.gateway.transport.TransportFixture.SHORT;
import static io.unpost.gateway.transport.TransportFixture.delete;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.EventLoopGroup;
import io.netty.util.concurrent.EventExecutor;
import io.unpost.gateway.engine.Exchange;
import io.unpost.gateway.engine.Exchange.Answered;
import io.unpost.gateway.engine.Exchange.NeverLeft;
import io.unpost.gateway.engine.Exchange.NoAnswer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// When it is said that a request never left, not one byte of it reached the provider.
@Timeout(60)
class NeverLeftTest {

    private final TransportFixture gateway = new TransportFixture();

    @AfterEach
    void stop() {
        gateway.close();
    }

    @Test
    void refusedConnection() throws IOException {
        int port;
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = socket.getLocalPort();
        }

        assertThat(gateway.send(URI.create("http://localhost:" + port + "/")))
                .isEqualTo(new NeverLeft("the connection was refused"));
    }

    @Test
    void unknownHost() {
        assertThat(gateway.send(URI.create("http://host.invalid/")))
                .isEqualTo(new NeverLeft("the host name is not known"));
    }

    @Test
    void hostThatDoesNotTakeTheConnection() throws IOException {
        List<Socket> fillers = new ArrayList<>();
        try (var deaf = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            // The kernel drops what comes when the queue of connections that nobody accepts is full.
            boolean full = false;
            while (!full) {
                var filler = new Socket();
                fillers.add(filler);
                try {
                    filler.connect(new InetSocketAddress(deaf.getInetAddress(), deaf.getLocalPort()), 300);
                } catch (SocketTimeoutException _) {
                    full = true;
                }
            }

            Exchange exchange = gateway.transport.send(
                    delete(URI.create("http://localhost:" + deaf.getLocalPort() + "/")), SHORT, AMPLE);

            assertThat(exchange).isEqualTo(new NeverLeft("no connection was ready within 200 ms"));
        } finally {
            for (Socket filler : fillers) {
                filler.close();
            }
        }
    }

    @Test
    void hostThatNeverAnswersTheTlsHandshake() throws Exception {
        try (var mute = new Upstream(Upstream.Connection::awaitClose)) {
            URI uri = URI.create(mute.uri("/").toString().replace("http:", "https:"));

            Exchange exchange = gateway.transport.send(delete(uri), SHORT, AMPLE);

            assertThat(exchange).isEqualTo(new NeverLeft("no connection was ready within 200 ms"));
        }
    }

    @Test
    void hostThatDoesNotSpeakTls() throws Exception {
        try (var plain = new Upstream(connection -> {
            connection.send("HTTP/1.1 400 Bad Request\r\n\r\n");
            connection.awaitClose();
        })) {
            URI uri = URI.create(plain.uri("/").toString().replace("http:", "https:"));

            assertThat(gateway.send(uri)).isEqualTo(new NeverLeft("no TLS connection could be agreed on"));
        }
    }

    @Test
    void limitBelowTheConnectLimitHolds() throws Exception {
        try (var mute = new Upstream(Upstream.Connection::awaitClose)) {
            URI uri = URI.create(mute.uri("/").toString().replace("http:", "https:"));

            assertThat(gateway.send(uri, SHORT)).isInstanceOf(NeverLeft.class);
        }
    }

    @Test
    void whatWasAbandonedWhileTheEventLoopsWereBusyIsNotSentLater() throws Exception {
        try (var upstream = answering()) {
            Exchange exchange;
            try (var _ = new BusyLoops()) {
                exchange = gateway.send(upstream.uri("/abandoned"), SHORT);
            }
            assertThat(exchange).isInstanceOf(NeverLeft.class);

            assertThat(gateway.send(upstream.uri("/later"))).isInstanceOf(Answered.class);
            gateway.close();
            assertThat(upstream.drain()).singleElement().asString().startsWith("DELETE /later ");
        }
    }

    @Test
    void limitHoldsWhileTheEventLoopsAreBusy() throws Exception {
        var caller = Executors.newVirtualThreadPerTaskExecutor();
        try (caller;
                var upstream = new Upstream(connection -> {
                    connection.read();
                    connection.awaitClose();
                })) {
            var exchange = caller.submit(() -> gateway.send(upstream.uri("/"), Duration.ofSeconds(1)));
            upstream.request();
            try (var _ = new BusyLoops()) {
                assertThat(exchange.get()).isInstanceOf(NoAnswer.class);
            }
            upstream.awaitClosedByUs();
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void neverLeftIsTrueHoweverCloseTheRace(boolean peerClosesIdleConnections) throws Exception {
        Map<String, Exchange> exchanges = new ConcurrentHashMap<>();
        try (var upstream = new Upstream(connection -> {
            do {
                connection.read();
                connection.send(TransportFixture.OK);
            } while (!peerClosesIdleConnections || connection.number % 2 == 0);
        })) {
            try (var callers = Executors.newFixedThreadPool(16)) {
                for (int i = 0; i < 4000; i++) {
                    String path = "/" + i;
                    // From too short to long enough; around the middle it is a close race.
                    Duration connect = i % 8 == 0 ? AMPLE : Duration.ofNanos((i % 100) * 4L * i);
                    callers.execute(() ->
                            exchanges.put(path, gateway.transport.send(delete(upstream.uri(path)), connect, AMPLE)));
                }
            }
            gateway.close();

            Set<String> seen = upstream.drain().stream()
                    .map(request -> request.split(" ", 3)[1])
                    .collect(Collectors.toSet());
            assertThat(exchanges).hasSize(4000);
            assertThat(seen)
                    .containsAll(paths(exchanges, Answered.class))
                    .doesNotContainAnyElementsOf(paths(exchanges, NeverLeft.class));
            assertThat(paths(exchanges, Answered.class)).isNotEmpty();
            assertThat(paths(exchanges, NeverLeft.class)).isNotEmpty();
        }
    }

    private static Set<String> paths(Map<String, Exchange> exchanges, Class<? extends Exchange> kind) {
        return exchanges.entrySet().stream()
                .filter(entry -> kind.isInstance(entry.getValue()))
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
    }

    private static Upstream answering() throws IOException {
        return new Upstream(connection -> {
            while (true) {
                connection.read();
                connection.send(TransportFixture.OK);
            }
        });
    }

    /// Keeps every event loop from doing anything else.
    private final class BusyLoops implements AutoCloseable {

        private final CountDownLatch free = new CountDownLatch(1);

        BusyLoops() throws InterruptedException {
            for (EventExecutor loop : gateway.context.getBean(EventLoopGroup.class)) {
                var busy = new CountDownLatch(1);
                loop.execute(() -> {
                    busy.countDown();
                    try {
                        free.await();
                    } catch (InterruptedException _) {
                        Thread.currentThread().interrupt();
                    }
                });
                busy.await();
            }
        }

        @Override
        public void close() {
            free.countDown();
        }
    }
}
