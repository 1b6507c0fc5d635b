package io.unpost.gateway.sandbox;

import io.micronaut.context.annotation.Requires;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.ServerHttpRequest;
import io.micronaut.http.annotation.Consumes;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Delete;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Patch;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.Put;
import io.micronaut.security.annotation.Secured;
import io.micronaut.security.rules.SecurityRule;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The routes of the imitated Twitter v1.1: `POST statuses/destroy/:id.json`. Every other path, verb or form of id is,
/// as it is there, a page that does not exist.
@Controller(TwitterImitation.PATH)
@Requires(env = "sandbox")
@Secured(SecurityRule.IS_ANONYMOUS)
@Consumes(MediaType.ALL)
final class TwitterController {

    private static final String ANY = "/{+path}";
    private static final Pattern DESTROY =
            Pattern.compile(TwitterImitation.PATH + "/1\\.1/statuses/destroy/([0-9]+)\\.json");

    private final TwitterDestroy destroy;
    private final TwitterResponses responses;

    TwitterController(TwitterDestroy destroy, TwitterResponses responses) {
        this.destroy = destroy;
        this.responses = responses;
    }

    @Post(ANY)
    CompletableFuture<HttpResponse<?>> post(HttpRequest<?> request) {
        Matcher path = DESTROY.matcher(request.getUri().getRawPath());
        if (!path.matches()) {
            return CompletableFuture.completedFuture(missing());
        }
        return ((ServerHttpRequest<?>) request).byteBody().buffer().thenCompose(body -> {
            try (body) {
                return destroy.answer(request, Call.of(request, body.toByteArray()), path.group(1));
            }
        });
    }

    @Get(ANY)
    HttpResponse<?> get() {
        return missing();
    }

    @Put(ANY)
    HttpResponse<?> put() {
        return missing();
    }

    @Patch(ANY)
    HttpResponse<?> patch() {
        return missing();
    }

    @Delete(ANY)
    HttpResponse<?> delete() {
        return missing();
    }

    private HttpResponse<?> missing() {
        return responses.of(TwitterReply.error(TwitterError.PAGE_MISSING));
    }
}
