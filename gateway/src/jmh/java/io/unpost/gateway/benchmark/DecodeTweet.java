package io.unpost.gateway.benchmark;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.unpost.dialect.DeleteCommand;
import io.unpost.dialect.Dialect;
import io.unpost.dialect.Kind;
import io.unpost.dialect.Outcome.Verdict;
import java.io.IOException;
import java.util.Map;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/// Reads the answer to a destroyed tweet.
@State(Scope.Benchmark)
public class DecodeTweet {

    private final Dialect dialect = Bodies.dialect("twitter-v1.1");
    private final DeleteCommand command = new DeleteCommand(Kind.POSTS, Bodies.TWEET_ID);
    private final ObjectMapper mapper = new ObjectMapper();
    private final byte[] body = Bodies.TWEET.clone();
    private final Map<String, String> headers = Map.of(
            "Content-Type",
            "application/json;charset=utf-8",
            "Content-Length",
            Integer.toString(body.length),
            "Date",
            "Mon, 23 Nov 2026 18:25:43 GMT");

    /// From the bytes to the verdict.
    @Benchmark
    public Verdict decode() {
        return dialect.decode(command, Bodies.answer(body, headers));
    }

    /// The same bytes as a tree.
    @Benchmark
    public JsonNode yardstick() throws IOException {
        return mapper.readTree(body);
    }
}
