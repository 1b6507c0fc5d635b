package io.unpost.gateway;

import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.glassfish.jersey.oauth1.signature.OAuth1SignatureException;

/// Twitter v1.1's four deletes.
record TwitterApi(Signatures signatures) implements Api {

    /// The tweet that every retweet here repeats.
    static final String RETWEETED = "20";

    private static final String JSON = "Content-Type: application/json;charset=utf-8";
    private static final Map<String, Pattern> LINES = Map.of(
            "posts", Pattern.compile("POST /1\\.1/statuses/destroy/([0-9]+)\\.json HTTP/1\\.1"),
            "reposts", Pattern.compile("POST /1\\.1/statuses/unretweet/([0-9]+)\\.json HTTP/1\\.1"),
            "messages", Pattern.compile("DELETE /1\\.1/direct_messages/events/destroy\\.json\\?id=([0-9]+) HTTP/1\\.1"),
            "collections", Pattern.compile("POST /1\\.1/collections/destroy\\.json\\?id=(custom-[0-9]+) HTTP/1\\.1"));

    @Override
    public Optional<Asked> asked(Request request) {
        return LINES.entrySet().stream()
                .flatMap(line -> {
                    Matcher matcher = line.getValue().matcher(request.line());
                    return matcher.matches()
                            ? Optional.of(new Asked(line.getKey(), matcher.group(1))).stream()
                            : Optional.<Asked>empty().stream();
                })
                .findFirst();
    }

    @Override
    public String caller(Request request) throws NotGenuine {
        try {
            return signatures.token(request);
        } catch (OAuth1SignatureException e) {
            throw new NotGenuine(e.toString(), new Said(401, Tweets.error(32), JSON));
        }
    }

    @Override
    public Said said(Word word, Asked asked, Request request) {
        boolean tweet = asked.kind().equals("posts") || asked.kind().equals("reposts");
        return switch (word) {
            case DELETED -> deleted(asked);
            case GONE -> new Said(404, Tweets.error(tweet ? 144 : 34), JSON);
            // Of what is no tweet, Twitter does not tell whether there is one.
            case FOREIGN -> tweet ? new Said(403, Tweets.error(183), JSON) : new Said(404, Tweets.error(34), JSON);
            case LIMITED -> new Said(429, Tweets.error(88), JSON);
        };
    }

    private static Said deleted(Asked asked) {
        return switch (asked.kind()) {
            case "posts" -> new Said(200, Tweets.tweet(asked.id()), JSON);
            case "reposts" -> new Said(200, Tweets.tweet(RETWEETED), JSON);
            // Nothing, called a page, as it was recorded.
            case "messages" -> new Said(204, "", "content-type: text/html;charset=utf-8", "content-length: 0");
            default -> new Said(200, "{\"destroyed\": true}", JSON);
        };
    }

    @Override
    public Said noSuchPage() {
        return new Said(404, Tweets.error(34), JSON);
    }
}
