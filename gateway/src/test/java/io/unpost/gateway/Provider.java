package io.unpost.gateway;

import io.unpost.gateway.Api.Word;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Instant;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Phaser;
import java.util.concurrent.atomic.AtomicInteger;

/// A provider of plain sockets, which shares no code with the gateway and does what the test's script says.
///
/// Everything exists until it is deleted. What was deleted is written down before any byte of an answer; a request
/// that is not genuine is refused before any script runs.
public final class Provider implements AutoCloseable {

    public static final String CONSUMER_KEY = "consumer-key-of-the-tests";
    public static final String CONSUMER_SECRET = "consumer/secret+of=the&tests";
    public static final String TOKEN = "14927800-token-of-the-tests";
    public static final String TOKEN_SECRET = "token secret, of \"the\" tests";
    public static final String USER = "tester@weibo.example";
    public static final String PASSWORD = "pass:word/+ = of \"the\" tests, 密 & é";
    public static final String APP_KEY = "app-key+of=the&tests";

    /// What to do with one genuine request.
    @FunctionalInterface
    public interface Script {

        void play(Call call) throws Exception;

        /// Whether a request is to be read to its end, once its first line is there; its credentials are not known
        /// then, and nothing is done. One that is not has lost its connection.
        default boolean reads(Call call) throws Exception {
            return true;
        }
    }

    /// A line of the ledger.
    ///
    /// @param token who deleted it: a token, or a user's name
    /// @param line the request line
    public record Deletion(String token, String id, String line, Instant at) {}

    private static final Api.Asked NOTHING = new Api.Asked("", "");

    private static final int BACKLOG = 1024;

    private final Api api;
    private final ConcurrentMap<String, Deletion> ledger = new ConcurrentHashMap<>();
    private final ConcurrentMap<String, List<Send>> sends = new ConcurrentHashMap<>();
    private final Map<String, Word> special = new ConcurrentHashMap<>();
    private final BlockingQueue<String> refused = new LinkedBlockingQueue<>();
    private final BlockingQueue<String> arrived = new LinkedBlockingQueue<>();
    private final BlockingQueue<String> left = new LinkedBlockingQueue<>();
    private final Phaser connections = new Phaser(1);
    private final AtomicInteger mostConnections = new AtomicInteger();
    private volatile ServerSocket server = new ServerSocket(0, BACKLOG, InetAddress.getLoopbackAddress());
    private volatile Thread accepting;
    private volatile Script script = Call::obey;

    /// A Twitter v1.1.
    public Provider() throws IOException {
        this(CONSUMER_KEY, CONSUMER_SECRET, TOKEN, TOKEN_SECRET);
    }

    /// A Twitter v1.1 with these credentials.
    public Provider(String consumerKey, String consumerSecret, String token, String tokenSecret) throws IOException {
        this(new TwitterApi(new Signatures(consumerKey, consumerSecret, token, tokenSecret)));
    }

    public Provider(Api api) throws IOException {
        this.api = api;
        accepting = accept(server);
    }

    /// A Sina Weibo v1.
    public static Provider weibo() throws IOException {
        return new Provider(new WeiboApi(
                new Signatures(CONSUMER_KEY, CONSUMER_SECRET, TOKEN, TOKEN_SECRET), USER, PASSWORD, APP_KEY));
    }

    /// What this does from now on.
    public void does(Script script) {
        this.script = script;
    }

    public Api api() {
        return api;
    }

    /// Writes a deletion down.
    ///
    /// @return false where it was gone before
    public boolean enter(Deletion deletion) {
        return ledger.putIfAbsent(deletion.id(), deletion) == null;
    }

    /// What is said of this id whenever it is asked for.
    public Optional<Word> special(String id) {
        return Optional.ofNullable(special.get(id));
    }

    /// Tells [#awaitClosedByGateway()].
    public void sawGatewayLeave(String how) {
        left.add(how);
    }

    /// From now on this is somebody else's.
    public void isForeign(String id) {
        special.put(id, Word.FOREIGN);
    }

    /// From now on there is a limit on this.
    public void isLimited(String id) {
        special.put(id, Word.LIMITED);
    }

    public int port() {
        return server.getLocalPort();
    }

    /// What was deleted, by id; it goes on as long as this does.
    public Map<String, Deletion> ledger() {
        return Collections.unmodifiableMap(ledger);
    }

    /// Forgets what was asked and done about this id, but no nonce; whoever asks for it again is an unknown one.
    public void forget(String id) {
        ledger.remove(id);
        sends.remove(id);
    }

    /// The ledger's line about this id.
    public Optional<Deletion> deletion(String id) {
        return Optional.ofNullable(ledger.get(id));
    }

    /// How often this id was asked for.
    public int sends(String id) {
        return sendsOf(id).size();
    }

    /// Each request for this id, in the order in which they came.
    public List<Send> sendsOf(String id) {
        return List.copyOf(sends.getOrDefault(id, List.of()));
    }

    /// Every id that was asked for; it goes on as long as this does.
    public Set<String> asked() {
        return Collections.unmodifiableSet(sends.keySet());
    }

    /// How many connections there were at most at a time.
    public int mostConnections() {
        return mostConnections.get();
    }

    /// Why requests were refused: wrong signatures, nonces that came before, wrong addresses.
    public Collection<String> refused() {
        return List.copyOf(refused);
    }

    /// Waits for the next genuine request, and gives its id.
    public String nextArrival() throws InterruptedException {
        return arrived.take();
    }

    /// Waits until a script has seen the gateway close its connection.
    public void awaitClosedByGateway() throws InterruptedException {
        left.take();
    }

    /// Waits until no connection is open.
    public void awaitNoConnection() {
        connections.arriveAndAwaitAdvance();
    }

    /// Refuses every connection as long as a trial takes.
    ///
    /// The port stays bound meanwhile, so that no other process can have it.
    public void refuseDuring(Refused trial) throws Exception {
        int port = port();
        server.close();
        accepting.join();
        try (var kept = new Socket()) {
            kept.setReuseAddress(true);
            kept.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            trial.run();
        }
        server = new ServerSocket(port, BACKLOG, InetAddress.getLoopbackAddress());
        accepting = accept(server);
    }

    /// What a test does meanwhile.
    @FunctionalInterface
    public interface Refused {
        void run() throws Exception;
    }

    private Thread accept(ServerSocket listening) {
        return Thread.ofVirtual().start(() -> {
            while (!listening.isClosed()) {
                try {
                    Socket socket = listening.accept();
                    connections.register();
                    mostConnections.accumulateAndGet(connections.getRegisteredParties() - 1, Math::max);
                    Thread.ofVirtual().start(() -> serve(socket));
                } catch (IOException _) {
                    return;
                }
            }
        });
    }

    private void serve(Socket socket) {
        var last = new Send(NOTHING, "", 0);
        try (socket) {
            socket.setTcpNoDelay(true);
            var in = new BufferedInputStream(socket.getInputStream());
            while (!socket.isClosed()) {
                last = answer(begun(in, last), last, socket, in);
            }
        } catch (Exception _) {
            // The connection ended, by us or by them; the test asks for it where it matters.
        } finally {
            connections.arriveAndDeregister();
        }
    }

    private static Request begun(InputStream in, Send last) throws IOException {
        try {
            return Request.begun(in);
        } catch (IOException e) {
            last.leave();
            throw e;
        }
    }

    private Send answer(Request begun, Send before, Socket socket, InputStream in) throws Exception {
        Api.Asked asked = api.asked(begun).orElse(NOTHING);
        Script now = script;
        Send send = asked.equals(NOTHING) ? new Send(asked, begun.line(), 0) : sent(asked, begun.line());
        send.follows(before);
        if (!asked.equals(NOTHING) && !now.reads(new Call(this, asked, "", begun, send, socket, in))) {
            return send;
        }
        Request request = begun.read(in);
        send.read(request);
        if (asked.equals(NOTHING) || !request.wellFramed()) {
            refused.add(request.line());
            new Call(this, asked, "", request, send, socket, in).answer(api.noSuchPage());
            return send;
        }
        String caller;
        try {
            caller = api.caller(request);
        } catch (Api.NotGenuine e) {
            refused.add(e.getMessage() + " " + request.line());
            new Call(this, asked, "", request, send, socket, in).answer(e.said());
            return send;
        }
        send.from(caller);
        arrived.add(asked.id());
        try {
            now.play(new Call(this, asked, caller, request, send, socket, in));
        } finally {
            send.end();
        }
        return send;
    }

    private Send sent(Api.Asked asked, String line) {
        List<Send> before = sends.computeIfAbsent(asked.id(), _ -> new CopyOnWriteArrayList<>());
        synchronized (before) {
            var send = new Send(asked, line, before.size() + 1);
            before.add(send);
            return send;
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
