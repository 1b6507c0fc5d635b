package io.unpost.gateway;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Phaser;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.glassfish.jersey.oauth1.signature.OAuth1Parameters;
import org.glassfish.jersey.oauth1.signature.OAuth1Secrets;
import org.glassfish.jersey.oauth1.signature.OAuth1SignatureException;

/// A Twitter v1.1 of plain sockets, which shares no code with the gateway and does what the test's script says.
///
/// Every tweet exists until it is deleted. What was deleted is written down before any byte of an answer; a request
/// that is not genuinely signed is refused before any script runs.
final class Provider implements AutoCloseable {

    static final String CONSUMER_KEY = "consumer-key-of-the-tests";
    static final String CONSUMER_SECRET = "consumer/secret+of=the&tests";
    static final String TOKEN = "14927800-token-of-the-tests";
    static final String TOKEN_SECRET = "token secret, of \"the\" tests";

    private static final Pattern DESTROY = Pattern.compile("POST (/1\\.1/statuses/destroy/([0-9]+)\\.json) HTTP/1\\.1");

    /// What to do with one genuine request.
    @FunctionalInterface
    interface Script {
        void play(Call call) throws Exception;
    }

    /// A line of the ledger.
    ///
    /// @param token who deleted it
    record Deletion(String token, String id, Instant at) {}

    private final ServerSocket server = new ServerSocket(0, 1024, InetAddress.getLoopbackAddress());
    private final JerseyVerifier verifier;
    private final ConcurrentMap<String, Deletion> ledger = new ConcurrentHashMap<>();
    private final ConcurrentMap<String, AtomicInteger> sends = new ConcurrentHashMap<>();
    private final Set<String> nonces = ConcurrentHashMap.newKeySet();
    private final BlockingQueue<String> refused = new LinkedBlockingQueue<>();
    private final BlockingQueue<String> arrived = new LinkedBlockingQueue<>();
    private final BlockingQueue<String> left = new LinkedBlockingQueue<>();
    private final Phaser connections = new Phaser(1);
    private volatile Script script = Call::obey;

    Provider() throws IOException {
        this(CONSUMER_KEY, CONSUMER_SECRET, TOKEN, TOKEN_SECRET);
    }

    Provider(String consumerKey, String consumerSecret, String token, String tokenSecret) throws IOException {
        verifier = new JerseyVerifier(
                consumerKey,
                token,
                new OAuth1Secrets().consumerSecret(consumerSecret).tokenSecret(tokenSecret));
        Thread.ofVirtual().start(this::accept);
    }

    /// What this does from now on.
    void does(Script script) {
        this.script = script;
    }

    int port() {
        return server.getLocalPort();
    }

    Map<String, Deletion> ledger() {
        return Map.copyOf(ledger);
    }

    /// How often this id was asked for by genuine requests.
    int sends(String id) {
        AtomicInteger count = sends.get(id);
        return count == null ? 0 : count.get();
    }

    /// Why requests were refused: wrong signatures, nonces that came before, wrong addresses.
    Collection<String> refused() {
        return List.copyOf(refused);
    }

    /// Waits for the next genuine request, and gives its id.
    String nextArrival() throws InterruptedException {
        return arrived.take();
    }

    /// Waits until a script has seen the gateway close its connection.
    void awaitClosedByGateway() throws InterruptedException {
        left.take();
    }

    /// Waits until no connection is open.
    void awaitNoConnection() {
        connections.arriveAndAwaitAdvance();
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket socket = server.accept();
                connections.register();
                Thread.ofVirtual().start(() -> serve(socket));
            } catch (IOException _) {
                return;
            }
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            socket.setTcpNoDelay(true);
            var in = new BufferedInputStream(socket.getInputStream());
            while (!socket.isClosed()) {
                answer(read(in), socket, in);
            }
        } catch (Exception _) {
            // The connection ended, by us or by them; the test asks for it where it matters.
        } finally {
            connections.arriveAndDeregister();
        }
    }

    private void answer(Request request, Socket socket, InputStream in) throws Exception {
        Matcher line = DESTROY.matcher(request.line());
        String id = line.matches() ? line.group(2) : "";
        var call = new Call(id, 0, request, socket, in);
        if (!line.matches()) {
            refused.add(request.line());
            call.answer(404, Tweets.error(34));
            return;
        }
        try {
            OAuth1Parameters signed = verifier.verified(
                    "POST",
                    "http://" + request.header("Host") + line.group(1),
                    request.body(),
                    request.header("Authorization"));
            if (!nonces.add(signed.getNonce())) {
                throw new OAuth1SignatureException("a nonce that came before");
            }
        } catch (OAuth1SignatureException e) {
            refused.add(e + " " + request.line());
            call.answer(401, Tweets.error(32));
            return;
        }
        int number = sends.computeIfAbsent(id, _ -> new AtomicInteger()).incrementAndGet();
        arrived.add(id);
        script.play(new Call(id, number, request, socket, in));
    }

    static Request read(InputStream in) throws IOException {
        var head = new ByteArrayOutputStream();
        while (!head.toString(ISO_8859_1).endsWith("\r\n\r\n")) {
            int b = in.read();
            if (b < 0) {
                throw new EOFException();
            }
            head.write(b);
        }
        var request = new Request(head.toString(ISO_8859_1), "");
        String length = request.header("Content-Length");
        return new Request(
                request.head(), new String(in.readNBytes(length.isEmpty() ? 0 : Integer.parseInt(length)), UTF_8));
    }

    @Override
    public void close() throws IOException {
        server.close();
    }

    /// A request as it came.
    record Request(String head, String body) {

        String line() {
            return head.substring(0, head.indexOf("\r\n"));
        }

        /// A header's value; empty where there is none.
        String header(String name) {
            return head.lines()
                    .filter(line -> line.regionMatches(true, 0, name + ":", 0, name.length() + 1))
                    .map(line -> line.substring(name.length() + 1).strip())
                    .findFirst()
                    .orElse("");
        }
    }

    /// One genuine request, to be answered or not.
    final class Call {

        private final String id;
        private final int number;
        private final Request request;
        private final Socket socket;
        private final InputStream in;

        private Call(String id, int number, Request request, Socket socket, InputStream in) {
            this.id = id;
            this.number = number;
            this.request = request;
            this.socket = socket;
            this.in = in;
        }

        String id() {
            return id;
        }

        /// Whether it is the first one for its id.
        boolean first() {
            return number == 1;
        }

        Request request() {
            return request;
        }

        /// Deletes, and writes that down.
        ///
        /// @return false where it was gone before
        boolean commit() {
            return ledger.putIfAbsent(id, new Deletion(verifier.token(), id, Instant.now())) == null;
        }

        /// What an honest provider does.
        void obey() throws IOException {
            if (commit()) {
                answer(200, Tweets.tweet(id));
            } else {
                answer(404, Tweets.error(144));
            }
        }

        /// Answers with a `Content-Length`.
        ///
        /// @param headers lines
        void answer(int status, String body, String... headers) throws IOException {
            // A 204 or 304 has no body, and a length would be taken for the beginning of the next answer.
            String length = status == 204 || status == 304 ? "" : "Content-Length: " + body.getBytes(UTF_8).length;
            send(head(status, length, headers) + body);
        }

        /// Answers without a length, so that the end of the connection is the end of the answer.
        void answerUntilClose(int status, String body) throws IOException {
            send(head(status, "Connection: close") + body);
            close();
        }

        String head(int status, String framing, String... headers) {
            var head = new StringBuilder("HTTP/1.1 " + status + " Whatever\r\n");
            for (String header : headers) {
                head.append(header).append("\r\n");
            }
            return head.append(framing)
                    .append(framing.isEmpty() ? "\r\n" : "\r\n\r\n")
                    .toString();
        }

        void send(String text) throws IOException {
            try {
                socket.getOutputStream().write(text.getBytes(UTF_8));
            } catch (IOException e) {
                left.add("reset");
                throw e;
            }
        }

        /// Ends the connection with a FIN.
        void close() throws IOException {
            socket.close();
        }

        /// Ends the connection with a RST.
        void reset() throws IOException {
            socket.setSoLinger(true, 0);
            socket.close();
        }

        /// Says nothing until the gateway has closed the connection.
        void stall() throws IOException {
            try {
                while (in.read() >= 0) {
                    // Nothing more is expected.
                }
                left.add("end");
            } catch (IOException e) {
                left.add("reset");
                throw e;
            }
            close();
        }
    }
}
