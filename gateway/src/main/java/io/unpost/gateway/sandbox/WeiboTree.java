package io.unpost.gateway.sandbox;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/// What Weibo says, whether in JSON or in XML.
sealed interface WeiboTree {

    /// A string; empty where other providers say null.
    record Text(String text) implements WeiboTree {}

    /// A number or a boolean.
    record Literal(String literal) implements WeiboTree {}

    /// An anchor: markup in a string of JSON, an element in XML.
    record Link(String url, String name) implements WeiboTree {}

    /// Named parts in an order.
    record Parts(List<Part> parts) implements WeiboTree {

        public Parts {
            parts = List.copyOf(parts);
        }
    }

    /// One of them.
    record Part(String name, WeiboTree value) {}

    static Parts parts(Part... parts) {
        return new Parts(Arrays.asList(parts));
    }

    static Part part(String name, String text) {
        return new Part(name, new Text(text));
    }

    static Part part(String name, long number) {
        return new Part(name, new Literal(Long.toString(number)));
    }

    static Part part(String name, boolean flag) {
        return new Part(name, new Literal(Boolean.toString(flag)));
    }

    default String json() {
        return switch (this) {
            case Text(var text) -> quoted(text);
            case Literal(var literal) -> literal;
            case Link(var url, var name) -> quoted("<a href=\"" + url + "\" rel=\"nofollow\">" + name + "</a>");
            case Parts(var parts) ->
                parts.stream()
                        .map(part -> quoted(part.name()) + ":" + part.value().json())
                        .collect(Collectors.joining(",", "{", "}"));
        };
    }

    default String xml() {
        return switch (this) {
            case Text(var text) -> escaped(text);
            case Literal(var literal) -> literal;
            case Link(var url, var name) -> "<a href=\"" + escaped(url) + "\">" + escaped(name) + "</a>";
            case Parts(var parts) ->
                parts.stream()
                        .map(part -> "<" + part.name() + ">" + part.value().xml() + "</" + part.name() + ">\n")
                        .collect(Collectors.joining("", "\n", ""));
        };
    }

    private static String quoted(String text) {
        return '"' + String.valueOf(JsonStringEncoder.getInstance().quoteAsString(text)) + '"';
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }
}
