package io.unpost.dialect;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.io.JsonEOFException;
import io.unpost.dialect.Node.Ambiguous;
import io.unpost.dialect.Node.Attribute;
import io.unpost.dialect.Node.Elements;
import io.unpost.dialect.Node.Fields;
import io.unpost.dialect.Node.Text;
import java.io.IOException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// A JSON or XML body in UTF-8, read as far as it can be.
///
/// Nothing is read of a body of more than 1 MiB, deeper than 32, with a string of more than 200,000 characters, a name
/// or number of more than 1,000, or more than 100,000 tokens; of XML with a document type; of two documents in one.
final class Document {

    /// What the layer below says about the end of a body.
    enum Framing {
        /// Its length was announced, and it is that long.
        WHOLE,
        /// It ended when the connection did, so that only its own end shows that it is whole.
        BY_CLOSE,
        /// It is not as long as announced.
        CUT
    }

    private static final StreamReadConstraints LIMITS = StreamReadConstraints.builder()
            .maxNestingDepth(32)
            .maxStringLength(200_000)
            .maxNameLength(1_000)
            .maxNumberLength(1_000)
            .maxTokenCount(100_000)
            .build();
    private static final int MOST_BYTES = 1 << 20;
    // Tables of names can be filled with names of one hash, and outlive the document.
    private static final JsonFactory JSON = JsonFactory.builder()
            .streamReadConstraints(LIMITS)
            .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
            .build();
    private static final XmlInput XML = new XmlInput(LIMITS);
    private static final Pattern ERROR = Pattern.compile("\"error(?:s|_code)?\"\\s*+:|<error(?:s|_code)?[\\s>]");
    private static final String BYTE_ORDER_MARK = "\uFEFF";
    private static final Pattern XML_ROOT = Pattern.compile("<([A-Za-z_][A-Za-z0-9_.-]{0,999}+)(?=[\\s/>])");

    private final @Nullable Node root;

    private Document(@Nullable Node root) {
        this.root = root;
    }

    /// Reads a body. Never fails; what cannot be read is not there.
    static Document read(byte[] body, Framing framing) {
        if (framing == Framing.CUT || body.length > MOST_BYTES) {
            return new Document(null);
        }
        String decoded = new String(body, UTF_8);
        String text = (decoded.startsWith(BYTE_ORDER_MARK) ? decoded.substring(1) : decoded).strip();
        boolean xml = text.startsWith("<");
        var builder = new TreeBuilder(xml, LIMITS);
        boolean whole;
        try (JsonParser parser = xml ? XML.parser(text) : JSON.createParser(text)) {
            whole = builder.readAll(parser);
        } catch (JsonEOFException | StreamConstraintsException _) {
            // The document ends early, whatever was announced: somebody on the way cut it and counted again. Or it is
            // none that a provider would send.
            whole = false;
        } catch (IOException | RuntimeException _) {
            // The XML parser throws unchecked exceptions on some broken documents.
            int defect = Math.clamp(builder.brokenAt(), 0, text.length());
            whole = framing == Framing.WHOLE
                    && !builder.closed()
                    && endSeen(text, xml)
                    // What cannot be read must not be overlooked.
                    && !ERROR.matcher(text).find(defect);
        }
        return new Document(whole ? builder.root() : null);
    }

    /// The text at a JSON pointer; empty where there is none.
    Optional<String> at(String pointer) {
        return switch (node(pointer)) {
            case Text(String text) -> Optional.of(text);
            case Attribute(String text) -> Optional.of(text);
            case Fields _, Elements _, Ambiguous _ -> Optional.empty();
            case null -> Optional.empty();
        };
    }

    /// Whether there is anything but null and emptiness at a JSON pointer, readable or not.
    boolean has(String pointer) {
        return switch (node(pointer)) {
            case Fields(var byName) -> !byName.isEmpty();
            case Elements(var all) -> !all.isEmpty();
            case Text(String text) -> !text.isEmpty();
            case Attribute(String text) -> !text.isEmpty();
            case Ambiguous() -> true;
            case null -> false;
        };
    }

    private @Nullable Node node(String pointer) {
        Node node = root;
        for (JsonPointer at = JsonPointer.compile(pointer); !at.matches(); at = at.tail()) {
            node = child(node, at);
        }
        return node;
    }

    private static @Nullable Node child(@Nullable Node node, JsonPointer at) {
        int index = at.getMatchingIndex();
        return switch (node) {
            case Fields(var byName) -> byName.get(at.getMatchingProperty());
            case Elements(var all) -> index >= 0 && index < all.size() ? all.get(index) : null;
            case Text _, Attribute _, Ambiguous _ -> null;
            case null -> null;
        };
    }

    /// Whether a document with a defect ends with its own end, and not with that of something in it.
    private static boolean endSeen(String text, boolean xml) {
        if (!xml) {
            return text.endsWith("}") && count(text, "{") == count(text, "}") && count(text, "[") == count(text, "]");
        }
        Matcher start = XML_ROOT.matcher(text);
        if (!start.find()) {
            return false;
        }
        String open = "<" + start.group(1);
        String close = "</" + start.group(1) + ">";
        int opened = 0;
        for (char next : new char[] {' ', '\t', '\n', '\r', '/', '>'}) {
            opened += count(text, open + next);
        }
        return text.endsWith(close)
                && opened == count(text, close)
                && text.lastIndexOf("<![CDATA[") <= text.lastIndexOf("]]>")
                && text.lastIndexOf("<!--") <= text.lastIndexOf("-->");
    }

    private static int count(String text, String part) {
        int count = 0;
        for (int at = text.indexOf(part); at >= 0; at = text.indexOf(part, at + part.length())) {
            count++;
        }
        return count;
    }
}
