package io.unpost.gateway.sandbox;

import java.util.Map;

/// An answer in Twitter's words.
///
/// @param type the content type
/// @param headers those it has beside the ones on every answer
record TwitterReply(int status, String type, Map<String, String> headers, String body) {

    private static final String JSON = "application/json;charset=utf-8";
    private static final String HTML = "text/html;charset=utf-8";

    TwitterReply {
        headers = Map.copyOf(headers);
    }

    static TwitterReply json(int status, String body) {
        return new TwitterReply(status, JSON, Map.of(), body);
    }

    static TwitterReply html(int status, String title) {
        return new TwitterReply(
                status,
                HTML,
                Map.of(),
                "<!DOCTYPE html>\n<html><head><title>" + title + "</title></head><body><h1>" + title
                        + "</h1></body></html>\n");
    }

    static TwitterReply error(TwitterError error) {
        return json(error.status(), error.body());
    }

    /// The same with these headers as well.
    TwitterReply with(Map<String, String> more) {
        return new TwitterReply(status, type, more, body);
    }
}
