package io.unpost.gateway.accounts;

import java.io.StringReader;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.events.AliasEvent;
import org.yaml.snakeyaml.events.CollectionStartEvent;
import org.yaml.snakeyaml.events.Event;
import org.yaml.snakeyaml.events.MappingStartEvent;
import org.yaml.snakeyaml.events.NodeEvent;
import org.yaml.snakeyaml.events.ScalarEvent;
import org.yaml.snakeyaml.events.SequenceStartEvent;
import org.yaml.snakeyaml.reader.StreamReader;

/// Reads one plain YAML document: keys, texts, lists, and nothing that stands for something else.
///
/// It works on the parser's events, so that no text becomes a number or an object, every piece knows its line, and an
/// alias is refused before it can multiply. The parser's own messages quote the file; none of them leaves this class.
final class PlainYaml {

    private static final int DEEPEST = 16;
    private static final Pattern STREAM_END = Pattern.compile("stream end|end of stream");

    private final Iterator<Event> events;
    private final Mistakes mistakes;

    private PlainYaml(Iterator<Event> events, Mistakes mistakes) {
        this.events = events;
        this.mistakes = mistakes;
    }

    /// The document of a text; an empty text when there is none. Without result where the text cannot be read; then,
    /// as for each piece that is not plain, there is a mistake.
    static Optional<Written> read(String text, Mistakes mistakes) {
        String yaml = text.stripLeading().startsWith("{") ? JsonAsYaml.adapt(text) : text;
        int line = 1;
        for (int at = 0; at < yaml.length(); at += Character.charCount(yaml.codePointAt(at))) {
            if (!StreamReader.isPrintable(yaml.codePointAt(at))) {
                mistakes.add(line, "a control character stands here; only printable text is allowed");
                return Optional.empty();
            }
            line += yaml.charAt(at) == '\n' ? 1 : 0;
        }
        var reader = new PlainYaml(new Yaml().parse(new StringReader(yaml)).iterator(), mistakes);
        try {
            return Optional.of(reader.document());
        } catch (MarkedYAMLException e) {
            addInOwnWords(e, mistakes);
        } catch (TooDeep e) {
            mistakes.add(e.line, "nested too deeply; at most " + DEEPEST + " levels are allowed");
        } catch (YAMLException _) {
            mistakes.add(0, "the file is not well-formed YAML");
        }
        return Optional.empty();
    }

    private static void addInOwnWords(MarkedYAMLException e, Mistakes mistakes) {
        String problem = e.getProblem() == null ? "" : e.getProblem();
        int line = e.getProblemMark().getLine() + 1;
        if (problem.contains("TAB")) {
            mistakes.add(line, "a tab stands here; indent with spaces");
        } else if (STREAM_END.matcher(problem).find() && e.getContextMark() != null) {
            mistakes.add(
                    e.getContextMark().getLine() + 1, "a bracket or quote that opens here or before is never closed");
        } else {
            mistakes.add(
                    line,
                    "not well-formed YAML here, or just before: look at the indentation, for a missing"
                            + " colon, and for a value that needs quotes");
        }
    }

    private Written document() {
        events.next();
        if (events.next().is(Event.ID.StreamEnd)) {
            return new Written.Text(1, "");
        }
        Written root = piece(events.next(), 0);
        events.next();
        Event after = events.next();
        if (after.is(Event.ID.DocumentStart)) {
            mistakes.add(line(after), "a second document begins; only one is allowed");
        }
        return root;
    }

    private Written piece(Event event, int depth) {
        if (depth > DEEPEST) {
            throw new TooDeep(line(event));
        }
        refuseWhatIsNotPlain(event);
        return switch (event) {
            case ScalarEvent scalar ->
                new Written.Text(
                        line(event), scalar.isPlain() && scalar.getValue().equals("~") ? "" : scalar.getValue());
            case MappingStartEvent _ -> mapping(line(event), depth);
            case SequenceStartEvent _ -> series(line(event), depth);
            default -> new Written.Unread(line(event));
        };
    }

    private void refuseWhatIsNotPlain(Event event) {
        if (event instanceof AliasEvent) {
            mistakes.add(line(event), "aliases (*) are not allowed; write the value out");
        } else if (event instanceof NodeEvent node && node.getAnchor() != null) {
            mistakes.add(line(event), "anchors (&) are not allowed; write each value out");
        }
        String tag = switch (event) {
            case ScalarEvent scalar -> scalar.getTag();
            case CollectionStartEvent collection -> collection.getTag();
            default -> null;
        };
        if (tag != null) {
            mistakes.add(line(event), "tags (!) are not allowed; every value is taken as written");
        }
    }

    private Written mapping(int line, int depth) {
        List<Written.Entry> entries = new ArrayList<>();
        for (Event event = events.next(); !event.is(Event.ID.MappingEnd); event = events.next()) {
            Written key = piece(event, depth + 1);
            Written value = piece(events.next(), depth + 1);
            switch (key) {
                case Written.Text(int at, String text) -> entries.add(new Written.Entry(at, text, value));
                case Written.Mapping _, Written.Series _ -> mistakes.add(key.line(), "a key must be a single word");
                case Written.Unread _ -> {}
            }
        }
        return new Written.Mapping(line, entries);
    }

    private Written series(int line, int depth) {
        for (Event event = events.next(); !event.is(Event.ID.SequenceEnd); event = events.next()) {
            piece(event, depth + 1);
        }
        return new Written.Series(line);
    }

    private static int line(Event event) {
        return event.getStartMark().getLine() + 1;
    }

    /// Thrown to leave a document that nests without end.
    private static final class TooDeep extends RuntimeException {

        private final int line;

        TooDeep(int line) {
            super("nested too deeply", null, false, false);
            this.line = line;
        }
    }
}
