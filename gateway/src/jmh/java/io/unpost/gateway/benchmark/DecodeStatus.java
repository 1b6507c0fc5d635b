package io.unpost.gateway.benchmark;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.xml.XmlMapper;
import io.unpost.dialect.DeleteCommand;
import io.unpost.dialect.Dialect;
import io.unpost.dialect.Kind;
import io.unpost.dialect.Outcome.Verdict;
import java.io.IOException;
import java.util.Map;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/// Reads the answer to a destroyed status, in XML.
@State(Scope.Benchmark)
public class DecodeStatus {

    private final Dialect dialect = Bodies.dialect("weibo-v1");
    private final DeleteCommand command = new DeleteCommand(Kind.POSTS, Bodies.STATUS_ID);
    private final XmlMapper mapper = new XmlMapper();
    private final byte[] body = Bodies.STATUS.clone();
    private final Map<String, String> headers = Map.of(
            "Content-Type",
            "application/xml;charset=utf-8",
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
