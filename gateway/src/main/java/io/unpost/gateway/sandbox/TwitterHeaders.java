package io.unpost.gateway.sandbox;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Map;

/// The headers that were recorded around Twitter's answers. A write has no `x-rate-limit-*` among them.
final class TwitterHeaders {

    private static final Map<String, String> ALWAYS = Map.ofEntries(
            Map.entry("cache-control", "no-cache, no-store, must-revalidate, pre-check=0, post-check=0"),
            Map.entry("content-disposition", "attachment; filename=json.json"),
            Map.entry("expires", "Tue, 31 Mar 1981 05:00:00 GMT"),
            Map.entry("pragma", "no-cache"),
            Map.entry("server", "tsa_sandbox"),
            Map.entry("set-cookie", "guest_id=v1%3A0; Max-Age=63072000; Path=/; HttpOnly; SameSite=Lax"),
            Map.entry("strict-transport-security", "max-age=631138519"),
            Map.entry("x-access-level", "read-write-directmessages"),
            Map.entry("x-connection-hash", "00000000000000000000000000000000"),
            Map.entry("x-content-type-options", "nosniff"),
            Map.entry("x-frame-options", "SAMEORIGIN"),
            Map.entry("x-response-time", "1"),
            Map.entry("x-twitter-response-tags", "BouncerCompliant"),
            Map.entry("x-xss-protection", "0"));

    private TwitterHeaders() {}

    /// Those around any answer.
    ///
    /// @param transaction a number of its own
    static Reply around(Reply reply, Instant now, long transaction) {
        return reply.with(ALWAYS)
                .with(Map.of(
                        "last-modified",
                        DateTimeFormatter.RFC_1123_DATE_TIME.format(now.atOffset(ZoneOffset.UTC)),
                        "status",
                        reply.status() + " " + reply.reason(),
                        "x-transaction",
                        "%016x".formatted(transaction)));
    }

    /// Those of a rate limit that ends after this time, which is what `x-rate-limit-reset` counts in epoch seconds.
    static Map<String, String> limited(Instant now, Duration window) {
        return Map.of(
                "retry-after",
                Long.toString(window.toSeconds()),
                "x-rate-limit-limit",
                "300",
                "x-rate-limit-remaining",
                "0",
                "x-rate-limit-reset",
                Long.toString(now.plus(window).getEpochSecond()));
    }
}
