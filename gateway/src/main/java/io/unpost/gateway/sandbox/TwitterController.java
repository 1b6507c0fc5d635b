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
import io.swagger.v3.oas.annotations.Hidden;
import io.unpost.gateway.sandbox.Player.Scene;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The routes of the imitated Twitter v1.1. Every other path, verb or form of id is, as it is there, a page that does
/// not exist.
@Hidden
@Controller(TwitterImitation.PATH)
@Requires(env = "sandbox")
@Secured(SecurityRule.IS_ANONYMOUS)
@Consumes(MediaType.ALL)
final class TwitterController {

    private static final String ANY = "/{+path}";
    private static final String V1_1 = TwitterImitation.PATH + "/1.1/";
    private static final Pattern STATUS =
            Pattern.compile(Pattern.quote(V1_1) + "statuses/(destroy|unretweet)/([0-9]+)\\.json");

    private final TwitterImitation twitter;
    private final Player player;

    TwitterController(TwitterImitation twitter, Player player) {
        this.twitter = twitter;
        this.player = player;
    }

    @Post(ANY)
    CompletableFuture<HttpResponse<?>> post(HttpRequest<?> request) {
        String path = request.getUri().getRawPath();
        Matcher status = STATUS.matcher(path);
        if (status.matches()) {
            Stock stock = status.group(1).equals("destroy") ? twitter.posts() : twitter.reposts();
            return answer(request, stock, _ -> status.group(2));
        }
        return path.equals(V1_1 + "collections/destroy.json")
                ? answer(
                        request, twitter.collections(), call -> call.value("id").orElse(""))
                : says(TwitterError.PAGE_MISSING);
    }

    @Delete(ANY)
    CompletableFuture<HttpResponse<?>> delete(HttpRequest<?> request) {
        // Here a form does not count.
        String id = request.getParameters().get("id", String.class, "");
        return request.getUri().getRawPath().equals(V1_1 + "direct_messages/events/destroy.json")
                ? answer(request, twitter.messages(), _ -> id)
                : says(TwitterError.PAGE_MISSING);
    }

    @Get(ANY)
    CompletableFuture<HttpResponse<?>> get() {
        return says(TwitterError.PAGE_MISSING);
    }

    @Put(ANY)
    CompletableFuture<HttpResponse<?>> put() {
        return says(TwitterError.PAGE_MISSING);
    }

    @Patch(ANY)
    CompletableFuture<HttpResponse<?>> patch() {
        return says(TwitterError.PAGE_MISSING);
    }

    private CompletableFuture<HttpResponse<?>> answer(
            HttpRequest<?> request, Stock stock, Function<Call, String> target) {
        return ((ServerHttpRequest<?>) request).byteBody().buffer().thenCompose(body -> {
            try (body) {
                Call call = Call.of(request, body.toByteArray());
                return answer(new Scene(twitter, request, call, stock, target.apply(call)));
            }
        });
    }

    private CompletableFuture<HttpResponse<?>> answer(Scene scene) {
        return switch (twitter.verify(scene.call())) {
            case MISSING -> says(TwitterError.AUTHENTICATION_MISSING);
            case UNKNOWN_KEY, FORGED, REPLAYED -> says(TwitterError.AUTHENTICATION_FAILED);
            case UNKNOWN_TOKEN -> says(TwitterError.TOKEN_INVALID);
            case CLOCK -> says(TwitterError.CLOCK);
            case GENUINE -> scene.id().isEmpty() ? says(TwitterError.PARAMETER_MISSING) : player.play(scene);
        };
    }

    private CompletableFuture<HttpResponse<?>> says(TwitterError error) {
        return CompletableFuture.completedFuture(
                twitter.withHeaders(error.reply()).response());
    }
}
