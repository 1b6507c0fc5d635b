package io.unpost.gateway.transport;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Phaser;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ServerSocketFactory;

/// A provider made of plain sockets, which does what its script says on every connection.
final class Upstream implements AutoCloseable {

    private static final Pattern CONTENT_LENGTH = Pattern.compile("(?i)\r\ncontent-length: ([0-9]+)\r\n");

    /// What to do on one connection; when it returns, the connection is closed.
    @FunctionalInterface
    interface Script {
        void play(Connection connection) throws Exception;
    }

    private final ServerSocket server;
    private final String scheme;
    private final AtomicInteger connections = new AtomicInteger();
    private final Phaser underWay = new Phaser(1);
    private final Set<Integer> accepted = ConcurrentHashMap.newKeySet();
    private final AtomicInteger bytes = new AtomicInteger();
    private final BlockingQueue<String> requests = new LinkedBlockingQueue<>();
    private final BlockingQueue<String> closed = new LinkedBlockingQueue<>();

    Upstream(Script script) throws IOException {
        this("http", ServerSocketFactory.getDefault(), script);
    }

    Upstream(String scheme, ServerSocketFactory sockets, Script script) throws IOException {
        this.scheme = scheme;
        this.server = sockets.createServerSocket(0, 1024, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().start(() -> accept(script));
    }

    private void accept(Script script) {
        while (!server.isClosed()) {
            try {
                Socket socket = server.accept();
                int number = connections.incrementAndGet();
                underWay.register();
                Thread.ofVirtual().start(() -> play(script, socket, number));
            } catch (IOException _) {
                return;
            }
        }
    }

    private void play(Script script, Socket socket, int number) {
        accepted.add(socket.getPort());
        try (socket) {
            script.play(new Connection(socket, new BufferedInputStream(socket.getInputStream()), number));
        } catch (Exception _) {
            // The other side went away; the test asks for it where it matters.
        } finally {
            underWay.arriveAndDeregister();
        }
    }

    URI uri(String pathAndQuery) {
        return URI.create(scheme + "://localhost:" + server.getLocalPort() + pathAndQuery);
    }

    int connections() {
        return connections.get();
    }

    /// How many bytes came, over all connections.
    int bytes() {
        return bytes.get();
    }

    /// The next request, head and body; waits for it.
    String request() throws InterruptedException {
        return requests.take();
    }

    int unreadRequests() {
        return requests.size();
    }

    /// Waits until a script has seen the other side close its connection.
    void awaitClosedByUs() throws InterruptedException {
        closed.take();
    }

    /// Reads to its end whatever was sent so far; for when every connection has been closed by the other side.
    Set<String> drain() throws IOException {
        try (var last = new Socket(server.getInetAddress(), server.getLocalPort())) {
            // Connections are accepted in order: after this one there is none left.
            while (!accepted.contains(last.getLocalPort())) {
                Thread.onSpinWait();
            }
        }
        underWay.arriveAndAwaitAdvance();
        return Set.copyOf(requests);
    }

    @Override
    public void close() throws IOException {
        server.close();
    }

    final class Connection {

        final Socket socket;
        final int number;
        private final InputStream in;

        private Connection(Socket socket, InputStream in, int number) {
            this.socket = socket;
            this.in = in;
            this.number = number;
        }

        /// Reads one request whole.
        void read() throws IOException {
            var head = new ByteArrayOutputStream();
            while (!head.toString(ISO_8859_1).endsWith("\r\n\r\n")) {
                head.write(readByte());
            }
            Matcher length = CONTENT_LENGTH.matcher(head.toString(ISO_8859_1));
            for (int left = length.find() ? Integer.parseInt(length.group(1)) : 0; left > 0; left--) {
                head.write(readByte());
            }
            requests.add(head.toString(ISO_8859_1));
        }

        private int readByte() throws IOException {
            int b = in.read();
            if (b < 0) {
                closed.add("end");
                throw new IOException("closed");
            }
            bytes.incrementAndGet();
            return b;
        }

        void send(String text) throws IOException {
            send(text.getBytes(ISO_8859_1));
        }

        void send(byte[] octets) throws IOException {
            try {
                socket.getOutputStream().write(octets);
            } catch (IOException e) {
                closed.add("reset");
                throw e;
            }
        }

        /// Ends the connection with a RST.
        void reset() throws IOException {
            socket.setSoLinger(true, 0);
            socket.close();
        }

        /// Reads until the other side has closed the connection.
        void awaitClose() throws IOException {
            try {
                while (in.read() >= 0) {
                    bytes.incrementAndGet();
                }
                closed.add("end");
            } catch (IOException e) {
                closed.add("reset");
                throw e;
            }
        }
    }
}
