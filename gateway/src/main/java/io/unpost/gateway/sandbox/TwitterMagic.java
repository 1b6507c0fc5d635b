package io.unpost.gateway.sandbox;

import static io.unpost.gateway.sandbox.Magic.says;
import static io.unpost.gateway.sandbox.Reply.html;
import static io.unpost.gateway.sandbox.Reply.json;

import io.unpost.gateway.sandbox.Script.DeletesYetSays;
import io.unpost.gateway.sandbox.Script.Once;
import io.unpost.gateway.sandbox.Script.Says;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// The magic ids of the imitated Twitter.
final class TwitterMagic {

    private static final Reply OTHER_TWEET =
            json(200, TwitterTweet.json(TwitterSeeds.ANOTHER, TwitterTweet.Author.FULL, TwitterTweet.Mode.COMPATIBLE));
    private static final Reply BROKEN = json(200, TwitterError.INTERNAL.body());
    private static final Reply CALM = TwitterError.CALM.reply().with(Map.of("retry-after", "60"));
    private static final Reply EMPTY = json(200, "");
    private static final Reply KEPT = json(200, "{\"destroyed\": false}");
    private static final Reply LIMIT = TwitterError.RATE_LIMIT.reply();
    private static final Reply MOVED = html(302, "Moved").with(Map.of("location", "/sandbox"));
    private static final Reply READ_ONLY_89 = json(401, """
        {"errors":[{"message":"Error processing your OAuth request: Read-only application cannot POST","code":89}]}\
        """);
    private static final Reply TEXT = json(403, """
        {"errors":"You are not allowed to delete this Tweet."}\
        """);
    private static final Reply CROWDED_503 = html(503, "Twitter / Over capacity");
    private static final Reply CROWDED_130 = TwitterError.OVER_CAPACITY.reply();

    private static final Magic READ_ONLY = says(
            "401000",
            "says 401 without a code: the app is read-only",
            (call, _) -> json(401, """
                {"request":"%s","error":"Read-only application cannot POST."}\
                """.formatted(call.pathBelow(TwitterImitation.PATH))));
    private static final Magic OLD_404 = says(
            "404000",
            "says 404 as version 1 did, without a code",
            (call, _) -> json(404, """
                {"error":"Not Found","request":"%s"}\
                """.formatted(call.pathBelow(TwitterImitation.PATH))));
    private static final Magic LIMITED = says(
            "429088",
            "says 429, code 88, and to come back in 15 minutes",
            (_, now) -> LIMIT.with(TwitterHeaders.limited(now, Duration.ofMinutes(15))));

    private static final List<Magic> SPECIAL = List.of(
            says("200000", "says 200 with an HTML page; deletes nothing", html(200, "Twitter")),
            says("200001", "says 200 with another tweet; deletes nothing", OTHER_TWEET),
            says("200002", "says 200 with an empty body; deletes nothing", EMPTY),
            says("200131", "says 200 with code 131 in the body; deletes nothing", BROKEN),
            says("302000", "redirects to a page that says 200", MOVED),
            READ_ONLY,
            says("4010891", "says 401, code 89, meaning that the app is read-only", READ_ONLY_89),
            says("403000", "says 403, the errors being one string", TEXT),
            OLD_404,
            says("420088", "says 420, code 88, and to come back in a minute", CALM),
            LIMITED,
            says("4290881", "says 429, code 88, and not when to come back", LIMIT),
            says("500000", "says 500 with an HTML page", html(500, "Twitter / Error")),
            says("502000", "says 502 with an HTML page", html(502, "Twitter / Over capacity")),
            says("503000", "says 503 with an HTML page", CROWDED_503),
            new Magic("5030001", "deletes, yet says 503 with an HTML page", new DeletesYetSays((_, _) -> CROWDED_503)),
            new Magic(
                    "5031301",
                    "says 503, code 130, the first time; then deletes",
                    new Once(new Says((_, _) -> CROWDED_130))),
            says("504000", "says 504 with an HTML page", html(504, "Twitter / Error")));

    /// The errors with a code come first.
    static final List<Magic> TWEETS = Stream.concat(
                    EnumSet.complementOf(EnumSet.of(TwitterError.CALM, TwitterError.RATE_LIMIT)).stream()
                            .map(TwitterError::magic),
                    Stream.concat(SPECIAL.stream(), Magic.NETWORK.stream()))
            .toList();

    static final List<Magic> RETWEETS =
            Stream.concat(Stream.of(READ_ONLY, LIMITED), Magic.NETWORK.stream()).toList();

    static final List<Magic> MESSAGES = Stream.concat(
                    Stream.of(TwitterError.MESSAGES_NOT_ALLOWED.magic()), Magic.NETWORK_WITHOUT_BODY.stream())
            .toList();

    static final List<Magic> COLLECTIONS = Stream.concat(
                    Stream.of(says("200000", "says 200 and that it is not destroyed; deletes nothing", KEPT)),
                    Magic.NETWORK.stream())
            .map(magic -> magic.prefixed("custom-"))
            .toList();

    private TwitterMagic() {}
}
