package io.unpost.gateway.benchmark;

import com.fasterxml.jackson.databind.JsonNode;
import io.micronaut.serde.ObjectMapper;
import io.unpost.gateway.http.Answer;
import java.io.IOException;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/// Writes the JSON of a 200, by the framework's writer as the gateway does.
@State(Scope.Benchmark)
public class WriteAnswer {

    private final ObjectMapper mapper = ObjectMapper.getDefault();
    private final com.fasterxml.jackson.databind.ObjectMapper plain = new com.fasterxml.jackson.databind.ObjectMapper();
    private final Answer answer = new Answer(
            "deleted",
            "echo",
            "acme",
            "twitter-v1.1",
            "posts",
            Bodies.TWEET_ID,
            "everyone",
            "2026-11-23T18:25:43.000Z",
            1,
            null,
            new Answer.DeletedItem(
                    Bodies.TWEET_ID,
                    "We moved: the new office opens on Monday, and everyone who finds the door may keep a mug.",
                    "2012-08-29T16:54:38Z",
                    new Answer.Source("Unpost", "https://unpost.example"),
                    null,
                    new Answer.Counts(1L, 0L, null),
                    new Answer.Author(
                            "14927800",
                            "demo_twitter",
                            "Demo Account",
                            "https://t.co/YCA3ZKY",
                            "https://pbs.twimg.com/profile_images/1751674923/demo_normal.jpg",
                            false,
                            false)),
            new Answer.Provider(200, null, null, null),
            null,
            "0198a5b2c3d47e6f8a9b0c1d2e3f4a5b");
    private final JsonNode tree = tree();

    private JsonNode tree() {
        try {
            return plain.readTree(mapper.writeValueAsBytes(answer));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /// The record.
    @Benchmark
    public byte[] write() throws IOException {
        return mapper.writeValueAsBytes(answer);
    }

    /// A tree of the same, by Jackson.
    @Benchmark
    public byte[] yardstick() throws IOException {
        return plain.writeValueAsBytes(tree);
    }
}
