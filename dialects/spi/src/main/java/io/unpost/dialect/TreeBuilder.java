package io.unpost.dialect;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import io.unpost.dialect.Node.Ambiguous;
import io.unpost.dialect.Node.Attribute;
import io.unpost.dialect.Node.Elements;
import io.unpost.dialect.Node.Fields;
import io.unpost.dialect.Node.Text;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Builds the tree while the parser goes, so that what was read before a defect is there after it.
final class TreeBuilder {

    private final boolean xml;
    private final StreamReadConstraints limits;
    private final List<Node> open = new ArrayList<>();
    private @Nullable Node root;
    private boolean rooted;
    private String name = "";
    private long brokenAt;

    /// @param limits what the parser of XML does not hold by itself
    TreeBuilder(boolean xml, StreamReadConstraints limits) {
        this.xml = xml;
        this.limits = limits;
    }

    /// What was read; null where nothing was, and for a document that is null.
    @Nullable
    Node root() {
        return root;
    }

    /// Whether the document came to its end, whatever may follow.
    boolean closed() {
        return rooted && open.isEmpty();
    }

    /// Where the document has its first defect, in characters.
    long brokenAt() {
        return brokenAt;
    }

    /// Whether the document could be read to its end.
    boolean readAll(JsonParser parser) throws IOException {
        JsonToken last = JsonToken.NOT_AVAILABLE;
        try {
            for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
                read(parser, token);
                last = token;
            }
            return closed();
        } catch (IOException | RuntimeException e) {
            brokenAt = parser.currentLocation().getCharOffset();
            // The parser of JSON looks at a value before it tells the field's name.
            String begun = xml ? (last == JsonToken.FIELD_NAME ? name : null) : parser.currentName();
            if (begun != null && open.getLast() instanceof Fields(var byName) && !byName.containsKey(begun)) {
                // A field whose value is broken is there all the same.
                byName.put(begun, new Ambiguous());
            } else if (last.isScalarValue()) {
                // It may be half of something else: "text": ""quoted" text".
                forgetLast();
            }
            throw e;
        }
    }

    private void read(JsonParser parser, JsonToken token) throws IOException {
        switch (token) {
            case START_OBJECT -> enter(new Fields(new HashMap<>()));
            case START_ARRAY -> enter(new Elements(new ArrayList<>()));
            case END_OBJECT, END_ARRAY -> open.removeLast();
            case FIELD_NAME -> {
                name = parser.currentName();
                limits.validateNameLength(name.length());
            }
            case VALUE_NULL -> put(null);
            default -> {
                String text = parser.getText();
                limits.validateStringLength(text.length());
                if (xml && name.startsWith(XmlInput.MARK)) {
                    name = name.substring(XmlInput.MARK.length());
                    // Whoever asks for a field of the document means an element of it.
                    put(open.size() == 1 ? new Ambiguous() : new Attribute(text));
                } else {
                    // An empty element is the only way XML has to say null.
                    put(xml && text.isEmpty() ? null : new Text(text));
                }
            }
        }
    }

    private void enter(Node node) throws IOException {
        put(node);
        open.add(node);
    }

    private void put(@Nullable Node value) throws IOException {
        if (open.isEmpty()) {
            if (rooted) {
                throw new IOException("a second document");
            }
            rooted = true;
            root = value;
            return;
        }
        switch (open.getLast()) {
            case Elements(var all) -> all.add(value);
            case Fields(var byName) -> {
                boolean repeated = byName.containsKey(name);
                if (repeated && xml) {
                    byName.put(name, repeated(byName.get(name), value));
                } else {
                    byName.put(name, repeated ? new Ambiguous() : value);
                }
            }
            case Text _, Attribute _, Ambiguous _ -> throw new IllegalStateException("a scalar holds nothing");
        }
    }

    /// Repeated XML elements are a list; XML has no other way to write one. An attribute is no part of it.
    private static Node repeated(@Nullable Node before, @Nullable Node value) {
        if (before instanceof Elements(var all)) {
            all.add(value);
            return before;
        }
        if (before instanceof Attribute || before instanceof Ambiguous) {
            return new Ambiguous();
        }
        var all = new ArrayList<@Nullable Node>();
        all.add(before);
        all.add(value);
        return new Elements(all);
    }

    private void forgetLast() {
        if (open.isEmpty()) {
            root = null;
            return;
        }
        switch (open.getLast()) {
            case Elements(var all) -> all.removeLast();
            case Fields(var byName) -> byName.put(name, new Ambiguous());
            case Text _, Attribute _, Ambiguous _ -> throw new IllegalStateException("a scalar holds nothing");
        }
    }
}
