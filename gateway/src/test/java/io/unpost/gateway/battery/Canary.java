package io.unpost.gateway.battery;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.atomic.AtomicInteger;

/// A port that nobody has a reason to connect to.
final class Canary implements AutoCloseable {

    private final ServerSocket server = new ServerSocket(0, 64, InetAddress.getLoopbackAddress());
    private final AtomicInteger touched = new AtomicInteger();
    private int looks;

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

    /// How many connections were made until now.
    synchronized int touched() {
        // They are accepted in turn: when this one is, all those before it were.
        try (var own = new Socket(server.getInetAddress(), server.getLocalPort())) {
            looks++;
            own.getInputStream().readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return touched.get() - looks;
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
