package io.unpost.gateway;

import java.time.Instant;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// One request as a provider saw it, and the answer it gave.
public final class Send {

    private static final Pattern NONCE = Pattern.compile("oauth_nonce=\"([^\"]*)\"");

    /// An answer that was sent to its end.
    public record Reply(int status, String body, Condition condition) {}

    /// Whether an answer is what the provider means to say.
    public enum Condition {
        SOUND,
        /// Bytes of it are others: it can be read in more than one way, or in none.
        DAMAGED
    }

    private final Api.Asked asked;
    private final int number;
    private final Instant at = Instant.now();
    private volatile String nonce = "";
    private volatile @Nullable Reply reply;
    private volatile boolean left;

    /// @param number counts the requests for one id
    Send(Api.Asked asked, int number) {
        this.asked = asked;
        this.number = number;
    }

    void read(Request request) {
        Matcher matcher = NONCE.matcher(request.header("Authorization"));
        nonce = matcher.find() ? matcher.group(1) : "";
    }

    void answered(@Nullable Reply reply) {
        this.reply = reply;
    }

    void leave() {
        left = true;
    }

    public Api.Asked asked() {
        return asked;
    }

    public int number() {
        return number;
    }

    /// When its first line had come.
    public Instant at() {
        return at;
    }

    /// Empty where it has none, or was not read.
    public String nonce() {
        return nonce;
    }

    /// Null where no whole answer was sent.
    public @Nullable Reply reply() {
        return reply;
    }

    /// Whether the connection was ended by the other side, and this was the last that came over it: as by somebody who
    /// would not wait for the answer.
    public boolean left() {
        return left;
    }

    @Override
    public String toString() {
        return number + " at " + at + ": " + reply;
    }
}
