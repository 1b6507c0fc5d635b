package io.unpost.gateway.battery;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/// Connections that each had one request answered, and have nothing to say since.
final class IdleConnections implements AutoCloseable {

    private static final byte[] REQUEST = "GET /health/liveness HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes(US_ASCII);
    private static final int AT_ONCE = 8;
    /// Only a hang takes longer.
    private static final int HANG_MILLIS = 30_000;

    private final int port;
    private final List<Socket> open = new ArrayList<>();

    IdleConnections(int port) {
        this.port = port;
    }

    /// Opens so many more.
    ///
    /// @return how many of them were answered; the others were closed before that
    int open(int count) throws Exception {
        int answered = 0;
        try (var callers = Executors.newFixedThreadPool(AT_ONCE)) {
            for (Future<Boolean> each :
                    callers.invokeAll(Collections.<Callable<Boolean>>nCopies(count, this::isAnswered))) {
                answered += each.get() ? 1 : 0;
            }
        }
        return answered;
    }

    private boolean isAnswered() throws IOException {
        var socket = new Socket(InetAddress.getLoopbackAddress(), port);
        synchronized (open) {
            open.add(socket);
        }
        socket.setSoTimeout(HANG_MILLIS);
        try {
            socket.getOutputStream().write(REQUEST);
            return socket.getInputStream().read() >= 0;
        } catch (SocketTimeoutException e) {
            throw e;
        } catch (IOException _) {
            return false;
        }
    }

    /// Ends them all, some with a FIN, some with an RST.
    void end() throws IOException {
        for (int at = 0; at < open.size(); at++) {
            open.get(at).setSoLinger(at % 3 == 0, 0);
            open.get(at).close();
        }
        open.clear();
    }

    @Override
    public void close() throws IOException {
        end();
    }
}
