package io.unpost.gateway.sandbox;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import javax.xml.parsers.DocumentBuilder;
import javax.xml.parsers.DocumentBuilderFactory;
import org.w3c.dom.Element;
import org.w3c.dom.Node;

/// An answer of the imitated Weibo, read by the JDK's XML parser or by Jackson.
///
/// @param root the name of the root element; empty in JSON
record WeiboAnswer(int status, String root, UnaryOperator<String> fields) {

    static WeiboAnswer of(HttpResponse<String> answer) throws Exception {
        String type = answer.headers().firstValue("content-type").orElseThrow();
        return switch (type) {
            case "application/xml;charset=utf-8" -> xml(answer);
            case "application/json;charset=utf-8" -> json(answer);
            default -> throw new AssertionError(type);
        };
    }

    /// The text at a path of names, all of it where there is markup.
    String at(String path) {
        return fields.apply(path);
    }

    private static WeiboAnswer json(HttpResponse<String> answer) throws Exception {
        var tree = new ObjectMapper().readTree(answer.body());
        return new WeiboAnswer(
                answer.statusCode(), "", path -> tree.at("/" + path).asText("missing"));
    }

    private static WeiboAnswer xml(HttpResponse<String> answer) throws Exception {
        DocumentBuilder parser = DocumentBuilderFactory.newDefaultInstance().newDocumentBuilder();
        Element root = parser.parse(new ByteArrayInputStream(answer.body().getBytes(UTF_8)))
                .getDocumentElement();
        return new WeiboAnswer(answer.statusCode(), root.getTagName(), path -> {
            Element element = root;
            for (String name : path.split("/", -1)) {
                element = children(element).stream()
                        .filter(child -> child.getTagName().equals(name))
                        .findFirst()
                        .orElseThrow(() -> new AssertionError(path));
            }
            return element.getTextContent();
        });
    }

    private static List<Element> children(Element element) {
        var children = new ArrayList<Element>();
        for (Node node = element.getFirstChild(); node != null; node = node.getNextSibling()) {
            if (node instanceof Element child) {
                children.add(child);
            }
        }
        return children;
    }
}
