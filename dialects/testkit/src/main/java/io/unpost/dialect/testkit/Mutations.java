package io.unpost.dialect.testkit;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/// Bodies that no provider should send, and that some send.
final class Mutations {

    private static final JsonFactory JSON = new JsonFactory();
    private static final List<String> OTHER_TYPES =
            List.of("null", "true", "false", "1", "0", "-1.5e9", "\"x\"", "{}", "[]", "[[{}]]");

    private Mutations() {}

    /// Bodies that mean nothing in any dialect, by what they are.
    static Map<String, byte[]> senseless() {
        var bodies = new LinkedHashMap<String, byte[]>();
        bodies.put("no body", new byte[0]);
        bodies.put("blanks", "  \r\n".getBytes(UTF_8));
        bodies.put("an empty object", "{}".getBytes(UTF_8));
        bodies.put("an empty array", "[]".getBytes(UTF_8));
        bodies.put("null", "null".getBytes(UTF_8));
        bodies.put("a number", "42".getBytes(UTF_8));
        bodies.put("a string", "\"deleted\"".getBytes(UTF_8));
        bodies.put("true", "true".getBytes(UTF_8));
        bodies.put("words", "OK".getBytes(UTF_8));
        bodies.put("HTML", "<!DOCTYPE html><html><title>Log in</title><p>It is gone&nbsp;<br></html>".getBytes(UTF_8));
        bodies.put("well-formed HTML", "<html><body><id>1</id></body></html>".getBytes(UTF_8));
        bodies.put("100,000 objects deep", "{\"a\":".repeat(100_000).getBytes(UTF_8));
        bodies.put("100,000 arrays deep", ("[".repeat(100_000) + "]".repeat(100_000)).getBytes(UTF_8));
        bodies.put("100,000 elements deep", ("<a>".repeat(100_000) + "</a>".repeat(100_000)).getBytes(UTF_8));
        bodies.put("a huge number", ("{\"id\":" + "9".repeat(100_000) + "}").getBytes(UTF_8));
        bodies.put("a huge exponent", "{\"id\":1e999999999,\"errors\":[{\"code\":1e999999999}]}".getBytes(UTF_8));
        bodies.put("a string of 1 MiB", ("{\"text\":\"" + "x".repeat(1 << 20) + "\"}").getBytes(UTF_8));
        bodies.put("a NUL", new byte[1]);
        bodies.put("a byte order mark", new byte[] {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF});
        bodies.put("broken UTF-8", new byte[] {'{', '"', (byte) 0xC3, (byte) 0x28, '"', ':', '1', '}'});
        bodies.put("entities", ("<!DOCTYPE a [<!ENTITY b \"" + "c".repeat(1000) + "\">]><a>&b;</a>").getBytes(UTF_8));
        return bodies;
    }

    /// The same body in other bytes, by what was done to it. Whether it can still be read is open.
    static Map<String, byte[]> reencoded(byte[] body) {
        String text = new String(body, UTF_8);
        var bodies = new LinkedHashMap<String, byte[]>();
        bodies.put("after a byte order mark", ("\uFEFF" + text).getBytes(UTF_8));
        bodies.put("in UTF-16", text.getBytes(UTF_16));
        bodies.put("in Latin-1", text.getBytes(ISO_8859_1));
        bodies.put("with a NUL in front", ("\0" + text).getBytes(UTF_8));
        bodies.put("with a NUL behind", (text + "\0").getBytes(UTF_8));
        bodies.put("with NULs between", text.replace(",", "\0,").getBytes(UTF_8));
        bodies.put("twice", (text + text).getBytes(UTF_8));
        bodies.put("with other text behind", (text + "<html>").getBytes(UTF_8));
        bodies.put("in an array", ("[" + text + "]").getBytes(UTF_8));
        bodies.put("in an object", ("{\"data\":" + text + "}").getBytes(UTF_8));
        return bodies;
    }

    /// A body in which each field that holds the id stands twice: JSON members, and XML elements.
    static byte[] repeated(byte[] body, String id, String second) {
        String quoted = Pattern.quote(id);
        String text = new String(body, UTF_8)
                .replaceAll("(\"[^\"]+\"\\s*:\\s*)(\"?)" + quoted + "\\2(?![0-9A-Za-z])", "$0, $1$2" + second + "$2")
                .replaceAll("<([^<>/]+)>" + quoted + "</\\1>", "$0<$1>" + second + "</$1>");
        return text.getBytes(UTF_8);
    }

    /// Well-formed JSON with each of its values replaced in turn by values of other types; none of a body that is none.
    static List<byte[]> otherTypes(byte[] body) {
        var bodies = new ArrayList<byte[]>();
        try {
            int values = values(body);
            for (int value = 0; value < values; value++) {
                for (String other : OTHER_TYPES) {
                    bodies.add(replaced(body, value, other));
                }
            }
        } catch (IOException _) {
            return List.of();
        }
        return bodies;
    }

    /// Whether a body is one JSON or XML document without defects.
    static boolean wellFormed(byte[] body) {
        try {
            return new String(body, UTF_8).stripLeading().startsWith("<") ? elements(body) > 0 : values(body) > 0;
        } catch (IOException | XMLStreamException _) {
            return false;
        }
    }

    private static int elements(byte[] body) throws XMLStreamException {
        XMLInputFactory xml = XMLInputFactory.newDefaultFactory();
        xml.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        int elements = 0;
        XMLStreamReader reader = xml.createXMLStreamReader(new ByteArrayInputStream(body));
        while (reader.hasNext()) {
            if (reader.next() == XMLStreamReader.START_ELEMENT) {
                elements++;
            }
        }
        return elements;
    }

    private static int values(byte[] body) throws IOException {
        int values = 0;
        try (JsonParser parser = JSON.createParser(body)) {
            for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
                if (token.isStructStart() || token.isScalarValue()) {
                    values++;
                }
            }
        }
        return values;
    }

    private static byte[] replaced(byte[] body, int place, String other) {
        var bytes = new ByteArrayOutputStream();
        try (JsonParser parser = JSON.createParser(body);
                JsonGenerator generator = JSON.createGenerator(bytes)) {
            int value = 0;
            for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
                boolean starts = token.isStructStart() || token.isScalarValue();
                if (starts && value++ == place) {
                    generator.writeRawValue(other);
                    parser.skipChildren();
                } else {
                    generator.copyCurrentEvent(parser);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }
}
