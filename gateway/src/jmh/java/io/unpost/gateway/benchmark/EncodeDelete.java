package io.unpost.gateway.benchmark;

import io.unpost.dialect.DeleteCommand;
import io.unpost.dialect.Dialect;
import io.unpost.dialect.Kind;
import io.unpost.dialect.Options;
import io.unpost.dialect.WireRequest;
import java.util.Map;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/// Puts a delete into Twitter's words. There is no yardstick for it.
@State(Scope.Benchmark)
public class EncodeDelete {

    private final Dialect dialect = Bodies.dialect("twitter-v1.1");
    private final DeleteCommand command = new DeleteCommand(Kind.POSTS, Bodies.TWEET_ID);
    private final Options options = new Options(Map.of());

    /// From the command to the request that is to be signed.
    @Benchmark
    public WireRequest encode() {
        return dialect.encode(command, options);
    }
}
