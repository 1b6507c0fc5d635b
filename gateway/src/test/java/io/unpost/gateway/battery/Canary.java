package io.unpost.gateway.battery;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.concurrent.atomic.AtomicInteger;

/// A port that nobody has a reason to connect to.
final class Canary implements AutoCloseable {

    private final ServerSocket server = new ServerSocket(0, 64, InetAddress.getLoopbackAddress());
    private final AtomicInteger touched = new AtomicInteger();

    Canary() throws IOException {
        Thread.ofVirtual().start(() -> {
            while (!server.isClosed()) {
                try (var _ = server.accept()) {
                    touched.incrementAndGet();
                } catch (IOException _) {
                    return;
                }
            }
        });
    }

    /// An address of it, by a name under which nothing else of a test is asked for.
    String address(String path) {
        return "http://localhost:" + server.getLocalPort() + path;
    }

    /// How many connections were made.
    int touched() {
        return touched.get();
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
