package io.unpost.gateway.sandbox;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter.FixedSpaceIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter.Indenter;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.List;

/// What exists in the sandbox and how to try it, as JSON that people read.
final class SandboxPage {

    private static final JsonFactory JSON = new JsonFactory();
    private static final int SHORT = 60;
    private static final int ROW = 6;

    private SandboxPage() {}

    /// @param address the gateway's, as the reader reaches it
    /// @param needsToken whether a delete needs a token
    static String json(List<Imitation> imitations, String address, boolean needsToken) {
        var page = new StringWriter();
        try (JsonGenerator json = JSON.createGenerator(page).setPrettyPrinter(rowByRow())) {
            json.writeStartObject();
            json.writeStringField("reset", "curl -X POST " + address + "/sandbox/reset");
            json.writeArrayFieldStart("providers");
            for (Imitation imitation : imitations) {
                provider(json, imitation, address, needsToken);
            }
            json.writeEndArray();
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return page.append('\n').toString();
    }

    private static void provider(JsonGenerator json, Imitation imitation, String address, boolean needsToken)
            throws IOException {
        String token = needsToken ? "-H \"Authorization: Bearer $TOKEN\" " : "";
        String account = imitation.account().name();
        json.writeStartObject();
        json.writeStringField("imitates", imitation.provider());
        json.writeStringField("account", account);
        json.writeStringField("dialect", imitation.account().dialect());
        json.writeArrayFieldStart("kinds");
        for (Stock stock : imitation.kinds()) {
            kind(json, stock, "curl -X DELETE " + token + address + "/v1/accounts/" + account + "/" + stock.kind());
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private static void kind(JsonGenerator json, Stock stock, String delete) throws IOException {
        List<Post> posts = stock.all();
        json.writeStartObject();
        json.writeStringField("kind", stock.kind());
        json.writeStringField(
                "try", delete + "/" + (posts.isEmpty() ? "ID" : posts.getFirst().id()));
        json.writeArrayFieldStart("ids");
        for (Post post : posts) {
            row(json, post.id(), "text", shortened(post.text()));
        }
        json.writeEndArray();
        json.writeArrayFieldStart("magicIds");
        for (Magic magic : stock.magic()) {
            row(json, magic.id(), "does", magic.does());
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private static void row(JsonGenerator json, String id, String name, String value) throws IOException {
        json.writeStartObject();
        json.writeStringField("id", id);
        json.writeStringField(name, value);
        json.writeEndObject();
    }

    /// Every id is on a line of its own, together with what is said of it.
    private static DefaultPrettyPrinter rowByRow() {
        var line = new DefaultIndenter("  ", "\n");
        var space = new FixedSpaceIndenter();
        var printer = new DefaultPrettyPrinter();
        printer.indentArraysWith(line);
        printer.indentObjectsWith(new Indenter() {

            @Override
            public void writeIndentation(JsonGenerator json, int level) throws IOException {
                (level < ROW ? line : space).writeIndentation(json, level);
            }

            @Override
            public boolean isInline() {
                return false;
            }
        });
        return printer;
    }

    private static String shortened(String text) {
        return text.codePointCount(0, text.length()) <= SHORT
                ? text
                : text.substring(0, text.offsetByCodePoints(0, SHORT)) + "…";
    }
}
