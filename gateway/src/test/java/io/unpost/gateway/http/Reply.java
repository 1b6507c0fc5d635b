package io.unpost.gateway.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// An answer as it came over the wire.
///
/// @param headers by name in any case
record Reply(int status, Map<String, List<String>> headers, String body) {

    private static final ObjectMapper JSON = new ObjectMapper();

    static JsonNode json(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw new AssertionError("no JSON: " + text, e);
        }
    }

    /// Reads one answer.
    static Reply read(InputStream in, boolean withBody) throws IOException {
        List<String> head = new ArrayList<>();
        for (String line = line(in); !line.isEmpty(); line = line(in)) {
            head.add(line);
        }
        if (head.isEmpty()) {
            throw new IOException("the connection was closed without an answer");
        }
        var headers = new TreeMap<String, List<String>>(String.CASE_INSENSITIVE_ORDER);
        for (String line : head.subList(1, head.size())) {
            String[] pair = line.split(":", 2);
            headers.computeIfAbsent(pair[0], _ -> new ArrayList<>()).add(pair[1].strip());
        }
        int length = Integer.parseInt(
                headers.getOrDefault("Content-Length", List.of("0")).getFirst());
        byte[] body = withBody ? in.readNBytes(length) : new byte[0];
        return new Reply(Integer.parseInt(head.getFirst().split(" ", 3)[1]), headers, new String(body, UTF_8));
    }

    private static String line(InputStream in) throws IOException {
        var line = new ByteArrayOutputStream();
        for (int b = in.read(); b != '\n' && b != -1; b = in.read()) {
            line.write(b);
        }
        return line.toString(UTF_8).stripTrailing();
    }

    /// The one value of a header; empty where it is absent.
    String header(String name) {
        List<String> values = headers.getOrDefault(name, List.of(""));
        if (values.size() != 1) {
            throw new AssertionError(name + " is there " + values.size() + " times: " + values);
        }
        return values.getFirst();
    }

    JsonNode json() {
        return json(body);
    }

    /// The text of one field, such as `/provider/status`; empty where it is absent or null.
    String at(String pointer) {
        return json().at(pointer).asText("");
    }
}
