package io.unpost.gateway;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.glassfish.jersey.oauth1.signature.OAuth1SignatureException;

/// Twitter v1.1's four deletes.
public record TwitterApi(Signatures signatures) implements Api {

    /// The tweet that every retweet here repeats.
    public static final String RETWEETED = "20";

    private static final String JSON = "Content-Type: application/json;charset=utf-8";
    private static final Pattern CODE = Pattern.compile("\"code\":\\s*([0-9]+)");
    private static final Pattern IDS = Pattern.compile("\"id(?:_str)?\":\\s*\"?([0-9]+)\"?[,}]");
    // Each says of itself that nothing was deleted.
    private static final Set<String> REFUSALS = Set.of(
            ("3 17 32 34 36 38 44 50 63 64 68 87 88 89 92 93 99 130 135 136 144 179 183 185 215 220 226 231 251 261"
                            + " 326 416 421 422 453")
                    .split(" "));
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
    public void ignoreTime() {
        signatures.ignoreTime();
    }

    @Override
    public Said said(Word word, Asked asked, Request request) {
        boolean tweet = isTweet(asked);
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
    public Proof proof(Asked asked, int status, String body) {
        String text = body.replace("\0", "");
        Set<String> codes = found(CODE, text);
        if (status >= 500 && !codes.equals(Set.of("130"))) {
            return Proof.NOTHING;
        }
        if (status < 300 && !text.contains("\"error")) {
            return confirms(asked, status, text) ? Proof.DELETED : Proof.NOTHING;
        }
        if (status / 100 == 3 || status == 408 || codes.contains("131")) {
            return Proof.NOTHING;
        }
        if (codes.equals(Set.of("144")) && isTweet(asked)) {
            return Proof.ABSENT;
        }
        boolean known = !codes.isEmpty() && REFUSALS.containsAll(codes);
        return status >= 400 || known ? Proof.UNTOUCHED : Proof.NOTHING;
    }

    private static boolean confirms(Asked asked, int status, String text) {
        Set<String> ids = found(IDS, text);
        return switch (asked.kind()) {
            case "posts" -> ids.contains(asked.id());
            case "reposts" -> !ids.isEmpty() && !ids.contains(asked.id());
            case "messages" -> status == 204;
            default -> text.replace(" ", "").contains("\"destroyed\":true");
        };
    }

    private static Set<String> found(Pattern pattern, String text) {
        return pattern.matcher(text).results().map(result -> result.group(1)).collect(Collectors.toSet());
    }

    private static boolean isTweet(Asked asked) {
        return asked.kind().equals("posts") || asked.kind().equals("reposts");
    }

    @Override
    public Said noSuchPage() {
        return new Said(404, Tweets.error(34), JSON);
    }
}
