package io.unpost.gateway.sandbox;

import static io.unpost.gateway.sandbox.TwitterReply.error;
import static io.unpost.gateway.sandbox.TwitterReply.html;
import static io.unpost.gateway.sandbox.TwitterReply.json;
import static io.unpost.gateway.sandbox.TwitterScript.Delivery.HALF;
import static io.unpost.gateway.sandbox.TwitterScript.Delivery.HALF_UNFRAMED;
import static io.unpost.gateway.sandbox.TwitterScript.Delivery.NOTHING;
import static io.unpost.gateway.sandbox.TwitterScript.Delivery.WHOLE;
import static io.unpost.gateway.sandbox.TwitterScript.Ending.CLOSED;
import static io.unpost.gateway.sandbox.TwitterScript.Ending.RESET;

import io.unpost.gateway.sandbox.TwitterScript.Deletes;
import io.unpost.gateway.sandbox.TwitterScript.DeletesYetSays;
import io.unpost.gateway.sandbox.TwitterScript.Delivery;
import io.unpost.gateway.sandbox.TwitterScript.Ending;
import io.unpost.gateway.sandbox.TwitterScript.Limited;
import io.unpost.gateway.sandbox.TwitterScript.Once;
import io.unpost.gateway.sandbox.TwitterScript.Says;
import io.unpost.gateway.sandbox.TwitterScript.Silent;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// An id that makes the imitation misbehave in one documented way.
///
/// The first three digits are the HTTP status, the next three Twitter's code, `000` where there is none; a seventh
/// digit tells forms of the same apart. `900...` are failures of the network, which have no status.
///
/// @param does what happens, for people
/// @param script what happens
record TwitterMagic(String id, String does, TwitterScript script) {

    private static final TwitterReply OTHER_TWEET =
            json(200, TwitterTweet.json(TwitterSeeds.ANOTHER, TwitterTweet.Author.FULL, TwitterTweet.Mode.COMPATIBLE));
    private static final TwitterReply BROKEN = json(200, TwitterError.INTERNAL.body());
    private static final TwitterReply CALM = error(TwitterError.CALM).with(Map.of("retry-after", "60"));
    private static final TwitterReply EMPTY = json(200, "");
    private static final TwitterReply LIMIT = error(TwitterError.RATE_LIMIT);
    private static final TwitterReply MOVED = html(302, "Moved").with(Map.of("location", "/sandbox"));
    private static final TwitterReply READ_ONLY = json(401, """
        {"request":"/1.1/statuses/destroy/401000.json","error":"Read-only application cannot POST."}\
        """);
    private static final TwitterReply READ_ONLY_89 = json(401, """
        {"errors":[{"message":"Error processing your OAuth request: Read-only application cannot POST","code":89}]}\
        """);
    private static final TwitterReply TEXT = json(403, """
        {"errors":"You are not allowed to delete this Tweet."}\
        """);
    private static final TwitterReply OLD_404 = json(404, """
        {"error":"Not Found","request":"/1.1/statuses/destroy/404000.json"}\
        """);
    private static final TwitterReply CROWDED_503 = html(503, "Twitter / Over capacity");
    private static final TwitterReply CROWDED_130 = error(TwitterError.OVER_CAPACITY);

    private static final List<TwitterMagic> SPECIAL = List.of(
            row("200000", "says 200 with an HTML page; deletes nothing", says(html(200, "Twitter"))),
            row("200001", "says 200 with another tweet; deletes nothing", says(OTHER_TWEET)),
            row("200002", "says 200 with an empty body; deletes nothing", says(EMPTY)),
            row("200131", "says 200 with code 131 in the body; deletes nothing", says(BROKEN)),
            row("302000", "redirects to a page that says 200", says(MOVED)),
            row("401000", "says 401 without a code: the app is read-only", says(READ_ONLY)),
            row("4010891", "says 401, code 89, meaning that the app is read-only", says(READ_ONLY_89)),
            row("403000", "says 403, the errors being one string", says(TEXT)),
            row("404000", "says 404 as version 1 did, without a code", says(OLD_404)),
            row("420088", "says 420, code 88, and to come back in a minute", says(CALM)),
            row("429088", "says 429, code 88, and to come back in 15 minutes", new Limited(Duration.ofMinutes(15))),
            row("4290881", "says 429, code 88, and not when to come back", says(LIMIT)),
            row("500000", "says 500 with an HTML page", says(html(500, "Twitter / Error"))),
            row("502000", "says 502 with an HTML page", says(html(502, "Twitter / Over capacity"))),
            row("503000", "says 503 with an HTML page", says(CROWDED_503)),
            row("5030001", "deletes, yet says 503 with an HTML page", new DeletesYetSays(CROWDED_503)),
            row("5031301", "says 503, code 130, the first time; then deletes", new Once(says(CROWDED_130))),
            row("504000", "says 504 with an HTML page", says(html(504, "Twitter / Error"))),
            row("900001", "deletes, then closes without an answer", deletes(0, NOTHING)),
            row("900002", "deletes, then closes amid the answer", deletes(0, HALF)),
            row("900003", "deletes, then closes amid an answer without a length", deletes(0, HALF_UNFRAMED)),
            row("900004", "deletes, and answers 2 seconds later", deletes(2, WHOLE)),
            row("900005", "deletes, and answers 5 seconds later", deletes(5, WHOLE)),
            row("900006", "closes without an answer; deletes nothing", silent(0, CLOSED)),
            row("900007", "resets the connection; deletes nothing", silent(0, RESET)),
            row("900008", "closes without an answer the first time; then deletes", new Once(silent(0, CLOSED))),
            row("900009", "is silent for 30 seconds, then closes; deletes nothing", silent(30, CLOSED)));

    /// Every magic id, the errors with a code first.
    static final List<TwitterMagic> ALL = Stream.concat(
                    EnumSet.complementOf(EnumSet.of(TwitterError.CALM, TwitterError.RATE_LIMIT)).stream()
                            .map(error -> row(error.magicId(), "says " + error.described(), says(error(error)))),
                    SPECIAL.stream())
            .toList();

    private static TwitterMagic row(String id, String does, TwitterScript script) {
        return new TwitterMagic(id, does, script);
    }

    private static TwitterScript says(TwitterReply reply) {
        return new Says(reply);
    }

    private static TwitterScript deletes(long seconds, Delivery delivery) {
        return new Deletes(Duration.ofSeconds(seconds), delivery);
    }

    private static TwitterScript silent(long seconds, Ending ending) {
        return new Silent(Duration.ofSeconds(seconds), ending);
    }
}
