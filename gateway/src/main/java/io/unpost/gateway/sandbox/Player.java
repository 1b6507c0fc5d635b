package io.unpost.gateway.sandbox;

import io.micronaut.context.annotation.Requires;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.unpost.gateway.sandbox.Script.Deletes;
import io.unpost.gateway.sandbox.Script.DeletesYetSays;
import io.unpost.gateway.sandbox.Script.Delivery;
import io.unpost.gateway.sandbox.Script.Ending;
import io.unpost.gateway.sandbox.Script.Once;
import io.unpost.gateway.sandbox.Script.Says;
import io.unpost.gateway.sandbox.Script.Silent;
import io.unpost.gateway.sandbox.Stock.Deletion.Absent;
import io.unpost.gateway.sandbox.Stock.Deletion.Done;
import io.unpost.gateway.sandbox.Stock.Deletion.Foreign;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/// Deletes one thing at a provider, or does what the script of its magic id says.
@Singleton
@Requires(env = "sandbox")
final class Player {

    private static final Script AS_USUAL = new Deletes(Duration.ZERO, Delivery.WHOLE);

    private final InstantSource time;
    private final Pause pause;

    Player(InstantSource time, Pause pause) {
        this.time = time;
        this.pause = pause;
    }

    /// A delete that its provider lets in.
    ///
    /// @param call what the request says
    /// @param stock what it deletes from
    record Scene(Imitation provider, HttpRequest<?> request, Call call, Stock stock, String id) {}

    CompletableFuture<HttpResponse<?>> play(Scene scene) {
        return play(scene.stock().script(scene.id()).orElse(AS_USUAL), scene);
    }

    private CompletableFuture<HttpResponse<?>> play(Script script, Scene scene) {
        return switch (script) {
            case Says(var answer) -> says(answer, scene);
            case Silent(var silence, var ending) -> after(silence).thenCompose(_ -> end(ending, scene.request()));
            case Once(var first) -> play(scene.stock().firstTime(scene.id()) ? first : AS_USUAL, scene);
            case Deletes(var wait, var delivery) ->
                delete(scene, post -> after(wait).thenCompose(_ -> deliver(delivery, scene, post)));
            case DeletesYetSays(var answer) -> delete(scene, _ -> says(answer, scene));
        };
    }

    private CompletableFuture<HttpResponse<?>> delete(
            Scene scene, Function<Post, CompletableFuture<HttpResponse<?>>> then) {
        Voice voice = scene.stock().voice();
        return switch (scene.stock().delete(scene.id())) {
            case Done(var post) -> then.apply(post);
            case Absent() -> says((call, _) -> voice.absent(call, scene.id()), scene);
            case Foreign() -> says((call, _) -> voice.foreign(call), scene);
        };
    }

    private static CompletableFuture<HttpResponse<?>> deliver(Delivery delivery, Scene scene, Post post) {
        HttpResponse<byte[]> answer = scene.provider()
                .withHeaders(scene.stock().voice().deleted(scene.call(), post))
                .response();
        return switch (delivery) {
            case WHOLE -> CompletableFuture.completedFuture(answer);
            case HALF -> Connection.cutOff(scene.request(), answer);
            case HALF_UNFRAMED -> Connection.cutOffUnframed(scene.request(), answer);
            case NOTHING -> Connection.close(scene.request());
        };
    }

    private static CompletableFuture<HttpResponse<?>> end(Ending ending, HttpRequest<?> request) {
        return switch (ending) {
            case CLOSED -> Connection.close(request);
            case RESET -> Connection.reset(request);
        };
    }

    private CompletableFuture<Void> after(Duration wait) {
        return wait.isZero() ? CompletableFuture.completedFuture(null) : pause.of(wait);
    }

    private CompletableFuture<HttpResponse<?>> says(Answer answer, Scene scene) {
        Reply reply = answer.to(scene.call(), time.instant());
        return CompletableFuture.completedFuture(
                scene.provider().withHeaders(reply).response());
    }
}
