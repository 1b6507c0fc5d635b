package io.unpost.gateway.sandbox;

import io.micronaut.context.annotation.Property;
import io.micronaut.context.annotation.Requires;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Post;
import io.micronaut.security.annotation.Secured;
import io.micronaut.security.rules.SecurityRule;
import io.swagger.v3.oas.annotations.Hidden;
import java.util.List;
import java.util.Optional;

/// The sandbox's own page: what there is to delete, and how to have it back.
@Hidden
@Controller("/sandbox")
@Requires(env = "sandbox")
@Secured(SecurityRule.IS_ANONYMOUS)
final class SandboxController {

    private final List<Imitation> imitations;
    private final boolean needsToken;

    /// @param needsToken whether callers of the API need a token
    SandboxController(
            List<Imitation> imitations,
            @Property(name = "micronaut.security.enabled", defaultValue = "true") boolean needsToken) {
        this.imitations = List.copyOf(imitations);
        this.needsToken = needsToken;
    }

    @Get
    String show(HttpRequest<?> request) {
        return SandboxPage.json(imitations, address(request), needsToken);
    }

    @Post("/reset")
    String reset(HttpRequest<?> request) {
        imitations.forEach(imitation -> imitation.kinds().forEach(Stock::reset));
        return show(request);
    }

    private static String address(HttpRequest<?> request) {
        return "http://"
                + Optional.ofNullable(request.getHeaders().get(HttpHeaders.HOST))
                        .orElse("localhost:8080");
    }
}
