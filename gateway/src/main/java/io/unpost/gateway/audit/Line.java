package io.unpost.gateway.audit;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.JsonRecyclerPools;
import io.unpost.dialect.ProviderSays;
import io.unpost.gateway.accounts.Account;
import io.unpost.gateway.engine.Redaction;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import org.jspecify.annotations.Nullable;

/// A line of the audit log: one JSON object in printable ASCII, so that nothing in it can end it or begin another.
///
/// Each event has the same fields every time; one without a value is null.
final class Line {

    // Else each virtual thread makes buffers of its own, and leaves them behind.
    private static final JsonFactory JSON = JsonFactory.builder()
            .recyclerPool(JsonRecyclerPools.sharedBoundedPool())
            .build();
    private static final DateTimeFormatter MILLIS = DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSX");
    private static final int LAST_PRINTABLE = '~';
    /// Codes are a few characters long; a provider could send a megabyte.
    private static final int LONGEST_CODE = 100;

    private Line() {}

    /// What is about to be done.
    static String intent(AuditedCall call, Instant at) {
        return line("intent", call, at, _ -> {});
    }

    /// What came of it.
    ///
    /// @param took since the intent
    static String outcome(AuditedCall call, Ending ending, Instant at, Duration took) {
        return line("outcome", call, at, json -> {
            json.writeStringField("outcome", ending.outcome());
            json.writeStringField("evidence", ending.evidence());
            json.writeStringField("code", ending.code());
            json.writePOJOField("attempts", ending.attempts());
            provider(json, ending.says(), call.account());
            json.writeNumberField("durationMs", took.toMillis());
        });
    }

    /// Adds fields.
    @FunctionalInterface
    private interface More {
        void to(JsonGenerator json) throws IOException;
    }

    private static String line(String event, AuditedCall call, Instant at, More more) {
        var line = new StringWriter();
        try (JsonGenerator json = JSON.createGenerator(line).setHighestNonEscapedChar(LAST_PRINTABLE)) {
            json.writeStartObject();
            json.writeStringField("log", "audit");
            json.writeStringField("time", MILLIS.format(at.atOffset(ZoneOffset.UTC)));
            json.writeStringField("event", event);
            json.writeStringField("caller", call.caller());
            json.writeStringField("issuer", call.issuer());
            json.writeStringField("account", call.account().name());
            json.writeStringField("dialect", call.account().dialect().facts().id());
            json.writeStringField("kind", call.kind());
            json.writeStringField("id", call.id());
            json.writeStringField("requestId", call.requestId());
            json.writeStringField("trace", call.trace());
            more.to(json);
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return line.toString();
    }

    private static void provider(JsonGenerator json, @Nullable ProviderSays says, Account account) throws IOException {
        if (says == null) {
            json.writeNullField("provider");
            return;
        }
        json.writeObjectFieldStart("provider");
        json.writeNumberField("status", says.status());
        json.writeStringField("code", says.code() == null ? null : code(says.code(), account));
        json.writeEndObject();
    }

    /// The provider's own code, which may be anything, the account's secrets included.
    private static String code(String code, Account account) {
        String redacted = Redaction.of(account.credentials()).of(code);
        return redacted.length() <= LONGEST_CODE ? redacted : redacted.substring(0, LONGEST_CODE) + "…";
    }
}
