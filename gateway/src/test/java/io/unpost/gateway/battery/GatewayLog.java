package io.unpost.gateway.battery;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/// Looks for secrets in what a gateway logs, reads its audit log, and keeps what is more than information.
final class GatewayLog implements AutoCloseable {

    private static final String AUDIT = "{\"log\":\"audit\"";
    private static final ObjectMapper JSON = new ObjectMapper();
    /// How many lines are kept.
    private static final int MOST = 10_000;

    private final Examiner examiner;
    private final Writer file;
    private final AtomicLong warnings = new AtomicLong();

    GatewayLog(Path file, Examiner examiner) throws IOException {
        this.examiner = examiner;
        this.file = Files.newBufferedWriter(file);
    }

    void add(String line) {
        examiner.add(Shape.secrets(line).toList());
        if (line.startsWith(AUDIT)) {
            audit(line);
        } else if (!line.contains(" INFO ") && warnings.incrementAndGet() <= MOST) {
            try {
                file.write(line + "\n");
                file.flush();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private void audit(String text) {
        try {
            JsonNode line = JSON.readTree(text);
            String id = line.at("/id").asText();
            if (line.at("/event").asText().equals("intent")) {
                examiner.audited(id, Examiner.INTENT);
            } else {
                Instant at = Instant.parse(line.at("/time").asText());
                examiner.audited(id, Claim.of(line, at, at).toString());
            }
        } catch (JsonProcessingException e) {
            examiner.add(List.of(new Finding(Finding.Rule.ONE_ANSWER, "the audit log has no proper form: " + text)));
        }
    }

    /// How many lines there were that are no information, those of stack traces too.
    long warnings() {
        return warnings.get();
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
