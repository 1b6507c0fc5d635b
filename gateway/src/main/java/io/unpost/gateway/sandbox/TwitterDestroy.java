package io.unpost.gateway.sandbox;

import io.micronaut.context.annotation.Requires;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.unpost.gateway.sandbox.TwitterScript.Deletes;
import io.unpost.gateway.sandbox.TwitterScript.DeletesYetSays;
import io.unpost.gateway.sandbox.TwitterScript.Delivery;
import io.unpost.gateway.sandbox.TwitterScript.Ending;
import io.unpost.gateway.sandbox.TwitterScript.Limited;
import io.unpost.gateway.sandbox.TwitterScript.Once;
import io.unpost.gateway.sandbox.TwitterScript.Says;
import io.unpost.gateway.sandbox.TwitterScript.Silent;
import io.unpost.gateway.sandbox.TwitterTweet.Author;
import io.unpost.gateway.sandbox.TwitterTweet.Mode;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;

/// Deletes one tweet, or what the script of its magic id says.
@Singleton
@Requires(env = "sandbox")
final class TwitterDestroy {

    private static final Set<String> YES = Set.of("true", "t", "1");
    private static final TwitterScript AS_USUAL = new Deletes(Duration.ZERO, Delivery.WHOLE);
    private static final Map<String, TwitterScript> SCRIPTS =
            TwitterMagic.ALL.stream().collect(Collectors.toUnmodifiableMap(TwitterMagic::id, TwitterMagic::script));

    private final TwitterImitation twitter;
    private final TwitterResponses responses;
    private final Pause pause;

    TwitterDestroy(TwitterImitation twitter, TwitterResponses responses, Pause pause) {
        this.twitter = twitter;
        this.responses = responses;
        this.pause = pause;
    }

    /// Answers a call for this id, if it is genuine.
    CompletableFuture<HttpResponse<?>> answer(HttpRequest<?> request, Call call, String id) {
        return switch (twitter.verify(call)) {
            case MISSING -> says(TwitterError.AUTHENTICATION_MISSING);
            case UNKNOWN_KEY, FORGED, REPLAYED -> says(TwitterError.AUTHENTICATION_FAILED);
            case UNKNOWN_TOKEN -> says(TwitterError.TOKEN_INVALID);
            case CLOCK -> says(TwitterError.CLOCK);
            case GENUINE -> play(SCRIPTS.getOrDefault(id, AS_USUAL), request, call, id);
        };
    }

    private CompletableFuture<HttpResponse<?>> play(
            TwitterScript script, HttpRequest<?> request, Call call, String id) {
        return switch (script) {
            case Says(var reply) -> says(reply);
            case Limited(var window) -> CompletableFuture.completedFuture(responses.limited(window));
            case Silent(var silence, var ending) -> after(silence).thenCompose(_ -> end(ending, request));
            case Once(var first) -> play(twitter.posts().firstTime(id) ? first : AS_USUAL, request, call, id);
            case Deletes(var wait, var delivery) ->
                delete(call, id)
                        .map(tweet -> after(wait).thenCompose(_ -> deliver(delivery, request, tweet)))
                        .orElseGet(() -> says(absent(id)));
            case DeletesYetSays(var reply) ->
                delete(call, id).map(_ -> says(reply)).orElseGet(() -> says(absent(id)));
        };
    }

    /// The tweet that was deleted; empty where the account has none of this id.
    private Optional<TwitterReply> delete(Call call, String id) {
        if (isForeign(id)) {
            return Optional.empty();
        }
        Author author = call.value("trim_user").filter(YES::contains).isPresent() ? Author.TRIMMED : Author.FULL;
        Mode mode = call.value("tweet_mode").filter("extended"::equals).isPresent() ? Mode.EXTENDED : Mode.COMPATIBLE;
        return twitter.posts().delete(id).map(post -> TwitterReply.json(200, TwitterTweet.json(post, author, mode)));
    }

    private TwitterError absent(String id) {
        return isForeign(id) ? TwitterError.NOT_OWNER : TwitterError.STATUS_MISSING;
    }

    private boolean isForeign(String id) {
        return twitter.posts()
                .find(id)
                .filter(post -> post.owner() == Post.Owner.SOMEBODY_ELSE)
                .isPresent();
    }

    private CompletableFuture<HttpResponse<?>> deliver(Delivery delivery, HttpRequest<?> request, TwitterReply reply) {
        return switch (delivery) {
            case WHOLE -> says(reply);
            case HALF -> Connection.cutOff(request, responses.of(reply));
            case HALF_UNFRAMED -> Connection.cutOffUnframed(request, responses.of(reply));
            case NOTHING -> Connection.close(request);
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

    private CompletableFuture<HttpResponse<?>> says(TwitterError error) {
        return says(TwitterReply.error(error));
    }

    private CompletableFuture<HttpResponse<?>> says(TwitterReply reply) {
        return CompletableFuture.completedFuture(responses.of(reply));
    }
}
