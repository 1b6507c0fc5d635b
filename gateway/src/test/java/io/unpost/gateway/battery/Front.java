package io.unpost.gateway.battery;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Stream;

/// Stands before a provider. It resets connections before it reads a byte of them, and passes on the others.
final class Front implements AutoCloseable {

    private static final int BACKLOG = 50;

    private final ServerSocket server = new ServerSocket(0, BACKLOG, InetAddress.getLoopbackAddress());
    private final int behind;

    /// @param behind the provider's port
    /// @param resets how many connections are reset before each that is passed on; all that come later are
    Front(int behind, List<Integer> resets) throws IOException {
        this.behind = behind;
        Iterator<Boolean> passes = resets.stream()
                .flatMap(count -> Stream.concat(Stream.generate(() -> false).limit(count), Stream.of(true)))
                .toList()
                .iterator();
        Thread.ofVirtual().start(() -> accept(passes));
    }

    int port() {
        return server.getLocalPort();
    }

    private void accept(Iterator<Boolean> passes) {
        try {
            while (true) {
                Socket socket = server.accept();
                if (!passes.hasNext() || passes.next()) {
                    Thread.ofVirtual().start(() -> pass(socket));
                } else {
                    socket.setSoLinger(true, 0);
                    socket.close();
                }
            }
        } catch (IOException _) {
            // It was closed.
        }
    }

    private void pass(Socket socket) {
        try (socket;
                var provider = new Socket(InetAddress.getLoopbackAddress(), behind)) {
            Thread.ofVirtual().start(() -> copy(provider, socket));
            copy(socket, provider);
        } catch (IOException _) {
            // The connection ended, by either side.
        }
    }

    private static void copy(Socket from, Socket to) {
        try {
            from.getInputStream().transferTo(to.getOutputStream());
        } catch (IOException _) {
            // The connection ended, by either side.
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
