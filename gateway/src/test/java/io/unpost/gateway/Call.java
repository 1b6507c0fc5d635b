package io.unpost.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.unpost.gateway.Api.Word;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.time.Instant;

/// One genuine request, to be answered or not.
final class Call {

    private final Provider provider;
    private final Api.Asked asked;
    private final int number;
    private final String caller;
    private final Request request;
    private final Socket socket;
    private final InputStream in;

    /// @param number counts the requests for this id
    /// @param caller who asks
    Call(
            Provider provider,
            Api.Asked asked,
            int number,
            String caller,
            Request request,
            Socket socket,
            InputStream in) {
        this.provider = provider;
        this.asked = asked;
        this.number = number;
        this.caller = caller;
        this.request = request;
        this.socket = socket;
        this.in = in;
    }

    String id() {
        return asked.id();
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
        return provider.enter(new Provider.Deletion(caller, id(), request.line(), Instant.now()));
    }

    /// What an honest provider does.
    void obey() throws IOException {
        say(provider.special(id()).orElseGet(() -> commit() ? Word.DELETED : Word.GONE));
    }

    /// Says it in the provider's words.
    void say(Word word) throws IOException {
        answer(said(word));
    }

    /// How the provider says it.
    Api.Said said(Word word) {
        return provider.api().said(word, asked, request);
    }

    void answer(Api.Said said) throws IOException {
        answer(said.status(), said.body(), said.headers().toArray(String[]::new));
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
            provider.sawGatewayLeave("reset");
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
            provider.sawGatewayLeave("end");
        } catch (IOException e) {
            provider.sawGatewayLeave("reset");
            throw e;
        }
        close();
    }
}
