package io.unpost.gateway.sandbox;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.micronaut.context.annotation.Requires;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MutableHttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

/// Puts the headers around an answer that were recorded around Twitter's. A write has no `x-rate-limit-*` among them.
@Singleton
@Requires(env = "sandbox")
final class TwitterResponses {

    private static final Map<String, String> ALWAYS = Map.ofEntries(
            Map.entry("cache-control", "no-cache, no-store, must-revalidate, pre-check=0, post-check=0"),
            Map.entry("content-disposition", "attachment; filename=json.json"),
            Map.entry("expires", "Tue, 31 Mar 1981 05:00:00 GMT"),
            Map.entry("pragma", "no-cache"),
            Map.entry("server", "tsa_sandbox"),
            Map.entry("set-cookie", "guest_id=v1%3A0; Max-Age=63072000; Path=/; HttpOnly; SameSite=Lax"),
            Map.entry("strict-transport-security", "max-age=631138519"),
            Map.entry("x-access-level", "read-write"),
            Map.entry("x-connection-hash", "00000000000000000000000000000000"),
            Map.entry("x-content-type-options", "nosniff"),
            Map.entry("x-frame-options", "SAMEORIGIN"),
            Map.entry("x-response-time", "1"),
            Map.entry("x-twitter-response-tags", "BouncerCompliant"),
            Map.entry("x-xss-protection", "0"));

    private final InstantSource time;
    private final AtomicLong transactions = new AtomicLong();

    TwitterResponses(InstantSource time) {
        this.time = time;
    }

    HttpResponse<byte[]> of(TwitterReply reply) {
        String reason = reason(reply.status());
        MutableHttpResponse<byte[]> response = HttpResponse.<byte[]>status(reply.status(), reason)
                .headers(headers -> ALWAYS.forEach(headers::add))
                .header("content-type", reply.type())
                .header("last-modified", httpDate(time.instant()))
                .header("status", reply.status() + " " + reason)
                .header("x-transaction", "%016x".formatted(transactions.incrementAndGet()));
        return response.headers(headers -> reply.headers().forEach(headers::add))
                .body(reply.body().getBytes(UTF_8));
    }

    /// The answer of a rate limit that ends after this time, which is what `x-rate-limit-reset` counts in epoch
    /// seconds.
    HttpResponse<byte[]> limited(Duration window) {
        long reset = time.instant().plus(window).getEpochSecond();
        return of(TwitterReply.error(TwitterError.RATE_LIMIT)
                .with(Map.of(
                        "retry-after",
                        Long.toString(window.toSeconds()),
                        "x-rate-limit-limit",
                        "300",
                        "x-rate-limit-remaining",
                        "0",
                        "x-rate-limit-reset",
                        Long.toString(reset))));
    }

    private static String reason(int status) {
        return status == 420
                ? "Enhance Your Calm"
                : HttpResponseStatus.valueOf(status).reasonPhrase();
    }

    private static String httpDate(Instant instant) {
        return DateTimeFormatter.RFC_1123_DATE_TIME.format(instant.atOffset(ZoneOffset.UTC));
    }
}
