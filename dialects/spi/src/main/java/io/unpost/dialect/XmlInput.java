package io.unpost.dialect;

import com.ctc.wstx.api.ReaderConfig;
import com.ctc.wstx.api.WstxInputProperties;
import com.ctc.wstx.stax.WstxInputFactory;
import com.ctc.wstx.util.SymbolTable;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.dataformat.xml.XmlFactory;
import java.io.IOException;
import java.io.StringReader;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.codehaus.stax2.XMLStreamReader2;
import org.codehaus.stax2.util.StreamReader2Delegate;

/// Parsers of XML that read nothing but the text they are given, in a time that grows with its length alone.
///
/// A document type is refused. A prefix is a part of the name, and a namespace an attribute like any other.
final class XmlInput {

    /// Stands before the name of each attribute; no name can begin with it.
    static final String MARK = "@";

    private static final int MOST_ATTRIBUTES = 100;
    private static final String SECTION = "<![CDATA[";
    private static final String SECTION_END = "]]>";
    private static final Pattern REFERENCE = Pattern.compile("&(?:amp|lt|gt|quot|apos|#[0-9]++|#x[0-9A-Fa-f]++);");

    private final WstxInputFactory input = new ForeignNames();
    private final XmlFactory factory;

    XmlInput(StreamReadConstraints limits) {
        input.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        input.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        input.setProperty(XMLInputFactory.IS_NAMESPACE_AWARE, false);
        input.setProperty(WstxInputProperties.P_MAX_ATTRIBUTES_PER_ELEMENT, MOST_ATTRIBUTES);
        factory = XmlFactory.builder()
                .xmlInputFactory(input)
                .streamReadConstraints(limits)
                .build();
    }

    /// A parser in front of the root element.
    ///
    /// @throws StreamConstraintsException where a document type stands there
    JsonParser parser(String text) throws IOException {
        try {
            var marked = new MarkedAttributes(
                    (XMLStreamReader2) input.createXMLStreamReader(new StringReader(repaired(text))));
            while (marked.next() != XMLStreamReader.START_ELEMENT) {
                if (marked.getEventType() == XMLStreamReader.DTD) {
                    throw new StreamConstraintsException("a document type");
                }
            }
            return factory.createParser(marked);
        } catch (XMLStreamException e) {
            throw new IOException(e);
        }
    }

    /// The text with `&amp;` for each ampersand that begins no reference: providers do not escape them all. Names such
    /// as `&nbsp;` are none, because a document type would have to define them.
    private static String repaired(String text) {
        var repaired = new StringBuilder(text.length());
        Matcher reference = REFERENCE.matcher(text);
        int copied = 0;
        int sectionAt = text.indexOf(SECTION);
        for (int at = text.indexOf('&'); at >= 0; at = text.indexOf('&', at + 1)) {
            while (sectionAt >= 0 && sectionAt < at) {
                int end = text.indexOf(SECTION_END, sectionAt);
                if (end < 0) {
                    return repaired.append(text, copied, text.length()).toString();
                }
                at = Math.max(at, end);
                sectionAt = text.indexOf(SECTION, end);
            }
            if (text.charAt(at) == '&' && !reference.region(at, text.length()).lookingAt()) {
                repaired.append(text, copied, at).append("&amp;");
                copied = at + 1;
            }
        }
        return repaired.append(text, copied, text.length()).toString();
    }

    private static final class MarkedAttributes extends StreamReader2Delegate {

        MarkedAttributes(XMLStreamReader2 reader) {
            super(reader);
        }

        @Override
        public String getAttributeLocalName(int index) {
            return MARK + super.getAttributeLocalName(index);
        }
    }

    /// Keeps the names of one document for that document only.
    private static final class ForeignNames extends WstxInputFactory {

        @Override
        public ReaderConfig createPrivateConfig() {
            return mConfig.createNonShared(new Names());
        }
    }

    /// Woodstox's own table takes a time that grows with the square of the names where their hashes are the same.
    private static final class Names extends SymbolTable {

        private final Map<String, String> names = new HashMap<>();

        @Override
        public String findSymbol(char[] buffer, int start, int length, int hash) {
            return findSymbol(new String(buffer, start, length));
        }

        @Override
        public String findSymbol(String name) {
            return names.computeIfAbsent(name, String::valueOf);
        }
    }
}
