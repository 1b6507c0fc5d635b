package io.unpost.gateway.http;

import io.micronaut.core.io.ResourceResolver;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Produces;
import io.micronaut.http.server.types.files.StreamedFile;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.security.annotation.Secured;
import io.micronaut.security.rules.SecurityRule;
import io.swagger.v3.oas.annotations.Hidden;
import io.swagger.v3.oas.annotations.OpenAPIDefinition;
import io.swagger.v3.oas.annotations.enums.SecuritySchemeType;
import io.swagger.v3.oas.annotations.info.Info;
import io.swagger.v3.oas.annotations.security.SecurityRequirement;
import io.swagger.v3.oas.annotations.security.SecurityScheme;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.net.URL;
import java.util.Map;

/// `/openapi.yml`, which the build makes of the controllers, and `/openapi`, a page that shows it.
@Controller
@Produces(MediaType.ALL)
@Secured(SecurityRule.IS_ANONYMOUS)
@Hidden
@OpenAPIDefinition(
        info = @Info(title = "Unpost", version = "1", description = "One delete API for every social account."),
        tags = {@Tag(name = "deletes"), @Tag(name = "directory"), @Tag(name = "problems"), @Tag(name = "operations")},
        security = @SecurityRequirement(name = "token"))
@SecurityScheme(
        name = "token",
        type = SecuritySchemeType.HTTP,
        scheme = "bearer",
        bearerFormat = "JWT",
        description = "A sidecar takes no token.")
public final class OpenApiController {

    private static final String SWAGGER_UI = "META-INF/resources/webjars/swagger-ui/5.34.1/";

    /// Nothing but what the gateway itself serves; Swagger UI puts styles into its elements, and pictures into them.
    private static final String POLICY = "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline';"
            + " img-src data:; connect-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'";

    private static final File DOCUMENT = new File("META-INF/swagger/openapi.yml", MediaType.of("application/yaml"));
    private static final File PAGE = new File("openapi/page.html", MediaType.TEXT_HTML_TYPE);
    private static final Map<String, File> PARTS = Map.of(
            "start.js", new File("openapi/start.js", MediaType.of("text/javascript")),
            "swagger-ui-bundle.js", new File(SWAGGER_UI + "swagger-ui-bundle.js", MediaType.of("text/javascript")),
            "swagger-ui.css", new File(SWAGGER_UI + "swagger-ui.css", MediaType.of("text/css")));

    private final ResourceResolver resources;

    OpenApiController(ResourceResolver resources) {
        this.resources = resources;
    }

    private record File(String path, MediaType type) {}

    @Get("/openapi.yml")
    @ExecuteOn(TaskExecutors.VIRTUAL)
    HttpResponse<?> document() {
        return answer(DOCUMENT);
    }

    @Get("/openapi")
    @ExecuteOn(TaskExecutors.VIRTUAL)
    HttpResponse<?> page() {
        return answer(PAGE).header("Content-Security-Policy", POLICY);
    }

    @Get("/openapi/{part}")
    @ExecuteOn(TaskExecutors.VIRTUAL)
    HttpResponse<?> part(HttpRequest<?> request, String part) {
        File file = PARTS.get(part);
        if (file == null) {
            return Problems.response(Problem.of(
                    ProblemCode.UNKNOWN_ROUTE,
                    "The page is GET /openapi, what it shows is GET /openapi.yml.",
                    request.getUri().getRawPath(),
                    RequestIds.of(request)));
        }
        return answer(file);
    }

    /// As a stream, of which a caller who does not read it holds a piece in memory at most.
    private MutableHttpResponse<StreamedFile> answer(File file) {
        URL resource = resources.getResource("classpath:" + file.path()).orElseThrow();
        return HttpResponse.ok(new StreamedFile(resource)).contentType(file.type());
    }
}
