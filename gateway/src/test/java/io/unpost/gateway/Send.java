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
    private final String line;
    private final int number;
    private final Instant at = Instant.now();
    private volatile String nonce = "";
    private volatile String caller = "";
    private volatile @Nullable Reply reply;
    private volatile Instant ended = Instant.MAX;
    private volatile Instant left = Instant.MAX;
    private @Nullable Send before;

    /// @param line the request line
    /// @param number counts the requests for one id
    Send(Api.Asked asked, String line, int number) {
        this.asked = asked;
        this.line = line;
        this.number = number;
    }

    void read(Request request) {
        Matcher matcher = NONCE.matcher(request.header("Authorization"));
        nonce = matcher.find() ? matcher.group(1) : "";
    }

    void from(String caller) {
        this.caller = caller;
    }

    void answered(@Nullable Reply reply) {
        this.reply = reply;
    }

    void end() {
        ended = Instant.now();
    }

    /// Comes over the same connection, next.
    void follows(Send before) {
        this.before = before;
        before.before = null;
    }

    void leave() {
        left = Instant.now();
        if (before != null) {
            before.left = left;
        }
    }

    public Api.Asked asked() {
        return asked;
    }

    /// The request line.
    public String line() {
        return line;
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

    /// Who asked, as the ledger names them; empty where it was not read, or is not genuine.
    public String caller() {
        return caller;
    }

    /// Null where no whole answer was sent.
    public @Nullable Reply reply() {
        return reply;
    }

    /// When the provider was through with it; the end of time until then.
    public Instant ended() {
        return ended;
    }

    /// When the connection was seen to be ended by the other side, where this was the last that came over it, or the
    /// one before: as by somebody who would not wait for the answer, or had it in the moment of leaving, so that
    /// another was sent before the end. The end of time where it was not.
    public Instant left() {
        return left;
    }

    @Override
    public String toString() {
        return number + " at " + at + " by " + caller + ", " + line + ": " + reply;
    }
}
