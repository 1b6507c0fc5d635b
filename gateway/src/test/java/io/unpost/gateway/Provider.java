package io.unpost.gateway;

import io.unpost.gateway.Api.Word;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Phaser;
import java.util.concurrent.atomic.AtomicInteger;

/// A provider of plain sockets, which shares no code with the gateway and does what the test's script says.
///
/// Everything exists until it is deleted. What was deleted is written down before any byte of an answer; a request
/// that is not genuine is refused before any script runs.
final class Provider implements AutoCloseable {

    static final String CONSUMER_KEY = "consumer-key-of-the-tests";
    static final String CONSUMER_SECRET = "consumer/secret+of=the&tests";
    static final String TOKEN = "14927800-token-of-the-tests";
    static final String TOKEN_SECRET = "token secret, of \"the\" tests";
    static final String USER = "tester@weibo.example";
    static final String PASSWORD = "pass:word/+ = of \"the\" tests, 密 & é";
    static final String APP_KEY = "app-key+of=the&tests";

    /// What to do with one genuine request.
    @FunctionalInterface
    interface Script {
        void play(Call call) throws Exception;
    }

    /// A line of the ledger.
    ///
    /// @param token who deleted it: a token, or a user's name
    /// @param line the request line
    record Deletion(String token, String id, String line, Instant at) {}

    private final ServerSocket server = new ServerSocket(0, 1024, InetAddress.getLoopbackAddress());
    private final Api api;
    private final ConcurrentMap<String, Deletion> ledger = new ConcurrentHashMap<>();
    private final ConcurrentMap<String, AtomicInteger> sends = new ConcurrentHashMap<>();
    private final Map<String, Word> special = new ConcurrentHashMap<>();
    private final BlockingQueue<String> refused = new LinkedBlockingQueue<>();
    private final BlockingQueue<String> arrived = new LinkedBlockingQueue<>();
    private final BlockingQueue<String> left = new LinkedBlockingQueue<>();
    private final Phaser connections = new Phaser(1);
    private volatile Script script = Call::obey;

    /// A Twitter v1.1.
    Provider() throws IOException {
        this(CONSUMER_KEY, CONSUMER_SECRET, TOKEN, TOKEN_SECRET);
    }

    /// A Twitter v1.1 with these credentials.
    Provider(String consumerKey, String consumerSecret, String token, String tokenSecret) throws IOException {
        this(new TwitterApi(new Signatures(consumerKey, consumerSecret, token, tokenSecret)));
    }

    Provider(Api api) throws IOException {
        this.api = api;
        Thread.ofVirtual().start(this::accept);
    }

    /// A Sina Weibo v1.
    static Provider weibo() throws IOException {
        return new Provider(new WeiboApi(
                new Signatures(CONSUMER_KEY, CONSUMER_SECRET, TOKEN, TOKEN_SECRET), USER, PASSWORD, APP_KEY));
    }

    /// What this does from now on.
    void does(Script script) {
        this.script = script;
    }

    Api api() {
        return api;
    }

    /// Writes a deletion down.
    ///
    /// @return false where it was gone before
    boolean enter(Deletion deletion) {
        return ledger.putIfAbsent(deletion.id(), deletion) == null;
    }

    /// What is said of this id whenever it is asked for.
    Optional<Word> special(String id) {
        return Optional.ofNullable(special.get(id));
    }

    /// Tells [#awaitClosedByGateway()].
    void sawGatewayLeave(String how) {
        left.add(how);
    }

    /// From now on this is somebody else's.
    void isForeign(String id) {
        special.put(id, Word.FOREIGN);
    }

    /// From now on there is a limit on this.
    void isLimited(String id) {
        special.put(id, Word.LIMITED);
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
                answer(Request.read(in), socket, in);
            }
        } catch (Exception _) {
            // The connection ended, by us or by them; the test asks for it where it matters.
        } finally {
            connections.arriveAndDeregister();
        }
    }

    private void answer(Request request, Socket socket, InputStream in) throws Exception {
        Optional<Api.Asked> asked = api.asked(request).filter(_ -> request.wellFramed());
        var nothing = new Call(this, new Api.Asked("", ""), 0, "", request, socket, in);
        if (asked.isEmpty()) {
            refused.add(request.line());
            nothing.answer(api.noSuchPage());
            return;
        }
        String caller;
        try {
            caller = api.caller(request);
        } catch (Api.NotGenuine e) {
            refused.add(e.getMessage() + " " + request.line());
            nothing.answer(e.said());
            return;
        }
        String id = asked.get().id();
        int number = sends.computeIfAbsent(id, _ -> new AtomicInteger()).incrementAndGet();
        arrived.add(id);
        script.play(new Call(this, asked.get(), number, caller, request, socket, in));
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
