package io.unpost.gateway.transport;

import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.LastHttpContent;
import io.unpost.dialect.WireResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// An answer, part by part as it comes.
final class IncomingAnswer {

    private static final int BODY_BYTES = 1024 * 1024;

    private final ByteArrayOutputStream body = new ByteArrayOutputStream();
    private @Nullable HttpResponse head;
    private @Nullable HttpResponse whole;
    private boolean alone = true;

    /// Takes the next part.
    ///
    /// @return why there can be no answer any more, or null
    @Nullable
    String add(HttpObject part) throws IOException {
        if (whole != null) {
            alone = false;
            return null;
        }
        if (part.decoderResult().isFailure()) {
            return "the answer is not HTTP, or its headers are too long";
        }
        if (part instanceof HttpResponse response) {
            if (response.status().equals(HttpResponseStatus.SWITCHING_PROTOCOLS)) {
                return "the answer switches to another protocol";
            }
            head = response;
        }
        return part instanceof HttpContent content ? add(content) : null;
    }

    private @Nullable String add(HttpContent content) throws IOException {
        ByteBuf bytes = content.content();
        if (body.size() + bytes.readableBytes() > BODY_BYTES) {
            return "the answer is longer than " + BODY_BYTES + " bytes";
        }
        bytes.readBytes(body, bytes.readableBytes());
        // 100 and 103 only announce the answer (RFC 9110 section 15.2).
        if (content instanceof LastHttpContent
                && head != null
                && head.status().codeClass() != HttpStatusClass.INFORMATIONAL) {
            whole = head;
        }
        return null;
    }

    /// The answer's head, once the answer has been received to its end; null before.
    @Nullable
    HttpResponse whole() {
        return whole;
    }

    /// Whether the connection can carry a next request: the peer keeps it, and nothing came after this answer.
    boolean keepsTheConnection() {
        return alone && whole != null && HttpUtil.isKeepAlive(whole);
    }

    WireResponse received(HttpResponse head, Instant at) {
        Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        head.headers().forEach(header -> headers.merge(header.getKey(), header.getValue(), (a, b) -> a + ", " + b));
        return WireResponse.owning(head.status().code(), headers, body.toByteArray(), at);
    }
}
