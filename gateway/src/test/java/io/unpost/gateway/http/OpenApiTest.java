package io.unpost.gateway.http;

import static io.unpost.gateway.http.FakeProvider.answer;
import static io.unpost.gateway.http.FakeProvider.neverLeft;
import static io.unpost.gateway.http.FakeProvider.noAnswer;
import static org.assertj.core.api.Assertions.assertThat;

import com.atlassian.oai.validator.OpenApiInteractionValidator;
import com.atlassian.oai.validator.model.Request;
import com.atlassian.oai.validator.model.SimpleResponse;
import com.atlassian.oai.validator.report.ValidationReport;
import com.atlassian.oai.validator.report.ValidationReport.Message;
import io.micronaut.http.HttpMethod;
import io.micronaut.web.router.Router;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.responses.ApiResponses;
import io.swagger.v3.parser.OpenAPIV3Parser;
import io.swagger.v3.parser.core.models.SwaggerParseResult;
import io.unpost.dialect.Outcome.Verdict;
import io.unpost.dialect.ProviderSays;
import io.unpost.dialect.RateLimit;
import io.unpost.dialect.Reason;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// `/openapi.yml` against the routes, the problem codes and real answers, read by a parser and a validator that many
/// use.
final class OpenApiTest {

    private static final FakeProvider PROVIDER = new FakeProvider();
    private static final GatewayServer GATEWAY = GatewayServer.before(PROVIDER);
    private static final ProviderSays SAYS =
            new ProviderSays(200, "7", "said", new RateLimit(50, 49, Instant.parse("2026-11-23T18:40:00Z")));

    private static OpenAPI document;
    private static OpenApiInteractionValidator validator;

    @BeforeAll
    static void read() {
        Reply reply = GATEWAY.anonymously("GET", "/openapi.yml");
        assertThat(reply.header("Content-Type")).isEqualTo("application/yaml");
        SwaggerParseResult read = new OpenAPIV3Parser().readContents(reply.body());
        assertThat(read.getMessages()).isEmpty();
        document = read.getOpenAPI();
        validator = OpenApiInteractionValidator.createForInlineApiSpecification(reply.body())
                .build();
    }

    @AfterAll
    static void stop() {
        GATEWAY.close();
    }

    @Test
    void everyRouteIsDescribedAndNoOther() {
        Set<String> routes = GATEWAY.bean(Router.class)
                .uriRoutes()
                .filter(route -> route.getHttpMethod() != HttpMethod.HEAD)
                .map(route -> route.getHttpMethod() + " "
                        + route.getUriMatchTemplate().toPathString().replaceAll(":[^}]*}", "}"))
                // What shows the description.
                .filter(route -> !route.startsWith("GET /openapi"))
                .collect(Collectors.toCollection(TreeSet::new));

        Set<String> described = document.getPaths().entrySet().stream()
                .flatMap(path -> path.getValue().readOperationsMap().keySet().stream()
                        .map(method -> method + " " + path.getKey()))
                .collect(Collectors.toCollection(TreeSet::new));

        assertThat(described).isEqualTo(routes).contains("DELETE /v1/accounts/{account}/{kind}/{id}");
    }

    @Test
    void everyProblemOfADeleteIsDescribedAtItsStatusAndNoOther() {
        ApiResponses responses = Objects.requireNonNull(document.getPaths().get("/v1/accounts/{account}/{kind}/{id}"))
                .getDelete()
                .getResponses();

        for (ProblemCode code : ProblemCode.values()) {
            assertThat(responses.get(Integer.toString(code.status().getCode())))
                    .as(code.wire())
                    .satisfies(response -> assertThat(response.getDescription()).contains(code.wire()));
        }
        assertThat(responses.keySet())
                .containsExactlyInAnyOrderElementsOf(Stream.concat(
                                Stream.of("200", "202", "204"),
                                Arrays.stream(ProblemCode.values())
                                        .map(code ->
                                                Integer.toString(code.status().getCode())))
                        .collect(Collectors.toSet()));
    }

    static List<Verdict> verdicts() {
        return List.of(
                Verdict.Deleted.echo(FakeProvider.item("7"), SAYS),
                Verdict.Deleted.acknowledged(null, SAYS),
                new Verdict.AlreadyGone(SAYS),
                new Verdict.NotFound(SAYS),
                new Verdict.Unverified("ask again", FakeProvider.item("7"), SAYS),
                new Verdict.Refused(Reason.NOT_OWNER, SAYS),
                new Verdict.Refused(Reason.CREDENTIALS_REJECTED, SAYS),
                new Verdict.Throttled(Duration.ofSeconds(60), SAYS),
                new Verdict.Unavailable(Duration.ofSeconds(60), SAYS),
                new Verdict.Faulted("no sense", SAYS));
    }

    @ParameterizedTest
    @MethodSource("verdicts")
    void answersAreAsDescribed(Verdict verdict) {
        PROVIDER.says(verdict);

        holds("DELETE", "/v1/accounts/acme-news/posts/7", GATEWAY.delete("/v1/accounts/acme-news/posts/7"));
        holds(
                "DELETE",
                "/v1/accounts/acme-news/posts/8",
                GATEWAY.delete("/v1/accounts/acme-news/posts/8?raw=true&trim_user=1"));
        holds(
                "DELETE",
                "/v1/accounts/acme-news/posts/9",
                GATEWAY.delete("/v1/accounts/acme-news/posts/9", "Prefer: return=minimal"));
    }

    @Test
    void answersWithoutAProviderAreAsDescribed() {
        PROVIDER.plays(noAnswer("reset"));
        holds("DELETE", "/v1/accounts/acme-news/posts/7", GATEWAY.delete("/v1/accounts/acme-news/posts/7"));
        PROVIDER.plays(neverLeft("refused"));
        holds("DELETE", "/v1/accounts/acme-news/posts/7", GATEWAY.delete("/v1/accounts/acme-news/posts/7"));
        PROVIDER.plays(answer(new Verdict.AlreadyGone(SAYS)));
        holds(
                "DELETE",
                "/v1/accounts/acme-news/posts/7",
                GATEWAY.delete("/v1/accounts/acme-news/posts/7?dry_run=true"));
    }

    @ParameterizedTest
    @CsvSource({
        "DELETE, /v1/accounts/nobody/posts/7, 404",
        "DELETE, /v1/accounts/acme-news/likes/7, 422",
        "DELETE, /v1/accounts/acme-news/posts/x, 400",
        "GET, /v1/accounts, 200",
        "GET, /v1/dialects, 200",
        "GET, /problems, 200",
        "GET, /problems/outcome_unknown, 200",
        "GET, /problems/none, 404",
        "GET, /health, 200",
        "GET, /health/readiness, 200",
        "GET, /prometheus, 200"
    })
    void refusalsAndTheRestAreAsDescribed(String method, String path, int status) {
        Reply reply = GATEWAY.call(method, path);

        assertThat(reply.status()).isEqualTo(status);
        holds(method, path, reply);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/v1/accounts", "/v1/dialects", "/prometheus"})
    void callsWithoutATokenAreAnsweredAsDescribed(String path) {
        Reply reply = GATEWAY.anonymously("GET", path);

        assertThat(reply.status()).isEqualTo(401);
        holds("GET", path, reply);
    }

    @Test
    void answerThatIsNotAsDescribedIsFound() {
        PROVIDER.deletes("7");
        Reply reply = GATEWAY.delete("/v1/accounts/acme-news/posts/7");

        for (String wrong : List.of("\"outcome\":\"gone\"", "\"outcome\":null", "\"outcame\":\"deleted\"")) {
            var changed = new Reply(200, reply.headers(), reply.body().replace("\"outcome\":\"deleted\"", wrong));

            assertThat(report("DELETE", "/v1/accounts/acme-news/posts/7", changed)
                            .hasErrors())
                    .as(wrong)
                    .isTrue();
        }
    }

    @Test
    void pageLoadsNothingFromElsewhere() {
        Reply page = GATEWAY.anonymously("GET", "/openapi");

        assertThat(page.header("Content-Type")).startsWith("text/html");
        assertThat(page.header("Content-Security-Policy"))
                .contains("default-src 'none'", "script-src 'self'", "connect-src 'self'", "frame-ancestors 'none'");
        assertThat(page.body()).doesNotContain("http:", "https:", "=\"//");
    }

    @ParameterizedTest
    @CsvSource({"swagger-ui-bundle.js, text/javascript", "swagger-ui.css, text/css", "start.js, text/javascript"})
    void pageHasItsParts(String part, String type) {
        assertThat(GATEWAY.anonymously("GET", "/openapi").body()).contains("\"/openapi/" + part + "\"");

        Reply reply = GATEWAY.anonymously("GET", "/openapi/" + part);

        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.header("Content-Type")).startsWith(type);
        assertThat(reply.body()).isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/openapi/page.html", "/openapi/..%2F..%2Fapplication.yml"})
    void nothingElseIsServed(String path) {
        assertThat(GATEWAY.anonymously("GET", path).status()).isEqualTo(404);
    }

    private static void holds(String method, String path, Reply reply) {
        assertThat(report(method, path, reply).getMessages())
                .as(method + " " + path + " " + reply.status() + " " + reply.body())
                .extracting(Message::getMessage)
                .isEmpty();
    }

    private static ValidationReport report(String method, String path, Reply reply) {
        var response = SimpleResponse.Builder.status(reply.status()).withBody(reply.body());
        reply.headers().forEach(response::withHeader);
        return validator.validateResponse(path, Request.Method.valueOf(method), response.build());
    }
}
