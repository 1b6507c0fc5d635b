package io.unpost.gateway;

import static io.unpost.gateway.Collector.attribute;
import static io.unpost.gateway.Collector.context;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.opentelemetry.proto.trace.v1.Span;
import io.opentelemetry.proto.trace.v1.Span.SpanKind;
import io.opentelemetry.proto.trace.v1.Status.StatusCode;
import io.unpost.gateway.tracing.TracingRefused;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What a receiver of traces sees of a delete, and what a provider does.
@Timeout(60)
final class TracingTest {

    private static final String TRACE = "0af7651916cd43dd8448eb211c80319c";
    private static final String DELETE = "DELETE /v1/accounts/{account}/{kind}/{id}";
    private static final String CALLER = "00-" + TRACE + "-b7ad6b7169203331-01";

    @TempDir
    private Path folder;

    private Collector collector;
    private Provider provider;
    private final List<Request> sent = new CopyOnWriteArrayList<>();

    @BeforeEach
    void start() throws Exception {
        collector = new Collector();
        provider = new Provider();
        provider.does(call -> {
            sent.add(call.request());
            call.obey();
        });
    }

    @AfterEach
    void stop() throws Exception {
        provider.close();
        collector.close();
    }

    @Test
    void deleteIsASpanOfItsCallersTraceAndEachRequestASpanOfTheDelete() throws Exception {
        provider.does(call -> {
            sent.add(call.request());
            call.commit();
            if (call.first()) {
                call.reset();
            } else {
                call.answer(404, Tweets.error(144));
            }
        });
        try (Gateway gateway = gateway("otel.exporter.otlp.endpoint", collector.address())) {
            Told told = gateway.delete("acme", "1", "traceparent", CALLER, "tracestate", "v=1", "baggage", "who=me");

            assertThat(told.claim()).isEqualTo("deleted by absence");
            assertThat(told.header("traceparent")).isEqualTo(CALLER);
            collector.await(DELETE, 1);
            collector.await("POST", 2);
        }

        Span delete = collector.await(DELETE, 1).getFirst();
        assertThat(delete.getKind()).isEqualTo(SpanKind.SPAN_KIND_SERVER);
        assertThat(context(delete)).startsWith("00-" + TRACE + "-");
        assertThat(Collector.hex(delete.getParentSpanId().toByteArray())).isEqualTo("b7ad6b7169203331");
        assertThat(attribute(delete, "http.response.status_code")).isEqualTo("200");
        assertThat(attribute(delete, "unpost.outcome")).isEqualTo("deleted");
        assertThat(attribute(delete, "unpost.evidence")).isEqualTo("absence");
        assertThat(attribute(delete, "url.path")).isEqualTo("/v1/accounts/acme/posts/1");

        List<Span> requests = collector.await("POST", 2);
        assertThat(requests).hasSize(2).allSatisfy(request -> {
            assertThat(request.getKind()).isEqualTo(SpanKind.SPAN_KIND_CLIENT);
            assertThat(request.getParentSpanId()).isEqualTo(delete.getSpanId());
            assertThat(request.getStatus().getCode()).isEqualTo(StatusCode.STATUS_CODE_ERROR);
            assertThat(attribute(request, "url.full")).endsWith("/1.1/statuses/destroy/1.json");
            assertThat(attribute(request, "server.port")).isEqualTo(Integer.toString(provider.port()));
        });
        assertThat(requests)
                .extracting(request -> attribute(request, "error.type"))
                .containsExactly("no_answer", "404");
        assertThat(sent)
                .extracting(request -> request.header("traceparent"))
                .containsExactlyElementsOf(
                        requests.stream().map(Collector::context).toList());
        assertThat(sent)
                .allSatisfy(request -> assertThat(request.header("tracestate") + request.header("baggage"))
                        .isEmpty());
        assertThat(collector.services()).containsOnly("unpost");
    }

    @Test
    void traceThatBeginsHereIsTheOneThatIsTold() throws Exception {
        String told;
        try (Gateway gateway = gateway("otel.exporter.otlp.traces.endpoint", collector.address() + "/v1/traces")) {
            told = gateway.delete("acme", "2", "traceparent", "none of W3C's").header("traceparent");
        }

        assertThat(told).isEqualTo(context(collector.await(DELETE, 1).getFirst()));
    }

    @Test
    void callerThatIsNotTracedIsNotTracedHere() throws Exception {
        try (Gateway gateway = gateway("otel.exporter.otlp.endpoint", collector.address())) {
            gateway.delete("acme", "3", "traceparent", CALLER.replaceAll("01$", "00"));
            gateway.delete("acme", "33", "traceparent", CALLER);
            collector.await(DELETE, 1);
        }

        assertThat(collector.text()).contains("acme/posts/33").doesNotContain("acme/posts/3\"");
        assertThat(sent)
                .first()
                .satisfies(request -> assertThat(request.header("traceparent"))
                        .startsWith("00-" + TRACE + "-")
                        .endsWith("-00"));
    }

    @Test
    void callThatFailsSaysHow() throws Exception {
        try (Gateway gateway = gateway("otel.exporter.otlp.endpoint", collector.address())) {
            provider.does(call -> call.answer(500, "no"));
            gateway.delete("acme", "4");
            gateway.delete("nobody", "4");
            gateway.get("/health");
            gateway.get("/v1/nothing");
            collector.await("GET", 1);
        }

        assertThat(collector.spans())
                .filteredOn(span -> span.getKind() == SpanKind.SPAN_KIND_SERVER)
                // By which the test finds the address.
                .filteredOn(span -> !span.getName().equals("GET /v1/accounts"))
                .extracting(
                        Span::getName,
                        span -> attribute(span, "unpost.code"),
                        span -> attribute(span, "error.type"),
                        span -> span.getStatus().getCode())
                .containsExactly(
                        tuple(DELETE, "outcome_unknown", "outcome_unknown", StatusCode.STATUS_CODE_ERROR),
                        tuple(DELETE, "unknown_account", "", StatusCode.STATUS_CODE_UNSET),
                        tuple("GET", "unknown_route", "", StatusCode.STATUS_CODE_UNSET));
    }

    @Test
    void noSecretIsTraced() throws Exception {
        String secret = "c4nary%2Bsecret";
        try (Provider weibo = Provider.weibo();
                Gateway gateway = Gateway.with(
                        "sidecar",
                        folder,
                        """
                        accounts:
                          acme:
                            {dialect: weibo-v1, base-url: "http://127.0.0.1:%d", method: delete,
                             credentials: {username: c4nary-user, password: c4nary-password, source: c4nary-source}}
                        """.formatted(weibo.port()),
                        Map.of("otel.exporter.otlp.endpoint", collector.address()))) {
            gateway.deleteAt("acme/posts/1?trim_user=" + secret, "Authorization", "Bearer " + secret);
            gateway.deleteAt("acme/posts/1", "Authorization", "Bearer " + secret);
            collector.await(DELETE, 2);
        }

        assertThat(collector.await("DELETE", 1)).isNotEmpty();
        assertThat(collector.text()).doesNotContain("c4nary");
    }

    @Test
    void withoutAnEndpointNothingIsSent() throws Exception {
        try (Gateway gateway = gateway("otel.service.name", "unpost")) {
            assertThat(gateway.delete("acme", "5", "traceparent", CALLER).header("traceparent"))
                    .isEqualTo(CALLER);
        }

        assertThat(sent)
                .singleElement()
                .satisfies(request -> assertThat(request.header("traceparent")).isEmpty());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " "})
    void emptyEndpointIsNone(String empty) throws Exception {
        try (Gateway gateway = gateway("otel.exporter.otlp.endpoint", empty)) {
            assertThat(gateway.delete("acme", "7").claim()).isEqualTo("deleted by echo");
        }
    }

    @Test
    void endSendsWhatIsLeft() throws Exception {
        try (Gateway gateway =
                gateway("otel.exporter.otlp.endpoint", collector.address(), "otel.bsp.schedule.delay", "600000")) {
            gateway.delete("acme", "8");
        }

        assertThat(collector.await(DELETE, 1)).hasSize(1);
    }

    @Test
    void receiverThatIsDownHoldsNobodyUp() throws Exception {
        String address = collector.address();
        collector.close();
        try (Gateway gateway = gateway("otel.exporter.otlp.endpoint", address)) {
            assertThat(gateway.delete("acme", "6").claim()).isEqualTo("deleted by echo");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "otel.exporter.otlp.protocol, c4nary, OTEL_EXPORTER_OTLP_PROTOCOL",
        "otel.exporter.otlp.protocol, grpc, OTEL_EXPORTER_OTLP_PROTOCOL",
        "otel.exporter.otlp.headers, c4nary, otel.exporter.otlp.headers",
        "otel.traces.sampler, c4nary, otel.traces.sampler",
        "otel.traces.exporter, c4nary, otel.traces.exporter",
        "otel.exporter.otlp.timeout, c4nary, otel.exporter.otlp.timeout",
        "otel.exporter.otlp.endpoint, otel.c4nary.example:4318, An endpoint is a URL",
        "otel.exporter.otlp.headers, key=${c4nary}, A setting for traces"
    })
    void wrongSettingEndsTheStartAndIsNamedWithoutItsValue(String name, String value, String named) {
        assertThatThrownBy(() -> gateway("otel.exporter.otlp.endpoint", collector.address(), name, value))
                .hasRootCauseInstanceOf(TracingRefused.class)
                .rootCause()
                .hasMessageContaining(named)
                .hasMessageNotContaining("c4nary");
    }

    private Gateway gateway(String... settings) throws Exception {
        var all = new HashMap<String, Object>(Map.of("otel.bsp.schedule.delay", 20));
        for (int i = 0; i < settings.length; i += 2) {
            all.put(settings[i], settings[i + 1]);
        }
        return Gateway.with("sidecar", folder, Gateway.accounts(provider, Map.of("acme", "")), all);
    }
}
