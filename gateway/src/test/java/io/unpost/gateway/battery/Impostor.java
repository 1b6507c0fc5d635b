package io.unpost.gateway.battery;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.unpost.gateway.Tweets;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/// A host that should speak TLS, and sees whether anybody sends it a request. It deletes whatever it is asked to.
final class Impostor implements AutoCloseable {

    private static final int HANDSHAKE = 0x16;
    /// Change of cipher, alert, handshake: each with a version and a length.
    private static final Set<Integer> RECORDS = Set.of(0x14, 0x15, HANDSHAKE);
    private static final Pattern TWEET = Pattern.compile("POST /1\\.1/statuses/destroy/([0-9]+)\\.json ");

    private final ServerSocket server = new ServerSocket(0, 1024, InetAddress.getLoopbackAddress());
    private final @Nullable SSLContext identity;
    private final byte[] reply;
    private final AtomicInteger connections = new AtomicInteger();
    private final AtomicInteger requestBytes = new AtomicInteger();

    private Impostor(@Nullable SSLContext identity, byte[] reply) throws IOException {
        this.identity = identity;
        this.reply = reply;
        Thread.ofVirtual().start(this::accept);
    }

    /// One with some certificate.
    static Impostor withTls(SSLContext identity) throws IOException {
        return new Impostor(identity, new byte[0]);
    }

    /// One that has this reply to any handshake.
    static Impostor withoutTls(byte[] reply) throws IOException {
        return new Impostor(null, reply);
    }

    String address() {
        return "https://localhost:" + server.getLocalPort();
    }

    int connections() {
        return connections.get();
    }

    /// How many bytes of requests came, in TLS or without.
    int requestBytes() {
        return requestBytes.get();
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket socket = server.accept();
                connections.incrementAndGet();
                Thread.ofVirtual().start(() -> serve(socket));
            } catch (IOException _) {
                return;
            }
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            int first = socket.getInputStream().read();
            if (identity == null || first != HANDSHAKE) {
                socket.getOutputStream().write(reply);
                listen(first, new DataInputStream(socket.getInputStream()));
            } else {
                var read = new ByteArrayInputStream(new byte[] {HANDSHAKE});
                answer(identity.getSocketFactory().createSocket(socket, read, true));
            }
        } catch (IOException _) {
            // They do not trust this host, or have their answer.
        }
    }

    /// Counts what is no record of a TLS handshake: what would be the data of one, and all after anything else.
    ///
    /// @param first the first byte; negative where there is none
    private void listen(int first, DataInputStream in) throws IOException {
        int type = first;
        while (RECORDS.contains(type)) {
            in.readUnsignedShort();
            in.skipNBytes(in.readUnsignedShort());
            type = in.read();
        }
        while (type >= 0) {
            requestBytes.incrementAndGet();
            type = in.read();
        }
    }

    private void answer(Socket socket) throws IOException {
        var request = new ByteArrayOutputStream();
        while (!request.toString(ISO_8859_1).endsWith("\r\n\r\n")) {
            int next = socket.getInputStream().read();
            if (next < 0) {
                return;
            }
            requestBytes.incrementAndGet();
            request.write(next);
        }
        Matcher tweet = TWEET.matcher(request.toString(ISO_8859_1));
        String body = tweet.lookingAt() ? Tweets.tweet(tweet.group(1)) : "";
        socket.getOutputStream()
                .write(("HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: " + body.length() + "\r\n\r\n" + body)
                        .getBytes(ISO_8859_1));
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
