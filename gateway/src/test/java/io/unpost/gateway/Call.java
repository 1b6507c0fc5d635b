package io.unpost.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.unpost.gateway.Api.Word;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.time.Instant;

/// One genuine request, to be answered or not.
public final class Call {

    private final Provider provider;
    private final Api.Asked asked;
    private final String caller;
    private final Request request;
    private final Send send;
    private final Socket socket;
    private final InputStream in;

    /// @param caller who asks; empty where that is not known
    /// @param request the request line alone, where the rest is not read yet
    Call(Provider provider, Api.Asked asked, String caller, Request request, Send send, Socket socket, InputStream in) {
        this.provider = provider;
        this.asked = asked;
        this.caller = caller;
        this.request = request;
        this.send = send;
        this.socket = socket;
        this.in = in;
    }

    public String id() {
        return asked.id();
    }

    /// Who asks, as the ledger names them; empty where that is not known.
    public String caller() {
        return caller;
    }

    /// Whether it is the first one for its id.
    public boolean first() {
        return number() == 1;
    }

    /// Counts the requests for its id.
    public int number() {
        return send.number();
    }

    public Request request() {
        return request;
    }

    /// Deletes, and writes that down.
    ///
    /// @return false where it was gone before
    public boolean commit() {
        return provider.enter(new Provider.Deletion(caller, id(), request.line(), Instant.now()));
    }

    /// What an honest provider does.
    public void obey() throws IOException {
        say(provider.special(id()).orElseGet(() -> commit() ? Word.DELETED : Word.GONE));
    }

    /// Says it in the provider's words.
    public void say(Word word) throws IOException {
        answer(said(word));
    }

    /// How the provider says it.
    public Api.Said said(Word word) {
        return provider.api().said(word, asked, request);
    }

    public void answer(Api.Said said) throws IOException {
        answer(said.status(), said.body(), said.headers().toArray(String[]::new));
    }

    /// Answers with a `Content-Length`.
    ///
    /// @param headers lines
    public void answer(int status, String body, String... headers) throws IOException {
        // A 204 or 304 has no body, and a length would be taken for the beginning of the next answer.
        String length = status == 204 || status == 304 ? "" : "Content-Length: " + body.getBytes(UTF_8).length;
        wholly(new Send.Reply(status, body, Send.Condition.SOUND), () -> send(head(status, length, headers) + body));
    }

    /// Answers with a body that is not what was meant, and need be no text.
    public void answerDamaged(int status, byte[] body, String... headers) throws IOException {
        wholly(new Send.Reply(status, new String(body, UTF_8), Send.Condition.DAMAGED), () -> {
            send(head(status, "Content-Length: " + body.length, headers));
            socket.getOutputStream().write(body);
        });
    }

    @FunctionalInterface
    private interface Writing {
        void write() throws IOException;
    }

    /// Before it is sent, so that nobody can have the answer who does not find it noted.
    private void wholly(Send.Reply reply, Writing writing) throws IOException {
        send.answered(reply);
        try {
            writing.write();
        } catch (IOException e) {
            send.answered(null);
            throw e;
        }
    }

    /// Answers without a length, so that the end of the connection is the end of the answer.
    public void answerUntilClose(int status, String body) throws IOException {
        wholly(
                new Send.Reply(status, body, Send.Condition.SOUND),
                () -> send(head(status, "Connection: close") + body));
        close();
    }

    public String head(int status, String framing, String... headers) {
        var head = new StringBuilder("HTTP/1.1 " + status + " Whatever\r\n");
        for (String header : headers) {
            head.append(header).append("\r\n");
        }
        return head.append(framing)
                .append(framing.isEmpty() ? "\r\n" : "\r\n\r\n")
                .toString();
    }

    public void send(String text) throws IOException {
        send(text.getBytes(UTF_8));
    }

    public void send(byte[] bytes) throws IOException {
        try {
            socket.getOutputStream().write(bytes);
        } catch (IOException e) {
            send.leave();
            provider.sawGatewayLeave("reset");
            throw e;
        }
    }

    /// Ends the connection with a FIN.
    public void close() throws IOException {
        socket.close();
    }

    /// Ends the connection with a RST.
    public void reset() throws IOException {
        socket.setSoLinger(true, 0);
        socket.close();
    }

    /// Reads on through the middle of the body.
    public void readHalf() throws IOException {
        String length = new Request(Request.headers(in), "").header("Content-Length");
        read(length.isEmpty() ? 0 : Integer.parseInt(length) / 2);
    }

    /// Reads so many bytes more.
    public void read(int bytes) throws IOException {
        in.readNBytes(bytes);
    }

    /// Says nothing until the gateway has closed the connection.
    public void stall() throws IOException {
        try {
            while (in.read() >= 0) {
                // Nothing more is expected.
            }
            send.leave();
            provider.sawGatewayLeave("end");
        } catch (IOException e) {
            send.leave();
            provider.sawGatewayLeave("reset");
            throw e;
        }
        close();
    }
}
