package io.unpost.dialect;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;

/// Bodies of up to 1 MiB that are meant to cost time or memory, by what they are. Each starts with the id 20 where its
/// kind leaves a place for one.
final class HostileDocuments {

    private static final int MIB = 1 << 20;
    private static final String ID = "<a><id>20</id>";

    private HostileDocuments() {}

    /// From these nothing at all can be read.
    static Map<String, String> refused() {
        var all = new LinkedHashMap<String, String>();
        all.put("100,000 arrays deep", "{\"id\":20,\"a\":" + "[".repeat(100_000) + "]".repeat(100_000) + "}");
        all.put("100,000 objects deep", "{\"id\":20,\"a\":" + nested("{\"a\":", "1", "}") + "}");
        all.put("100,000 elements deep", ID + nested("<a>", "", "</a>") + "</a>");
        all.put("33 levels", ID + "<b>".repeat(33) + "</b>".repeat(33) + "</a>");
        all.put("arrays without an end", filled("{\"id\":20,\"a\":", "[", ""));
        all.put("a JSON string of 1 MiB", filled("{\"id\":20,\"a\":\"", "x", "\"}"));
        all.put("a JSON name of 1 MiB", filled("{\"id\":20,\"", "x", "\":1}"));
        all.put("a JSON number of 1 MiB", filled("{\"id\":20,\"a\":", "9", "}"));
        all.put("a text of 1 MiB", filled(ID + "<b>", "x", "</b></a>"));
        all.put("an element name of 1 MiB", filled(ID + "<", "x", "/></a>"));
        all.put("a broken root name of 500,000", rooted("x".repeat(500_000)).replace("20", "20&#0;"));
        all.put("an attribute of 250,000", ID + "<b c='" + "x".repeat(250_000) + "'/></a>");
        all.put("500,000 numbers", filled("{\"id\":20,\"a\":[", "1,", "1]}"));
        all.put("300,000 objects", filled("{\"id\":20,\"a\":[", "{},", "1]}"));
        all.put("100,000 fields", filled("{\"id\":20", i -> ",\"%x\":1".formatted(i), "}"));
        all.put("200,000 elements", filled(ID, "<b/>", "</a>"));
        all.put("100,000 names of elements", filled(ID, i -> "<b%x/>".formatted(i), "</a>"));
        all.put("mixed content", filled(ID, "x<b/>", "</a>"));
        all.put("bare ampersands", filled(ID + "<b>", "&", "</b></a>"));
        all.put("references", filled(ID + "<b>", "&#65;", "</b></a>"));
        all.put("half references", filled(ID + "<b>", "&aaaaaaaaaaaaaaaa", "</b></a>"));
        all.put("a half reference of 1 MiB", filled(ID + "<b>&", "a", "</b></a>"));
        all.put("billion laughs", "<!DOCTYPE a [" + laughs() + "]>" + ID + "<b>&a29;</b></a>");
        all.put("one entity many times", filled(entity("c".repeat(400_000)), "&b;", "</c></a>"));
        all.put("document types without an end", filled("<!DOCTYPE a [", "<!ENTITY b 'c'>", ""));
        all.put("default attributes", filled("<!DOCTYPE a [<!ATTLIST a ", "b CDATA 'c' ", ">]>" + ID + "</a>"));
        all.put("a document type alone", "<!DOCTYPE a>" + ID + "</a>");
        all.put("HTML", "<!DOCTYPE html><html><id>20</id></html>");
        all.put("a document type behind a comment", "<!-- -->\n<!DOCTYPE a []>" + ID + "</a>");
        all.put("1 MiB and a byte", filled("{\"id\":20}", " ", "") + " ");
        all.put("two JSON documents", "{\"id\":20}{\"id\":21}");
        all.put("a list without brackets", "{\"id\":20},{\"id\":21}");
        all.put("two XML documents", ID + "</a>" + ID + "</a>");
        all.put("braces", filled("{\"id\":20,\"a\":x", "{", "}"));
        all.put("tags", filled("<", "<", "</a>"));
        return all;
    }

    /// From these not much can be read, or all; they only have to be cheap.
    static Map<String, String> costly() {
        var all = new LinkedHashMap<String, String>();
        all.put("a root name of 500,000", rooted("x".repeat(500_000)));
        all.put("CDATA openings", filled(ID, "<![CDATA[", "</a>"));
        all.put("CDATA openings with ampersands", filled(ID, "<![CDATA[&", "</a>"));
        all.put("CDATA openings and one end", filled(ID, "<![CDATA[", "]]></a>"));
        all.put("CDATA sections", filled(ID + "<b>", "<![CDATA[&]]>&", "</b></a>"));
        all.put("comments", filled(ID, "<!---->", "</a>"));
        all.put("comment openings", filled(ID, "<!--", "</a>"));
        all.put("processing instructions", filled(ID, "<?p?>", "</a>"));
        all.put("processing instructions without an end", filled(ID, "<?p ", "</a>"));
        all.put("ends", filled(ID, "</b>", "</a>"));
        all.put("openings of the root", filled(ID + "&x;", "<a ", "</a>"));
        all.put("long openings of the root", filled(ID, "<" + "a".repeat(900), "</a>"));
        all.put("200,000 attributes", filled(ID + "<b", i -> " a%x=''".formatted(i), "/></a>"));
        all.put("namespaces", filled(ID + "<b", i -> " xmlns:a%x='u'".formatted(i), "/></a>"));
        all.put("prefixes", prefixes());
        all.put("blanks", filled("{\"id\":20", " ", "}"));
        all.put("escapes", filled("{\"id\":20,\"a\":\"", "\\u0041", "\"}"));
        all.put("one name again and again", filled("{\"id\":20,", "\"a\":1,", "\"b\":1}"));
        all.put("numbers up to an error", filled("{\"id\":20,\"a\":[", "1,", "x]}"));
        all.put("names of one hash", filled("{\"id\":20", i -> ",\"" + sameHash(i) + "\":1", "}"));
        all.put("elements of one hash", filled(ID, i -> "<" + sameHash(i) + "/>", "</a>"));
        all.put("attributes of one hash", filled(ID, i -> "<b " + attributesOfOneHash(i) + "/>", "</a>"));
        return all;
    }

    private static String nested(String open, String inner, String close) {
        return open.repeat(100_000) + inner + close.repeat(100_000);
    }

    private static String rooted(String name) {
        return "<" + name + "><id>20</id></" + name + ">";
    }

    private static String entity(String text) {
        return "<!DOCTYPE a [<!ENTITY b \"" + text + "\">]>" + ID + "<c>";
    }

    private static String laughs() {
        var declarations = new StringBuilder("<!ENTITY a0 'ha'>");
        for (int i = 1; i < 30; i++) {
            declarations.append("<!ENTITY a%d '&a%d;&a%d;'>".formatted(i, i - 1, i - 1));
        }
        return declarations.toString();
    }

    /// Many declarations on each level, and then elements whose prefix was declared first.
    private static String prefixes() {
        var open = new StringBuilder(ID);
        for (int level = 0; level < 25; level++) {
            open.append("<b");
            for (int i = 0; i < 95; i++) {
                open.append(" xmlns:p%d-%d='u'".formatted(level, i));
            }
            open.append('>');
        }
        return filled(open.toString(), "<p0-0:b>x</p0-0:b>", "</b>".repeat(25) + "</a>");
    }

    /// One of 65,536 words with one hash: "Aa" and "BB" have the same.
    private static String sameHash(int number) {
        var word = new StringBuilder();
        for (int bit = 0; bit < 16; bit++) {
            word.append((number >> bit & 1) == 0 ? "Aa" : "BB");
        }
        return word.toString();
    }

    private static String attributesOfOneHash(int number) {
        List<String> attributes = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            attributes.add(sameHash(number * 100 + i) + "=''");
        }
        return String.join(" ", attributes);
    }

    private static String filled(String start, String part, String end) {
        return start + part.repeat((MIB - start.length() - end.length()) / part.length()) + end;
    }

    private static String filled(String start, IntFunction<String> part, String end) {
        var text = new StringBuilder(start);
        String next = part.apply(0);
        for (int i = 1; text.length() + next.length() + end.length() <= MIB; i++) {
            text.append(next);
            next = part.apply(i);
        }
        return text.append(end).toString();
    }
}
