package io.unpost.gateway.battery;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.unpost.gateway.Tweets;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.BiFunction;

/// Bodies that came whole, and are not what was meant to be sent. Which of them still names the id, the provider's
/// own reading tells.
final class Mutation {

    /// After these, a body may still be what it was, where it matters.
    private static final List<BiFunction<String, SplittableRandom, byte[]>> SLIGHT = List.of(
            Mutation::flipped,
            Mutation::flipped,
            Mutation::flipped,
            Mutation::flipped,
            Mutation::without,
            Mutation::repeated,
            (body, _) -> ("\uFEFF" + body).getBytes(UTF_8),
            (body, _) -> body.getBytes(ISO_8859_1),
            (body, random) -> inserted(body, "&nbsp;", random),
            (body, random) -> inserted(body, "&#x1;", random),
            (body, random) -> inserted(body, "\0", random));

    /// After these, none confirms anything.
    private static final List<BiFunction<String, SplittableRandom, byte[]>> FATAL = List.of(
            (body, _) -> body.getBytes(UTF_16),
            (body, _) -> (body + body).getBytes(UTF_8),
            (body, _) -> ("[" + body + "]").getBytes(UTF_8),
            (body, _) -> duplicated(body).getBytes(UTF_8),
            (_, _) -> Tweets.html("Log in").getBytes(UTF_8),
            (_, _) -> "{}".getBytes(UTF_8),
            (_, _) -> "<status/>".getBytes(UTF_8),
            (_, _) -> "null".getBytes(UTF_8),
            (_, _) -> new byte[0]);

    private Mutation() {}

    /// The body that befalls an id.
    static byte[] of(long seed, String id, String body) {
        var random = new SplittableRandom(seed + Long.parseLong(id));
        int way = way(id);
        return (way < SLIGHT.size() ? SLIGHT.get(way) : FATAL.get(way - SLIGHT.size())).apply(body, random);
    }

    /// Whether the body that befalls an id may still confirm that it is gone.
    static boolean mayConfirm(String id) {
        return way(id) < SLIGHT.size();
    }

    private static int way(String id) {
        return (int) (Long.parseLong(id) % (SLIGHT.size() + FATAL.size()));
    }

    /// With one bit the other way.
    private static byte[] flipped(String body, SplittableRandom random) {
        byte[] bytes = body.getBytes(UTF_8);
        bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
        return bytes;
    }

    private static byte[] without(String body, SplittableRandom random) {
        return new StringBuilder(body)
                .deleteCharAt(random.nextInt(body.length()))
                .toString()
                .getBytes(UTF_8);
    }

    private static byte[] repeated(String body, SplittableRandom random) {
        int from = random.nextInt(body.length());
        int to = from + random.nextInt(body.length() - from);
        return (body.substring(0, to) + body.substring(from)).getBytes(UTF_8);
    }

    private static byte[] inserted(String body, String what, SplittableRandom random) {
        return new StringBuilder(body)
                .insert(random.nextInt(body.length()), what)
                .toString()
                .getBytes(UTF_8);
    }

    /// With its ids twice, the second time others.
    private static String duplicated(String body) {
        return body.replaceFirst("\"id\":", "\"id\":7,\"id_str\":\"7\",\"id\":").replaceFirst("<id>", "<id>7</id><id>");
    }
}
