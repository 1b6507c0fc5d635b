package io.unpost.gateway.sandbox;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.unpost.gateway.sandbox.Imitation.MagicId;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.List;

/// What exists in the sandbox and how to try it, as JSON that people read.
final class SandboxPage {

    private static final JsonFactory JSON = new JsonFactory();
    private static final int SHORT = 60;

    private SandboxPage() {}

    /// @param address the gateway's, as the reader reaches it
    /// @param needsToken whether a delete needs a token
    static String json(List<Imitation> imitations, String address, boolean needsToken) {
        var page = new StringWriter();
        try (JsonGenerator json = JSON.createGenerator(page).useDefaultPrettyPrinter()) {
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
        List<Post> posts = imitation.posts().all();
        String token = needsToken ? "-H \"Authorization: Bearer $TOKEN\" " : "";
        String account = imitation.account().name();
        String id = posts.isEmpty() ? "ID" : posts.getFirst().id();
        json.writeStartObject();
        json.writeStringField("imitates", imitation.provider());
        json.writeStringField("account", account);
        json.writeStringField("dialect", imitation.account().dialect());
        json.writeStringField("try", "curl -X DELETE " + token + address + "/v1/accounts/" + account + "/posts/" + id);
        json.writeArrayFieldStart("posts");
        for (Post post : posts) {
            json.writeStartObject();
            json.writeStringField("id", post.id());
            json.writeStringField("text", shortened(post.text()));
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeArrayFieldStart("magicIds");
        for (MagicId magic : imitation.magicIds()) {
            json.writeStartObject();
            json.writeStringField("id", magic.id());
            json.writeStringField("does", magic.does());
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private static String shortened(String text) {
        return text.codePointCount(0, text.length()) <= SHORT
                ? text
                : text.substring(0, text.offsetByCodePoints(0, SHORT)) + "…";
    }
}
