package io.unpost.gateway;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.trace.v1.Span;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/// A receiver of traces, which reads them by OpenTelemetry's own protocol definition.
final class Collector implements AutoCloseable {

    private final List<ExportTraceServiceRequest> received = new CopyOnWriteArrayList<>();
    private final HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);

    Collector() throws IOException {
        server.createContext("/v1/traces", this::take);
        server.start();
    }

    String address() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /// So many of this name, once they are here.
    synchronized List<Span> await(String name, int count) throws InterruptedException {
        while (named(name).size() < count) {
            wait();
        }
        return named(name);
    }

    /// All that came, in the order in which it ended.
    List<Span> spans() {
        return received.stream()
                .flatMap(request -> request.getResourceSpansList().stream())
                .flatMap(resource -> resource.getScopeSpansList().stream())
                .flatMap(scope -> scope.getSpansList().stream())
                .toList();
    }

    /// Whose they are.
    List<String> services() {
        return received.stream()
                .flatMap(request -> request.getResourceSpansList().stream())
                .map(resource -> value(resource.getResource().getAttributesList(), "service.name"))
                .toList();
    }

    /// Every word of it.
    String text() {
        return received.toString();
    }

    /// The value of an attribute as text; empty where there is none.
    static String attribute(Span span, String name) {
        return value(span.getAttributesList(), name);
    }

    /// As `traceparent` writes it.
    static String context(Span span) {
        return "00-" + hex(span.getTraceId().toByteArray()) + "-"
                + hex(span.getSpanId().toByteArray()) + "-"
                + HexFormat.of().toHexDigits((byte) span.getFlags());
    }

    static String hex(byte[] id) {
        return HexFormat.of().formatHex(id);
    }

    private void take(HttpExchange exchange) throws IOException {
        try (exchange) {
            add(ExportTraceServiceRequest.parseFrom(exchange.getRequestBody()));
            exchange.sendResponseHeaders(200, -1);
        }
    }

    private List<Span> named(String name) {
        return spans().stream().filter(span -> span.getName().equals(name)).toList();
    }

    private synchronized void add(ExportTraceServiceRequest request) {
        received.add(request);
        notifyAll();
    }

    private static String value(List<KeyValue> attributes, String name) {
        return attributes.stream()
                .filter(attribute -> attribute.getKey().equals(name))
                .map(attribute -> attribute.getValue().hasStringValue()
                        ? attribute.getValue().getStringValue()
                        : Long.toString(attribute.getValue().getIntValue()))
                .findFirst()
                .orElse("");
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
