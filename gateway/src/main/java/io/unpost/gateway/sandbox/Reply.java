package io.unpost.gateway.sandbox;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.micronaut.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import java.util.HashMap;
import java.util.Map;

/// An answer in a provider's words.
///
/// @param type the content type
record Reply(int status, String type, Map<String, String> headers, String body) {

    static final String HTML = "text/html;charset=utf-8";
    private static final String JSON = "application/json;charset=utf-8";

    Reply {
        headers = Map.copyOf(headers);
    }

    static Reply json(int status, String body) {
        return new Reply(status, JSON, Map.of(), body);
    }

    /// A page with a title and nothing else.
    static Reply html(int status, String title) {
        return new Reply(
                status,
                HTML,
                Map.of(),
                "<!DOCTYPE html>\n<html><head><title>" + title + "</title></head><body><h1>" + title
                        + "</h1></body></html>\n");
    }

    /// The same with these headers as well.
    Reply with(Map<String, String> more) {
        var all = new HashMap<>(headers);
        all.putAll(more);
        return new Reply(status, type, all, body);
    }

    /// The usual phrase of the status.
    String reason() {
        return status == 420
                ? "Enhance Your Calm"
                : HttpResponseStatus.valueOf(status).reasonPhrase();
    }

    HttpResponse<byte[]> response() {
        return HttpResponse.<byte[]>status(status, reason())
                .headers(all -> headers.forEach(all::add))
                .header("content-type", type)
                .body(body.getBytes(UTF_8));
    }
}
