package io.unpost.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.glassfish.jersey.oauth1.signature.OAuth1Secrets;
import org.glassfish.jersey.oauth1.signature.OAuth1SignatureException;

/// A provider that writes down what it is sent and answers that all is well.
final class Recorder implements AutoCloseable {

    private static final String NO_CONTENT = "HTTP/1.1 204 No Content\r\nConnection: close\r\n\r\n";
    private static final JerseyVerifier VERIFIER = new JerseyVerifier(
            Provider.CONSUMER_KEY,
            Provider.TOKEN,
            new OAuth1Secrets().consumerSecret(Provider.CONSUMER_SECRET).tokenSecret(Provider.TOKEN_SECRET));

    private final ServerSocket server = new ServerSocket(0, 0, InetAddress.getLoopbackAddress());
    private final BlockingQueue<Request> requests = new LinkedBlockingQueue<>();

    Recorder() throws IOException {
        Thread.ofVirtual().start(this::serve);
    }

    /// Where it listens, without a trailing slash.
    String address() {
        return "http://127.0.0.1:" + server.getLocalPort();
    }

    /// Takes the next request, waiting for it: what it says, but for its signature and what it says of the client.
    ///
    /// @return method, path, and a line for the type of the body and each parameter, which says where that stands
    /// @throws OAuth1SignatureException where it is not genuine
    List<String> take() throws InterruptedException, OAuth1SignatureException {
        Request request = requests.take();
        List<String> line = List.of(request.line().split(" ", 3));
        URI uri = URI.create("http://" + request.header("Host") + line.get(1));
        String query = Objects.requireNonNullElse(uri.getRawQuery(), "");
        String type = request.header("Content-Type");
        // A signature covers the form only under its type: RFC 5849 section 3.4.1.3.1.
        String form = type.equals("application/x-www-form-urlencoded") ? request.body() : "";
        VERIFIER.verified(line.getFirst(), uri.toString(), query + "&" + form, request.header("Authorization"));
        var lines = new ArrayList<>(List.of(line.getFirst(), uri.getRawPath()));
        if (!type.isEmpty()) {
            lines.add("type " + type);
        }
        JerseyRequest.decoded(query).forEach(each -> lines.add("query " + each.name() + "=" + each.value()));
        JerseyRequest.decoded(request.body()).forEach(each -> lines.add("body " + each.name() + "=" + each.value()));
        return lines;
    }

    boolean isEmpty() {
        return requests.isEmpty();
    }

    private void serve() {
        while (!server.isClosed()) {
            try (var socket = server.accept()) {
                Request request = Request.begun(socket.getInputStream()).read(socket.getInputStream());
                requests.add(request);
                String answer = request.line().startsWith("DELETE ") ? NO_CONTENT : tweet();
                socket.getOutputStream().write(answer.getBytes(UTF_8));
            } catch (IOException _) {
                // The connection ended, or the test did; the test asks for the request where it matters.
            }
        }
    }

    private static String tweet() {
        String tweet = Tweets.tweet("20");
        return "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nConnection: close\r\nContent-Length: "
                + tweet.getBytes(UTF_8).length + "\r\n\r\n" + tweet;
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
