package io.unpost.dialect;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.ctc.wstx.stax.WstxInputFactory;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.io.JsonEOFException;
import com.fasterxml.jackson.dataformat.xml.XmlFactory;
import io.unpost.dialect.Node.Ambiguous;
import io.unpost.dialect.Node.Elements;
import io.unpost.dialect.Node.Fields;
import io.unpost.dialect.Node.Text;
import java.io.IOException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.xml.stream.XMLInputFactory;
import org.jspecify.annotations.Nullable;

/// A JSON or XML body, read as far as it can be.
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
            .maxDocumentLength(1 << 20)
            .build();
    private static final JsonFactory JSON =
            JsonFactory.builder().streamReadConstraints(LIMITS).build();
    private static final XmlFactory XML = hardenedXml();
    private static final Pattern BARE_AMPERSAND = Pattern.compile(
            "(<!\\[CDATA\\[.*?]]>)|&(?!(?:[A-Za-z][A-Za-z0-9]*|#[0-9]+|#x[0-9A-Fa-f]+);)", Pattern.DOTALL);
    private static final Pattern BYTE_ORDER_MARK = Pattern.compile("^\\uFEFF");
    private static final Pattern XML_ROOT = Pattern.compile("<([A-Za-z_][A-Za-z0-9_.-]*)");

    private final @Nullable Node root;

    private Document(@Nullable Node root) {
        this.root = root;
    }

    /// Reads a body. Never fails; what cannot be read is not there.
    static Document read(byte[] body, Framing framing) {
        if (framing == Framing.CUT) {
            return new Document(null);
        }
        String text = BYTE_ORDER_MARK
                .matcher(new String(body, UTF_8))
                .replaceFirst("")
                .strip();
        boolean xml = text.startsWith("<");
        var builder = new TreeBuilder(xml);
        boolean whole;
        try (JsonParser parser = xml ? xmlParser(text) : JSON.createParser(body)) {
            whole = builder.readAll(parser);
        } catch (JsonEOFException _) {
            // The document ends early, whatever was announced: somebody on the way cut it and counted again.
            whole = false;
        } catch (IOException | RuntimeException _) {
            // The XML parser throws unchecked exceptions on some broken documents.
            whole = framing == Framing.WHOLE && endSeen(text, xml);
        }
        return new Document(whole ? builder.root() : null);
    }

    /// The text at a JSON pointer; empty where there is none.
    Optional<String> at(String pointer) {
        return node(pointer) instanceof Text(String text) ? Optional.of(text) : Optional.empty();
    }

    /// Whether there is anything but null and emptiness at a JSON pointer, readable or not.
    boolean has(String pointer) {
        return switch (node(pointer)) {
            case Fields(var byName) -> !byName.isEmpty();
            case Elements(var all) -> !all.isEmpty();
            case Text(String text) -> !text.isEmpty();
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
            case Text _, Ambiguous _ -> null;
            case null -> null;
        };
    }

    /// Whether a document with a defect ends with its own end, and not with that of something in it.
    private static boolean endSeen(String text, boolean xml) {
        if (!xml) {
            return text.endsWith("}")
                    && count(text, "\\{") == count(text, "}")
                    && count(text, "\\[") == count(text, "]");
        }
        Matcher start = XML_ROOT.matcher(text);
        if (!start.find()) {
            return false;
        }
        String name = Pattern.quote(start.group(1));
        return text.endsWith("</" + start.group(1) + ">")
                && count(text, "<" + name + "(?=[\\s/>])") == count(text, "</" + name + ">");
    }

    private static long count(String text, String pattern) {
        return Pattern.compile(pattern).matcher(text).results().count();
    }

    private static JsonParser xmlParser(String text) throws IOException {
        return XML.createParser(BARE_AMPERSAND
                .matcher(text)
                .replaceAll(found -> found.group(1) == null ? "&amp;" : Matcher.quoteReplacement(found.group(1))));
    }

    private static XmlFactory hardenedXml() {
        var input = new WstxInputFactory();
        input.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        input.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        return XmlFactory.builder()
                .xmlInputFactory(input)
                .streamReadConstraints(LIMITS)
                .build();
    }
}
