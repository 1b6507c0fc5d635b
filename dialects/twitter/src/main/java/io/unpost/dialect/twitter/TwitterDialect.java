package io.unpost.dialect.twitter;

import static io.unpost.dialect.Reset.EPOCH_SECONDS;
import static io.unpost.dialect.WireRequest.Method.DELETE;
import static io.unpost.dialect.WireRequest.Method.POST;

import io.unpost.dialect.CredentialForm;
import io.unpost.dialect.Deletable;
import io.unpost.dialect.DeleteCommand;
import io.unpost.dialect.Dialect;
import io.unpost.dialect.Kind;
import io.unpost.dialect.Options;
import io.unpost.dialect.Outcome.Verdict;
import io.unpost.dialect.PercentEncoding;
import io.unpost.dialect.ProviderSays;
import io.unpost.dialect.RateLimit;
import io.unpost.dialect.Reason;
import io.unpost.dialect.WireRequest;
import io.unpost.dialect.WireRequest.Parameter;
import io.unpost.dialect.WireResponse;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Twitter API v1.1.
public final class TwitterDialect implements Dialect {

    private static final Pattern NUMBER = Pattern.compile("[1-9][0-9]{0,18}");
    private static final String DIGITS = "1 to 19 digits, the first not 0";
    private static final Pattern CUSTOM = Pattern.compile("custom-[A-Za-z0-9_-]{1,64}");
    private static final Facts FACTS = new Facts(
            "twitter-v1.1",
            "Twitter",
            URI.create("https://developer.x.com/en/docs/x-api/v1"),
            URI.create("https://api.twitter.com"),
            List.of(
                    new Deletable(Kind.POSTS, NUMBER, DIGITS),
                    new Deletable(Kind.REPOSTS, NUMBER, DIGITS),
                    new Deletable(Kind.MESSAGES, NUMBER, DIGITS, Deletable.Visibility.OWN_VIEW, Kind.MESSAGES),
                    new Deletable(Kind.COLLECTIONS, CUSTOM, "custom- and 1 to 64 letters, digits, - or _")),
            List.of(new CredentialForm(CredentialForm.Scheme.OAUTH1)),
            List.of());
    private static final List<Kind> TWEETS = List.of(Kind.POSTS, Kind.REPOSTS);
    private static final List<String> CONFIRMATIONS = List.of("/id_str", "/id", "/destroyed");
    // Brings the whole text, and a form that is not empty: to that one deployment answered 401 and code 32.
    private static final List<Parameter> EXTENDED = List.of(new Parameter("tweet_mode", "extended"));
    private static final List<String> WINDOWS = List.of("x-rate-limit", "x-app-limit-24hour", "x-user-limit-24hour");

    @Override
    public Facts facts() {
        return FACTS;
    }

    @Override
    public WireRequest encode(DeleteCommand command, Options options) {
        String id = PercentEncoding.encode(command.id());
        List<Parameter> query = List.of(new Parameter("id", command.id()));
        return switch (command.kind().name()) {
            case "posts" -> new WireRequest(POST, "/1.1/statuses/destroy/" + id + ".json", List.of(), EXTENDED);
            case "reposts" -> new WireRequest(POST, "/1.1/statuses/unretweet/" + id + ".json", List.of(), EXTENDED);
            case "messages" -> new WireRequest(DELETE, "/1.1/direct_messages/events/destroy.json", query, List.of());
            default -> new WireRequest(POST, "/1.1/collections/destroy.json", query, List.of());
        };
    }

    @Override
    public Verdict decode(DeleteCommand command, WireResponse response) {
        boolean errors = response.has("/errors") || response.has("/error") || response.has("/code");
        int confirming = command.kind().equals(Kind.MESSAGES) ? 204 : 200;
        if (errors || response.status() != confirming) {
            return failed(command, response, errors);
        }
        var says = new ProviderSays(response.status(), null, response.text("/message"), limit(response));
        return switch (command.kind().name()) {
            case "posts" -> TwitterTweet.destroyed(command, response, says);
            case "reposts" -> TwitterTweet.unretweeted(command, response, says);
            default ->
                response.status() == 204 || Boolean.TRUE.equals(response.flag("/destroyed"))
                        ? Verdict.Deleted.acknowledged(null, says)
                        : Verdict.byStatus(response, says);
        };
    }

    /// The first error that is in the table decides; that there is no such tweet, only where no other is named.
    private static Verdict failed(DeleteCommand command, WireResponse response, boolean errors) {
        ProviderSays first = says(response, "/errors/0");
        if (errors && response.successful() && CONFIRMATIONS.stream().anyMatch(response::has)) {
            return new Verdict.Faulted("the answer holds both a confirmation and an error", first);
        }
        Verdict absent = null;
        boolean others = response.has("/errors") && response.has("/error");
        for (int i = 0; i == 0 || response.has("/errors/" + i); i++) {
            switch (byCode(command, response, says(response, "/errors/" + i))) {
                case Verdict.AlreadyGone gone -> absent = gone;
                case Verdict verdict -> {
                    return verdict;
                }
                case null -> others = true;
            }
        }
        return absent == null || others
                ? Verdict.byStatus(response, first, RateLimit.retryAfter(response, WINDOWS, EPOCH_SECONDS))
                : absent;
    }

    /// What one error proves; null where its code is not in the table, or nothing of such an answer is believed.
    private static @Nullable Verdict byCode(DeleteCommand command, WireResponse response, ProviderSays says) {
        String code = says.code() == null ? "" : says.code();
        // An error page or a proxy may follow a delete that was done; a redirect is no answer.
        if (response.status() / 100 == 3 || (response.status() >= 500 && !code.equals("130"))) {
            return null;
        }
        // A read-only app gets a 401 without a code, or code 89, or 261; only the text is the same.
        if (says.message() != null && says.message().toLowerCase(Locale.ROOT).contains("read-only application")) {
            return new Verdict.Refused(Reason.PERMISSION_MISSING, says);
        }
        return switch (code) {
            // "No status with that ID": of a message or a collection that says less.
            case "144" -> TWEETS.contains(command.kind()) ? new Verdict.AlreadyGone(says) : new Verdict.NotFound(says);
            // A wrong path as well; a tweet that is hidden and may come back.
            case "17", "34", "50", "421", "422" -> new Verdict.NotFound(says);
            case "183" -> new Verdict.Refused(Reason.NOT_OWNER, says);
            // An author who is suspended, protected or blocks; plain HTTP; what looks automated.
            case "63", "92", "136", "179", "226" -> new Verdict.Refused(Reason.REFUSED, says);
            case "3", "36", "38", "44" -> new Verdict.Refused(Reason.INVALID_REQUEST, says);
            case "32", "89", "99", "215", "231" -> new Verdict.Refused(Reason.CREDENTIALS_REJECTED, says);
            case "135" -> new Verdict.Refused(Reason.CLOCK_REJECTED, says);
            // The app or its access level: other credentials for the account change nothing.
            case "87", "93", "220", "261", "416", "453" -> new Verdict.Refused(Reason.PERMISSION_MISSING, says);
            case "64", "326" -> new Verdict.Refused(Reason.ACCOUNT_LOCKED, says);
            case "68", "251" -> new Verdict.Refused(Reason.ENDPOINT_RETIRED, says);
            case "88", "185" -> new Verdict.Throttled(RateLimit.retryAfter(response, WINDOWS, EPOCH_SECONDS), says);
            case "130" -> new Verdict.Unavailable(RateLimit.retryAfter(response, WINDOWS, EPOCH_SECONDS), says);
            case "131" -> new Verdict.Faulted("an internal error of Twitter", says);
            default -> null;
        };
    }

    private static ProviderSays says(WireResponse response, String error) {
        return new ProviderSays(
                response.status(),
                response.text(error + "/code", "/code"),
                response.text(error + "/message", "/errors", "/error", "/message"),
                limit(response));
    }

    private static @Nullable RateLimit limit(WireResponse response) {
        return RateLimit.ofHeaders(response, WINDOWS.getFirst(), EPOCH_SECONDS);
    }
}
