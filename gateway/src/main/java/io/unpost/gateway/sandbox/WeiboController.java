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
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The routes of the imitated Sina Weibo v1: `POST` or `DELETE` of `statuses/destroy/:id` and
/// `direct_messages/destroy/:id`, with `.json` or `.xml`.
@Hidden
@Controller(WeiboImitation.PATH)
@Requires(env = "sandbox")
@Secured(SecurityRule.IS_ANONYMOUS)
@Consumes(MediaType.ALL)
final class WeiboController {

    private static final String ANY = "/{+path}";
    private static final Set<String> FORMATS = Set.of("json", "xml");
    private static final Pattern DESTROY = Pattern.compile("/(statuses|direct_messages)/destroy/([0-9]+)\\.([a-z]+)");

    private final WeiboImitation weibo;
    private final Player player;

    WeiboController(WeiboImitation weibo, Player player) {
        this.weibo = weibo;
        this.player = player;
    }

    @Post(ANY)
    CompletableFuture<HttpResponse<?>> post(HttpRequest<?> request) {
        return answer(request);
    }

    @Delete(ANY)
    CompletableFuture<HttpResponse<?>> delete(HttpRequest<?> request) {
        return answer(request);
    }

    @Get(ANY)
    CompletableFuture<HttpResponse<?>> get(HttpRequest<?> request) {
        return answer(request);
    }

    @Put(ANY)
    CompletableFuture<HttpResponse<?>> put(HttpRequest<?> request) {
        return answer(request);
    }

    @Patch(ANY)
    CompletableFuture<HttpResponse<?>> patch(HttpRequest<?> request) {
        return answer(request);
    }

    private CompletableFuture<HttpResponse<?>> answer(HttpRequest<?> request) {
        return ((ServerHttpRequest<?>) request).byteBody().buffer().thenCompose(body -> {
            try (body) {
                return answer(request, Call.of(request, body.toByteArray()));
            }
        });
    }

    private CompletableFuture<HttpResponse<?>> answer(HttpRequest<?> request, Call call) {
        Matcher path = DESTROY.matcher(call.pathBelow(WeiboImitation.PATH));
        if (!path.matches()) {
            return says(WeiboError.reply(call, 404, "there is no such page"));
        }
        if (!FORMATS.contains(path.group(3))) {
            return says(WeiboError.FORMAT.reply(call));
        }
        return switch (call.method()) {
            case "POST", "DELETE" ->
                weibo.refusal(request, call)
                        .map(this::says)
                        .orElseGet(() -> player.play(new Scene(weibo, request, call, stock(path), path.group(2))));
            default -> says(WeiboError.METHOD.reply(call));
        };
    }

    private Stock stock(Matcher path) {
        return path.group(1).equals("statuses") ? weibo.statuses() : weibo.messages();
    }

    private CompletableFuture<HttpResponse<?>> says(Reply reply) {
        return CompletableFuture.completedFuture(weibo.withHeaders(reply).response());
    }
}
