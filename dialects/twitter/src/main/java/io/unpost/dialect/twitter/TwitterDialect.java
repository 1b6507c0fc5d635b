package io.unpost.dialect.twitter;

import io.unpost.dialect.CredentialForm;
import io.unpost.dialect.Deletable;
import io.unpost.dialect.DeleteCommand;
import io.unpost.dialect.Dialect;
import io.unpost.dialect.Item;
import io.unpost.dialect.Kind;
import io.unpost.dialect.Options;
import io.unpost.dialect.Outcome.Verdict;
import io.unpost.dialect.Outcome.Verdict.AlreadyGone;
import io.unpost.dialect.Outcome.Verdict.Deleted;
import io.unpost.dialect.Outcome.Verdict.Faulted;
import io.unpost.dialect.Outcome.Verdict.NotFound;
import io.unpost.dialect.Outcome.Verdict.Refused;
import io.unpost.dialect.Outcome.Verdict.Throttled;
import io.unpost.dialect.Outcome.Verdict.Unavailable;
import io.unpost.dialect.PercentEncoding;
import io.unpost.dialect.ProviderSays;
import io.unpost.dialect.RateLimit;
import io.unpost.dialect.Reason;
import io.unpost.dialect.WireRequest;
import io.unpost.dialect.WireRequest.Parameter;
import io.unpost.dialect.WireResponse;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Twitter API v1.1.
public final class TwitterDialect implements Dialect {

    private static final Deletable POSTS =
            new Deletable(Kind.POSTS, Pattern.compile("[1-9][0-9]{0,18}"), "1 to 19 digits, the first not 0");
    private static final Facts FACTS = new Facts(
            "twitter-v1.1",
            "Twitter",
            URI.create("https://developer.x.com/en/docs/x-api/v1"),
            URI.create("https://api.twitter.com"),
            List.of(POSTS),
            List.of(new CredentialForm(CredentialForm.Scheme.OAUTH1)),
            List.of());
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("EEE MMM dd HH:mm:ss Z yyyy", Locale.ENGLISH);
    private static final List<String> WINDOWS = List.of("x-rate-limit", "x-app-limit-24hour", "x-user-limit-24hour");
    private static final int ERRORS_READ = 8;

    @Override
    public Facts facts() {
        return FACTS;
    }

    @Override
    public WireRequest encode(DeleteCommand command, Options options) {
        String path = "/1.1/statuses/destroy/" + PercentEncoding.encode(command.id()) + ".json";
        // Never without a form: one real deployment answered 401 and code 32 to an empty body.
        var extended = new Parameter("tweet_mode", "extended");
        return switch (command.author()) {
            case FULL -> WireRequest.post(path, extended);
            case ID_ONLY -> WireRequest.post(path, extended, new Parameter("trim_user", "true"));
        };
    }

    @Override
    public Verdict decode(DeleteCommand command, WireResponse response) {
        ProviderSays says = says(response, "/errors/0");
        if (response.status() >= 300 && response.status() < 400) {
            return byStatus(response, says);
        }
        boolean error = response.has("/errors") || response.has("/error") || response.has("/code");
        // JavaScript on the way rounds the number, and never the string.
        String field = response.has("/id_str") ? "/id_str" : "/id";
        if (!response.successful() || !response.has(field)) {
            return failed(response, says);
        }
        if (error) {
            return new Faulted("the answer holds both a tweet and an error", says);
        }
        if (!response.at(field).orElse("").equals(command.id())) {
            return new Faulted("the answer names another tweet, or one that cannot be read, in " + field, says);
        }
        return Deleted.echo(item(command.id(), response), says);
    }

    private static Item item(String id, WireResponse tweet) {
        return new Item(
                id,
                tweet.text("/full_text", "/extended_tweet/full_text", "/text"),
                tweet.time("/created_at", TIME),
                Item.Source.ofMarkup(tweet.text("/source")),
                Item.InReplyTo.of(
                        tweet.text("/in_reply_to_status_id_str", "/in_reply_to_status_id"),
                        tweet.text("/in_reply_to_user_id_str", "/in_reply_to_user_id")),
                new Item.Counts(
                        tweet.count("/retweet_count"), tweet.count("/favorite_count"), tweet.count("/reply_count")),
                tweet.has("/user") ? author(tweet) : null);
    }

    private static Item.Author author(WireResponse tweet) {
        return new Item.Author(
                tweet.text("/user/id_str", "/user/id"),
                tweet.text("/user/screen_name"),
                tweet.text("/user/name"),
                tweet.text("/user/url"),
                tweet.text("/user/profile_image_url_https", "/user/profile_image_url"),
                tweet.flag("/user/verified"),
                tweet.flag("/user/protected"));
    }

    /// The first error that is in the table decides; that there is no such tweet, only where no other error is named.
    private static Verdict failed(WireResponse response, ProviderSays first) {
        Verdict absent = null;
        boolean others = false;
        for (int i = 0; i == 0 || (i < ERRORS_READ && response.has("/errors/" + i)); i++) {
            switch (byCode(response, says(response, "/errors/" + i))) {
                case AlreadyGone gone -> absent = gone;
                case Verdict verdict -> {
                    return verdict;
                }
                case null -> others = true;
            }
        }
        return absent == null || others || response.has("/errors/" + ERRORS_READ) ? byStatus(response, first) : absent;
    }

    private static @Nullable Verdict byCode(WireResponse response, ProviderSays says) {
        String code = says.code() == null ? "" : says.code();
        if (response.status() >= 500 && !code.equals("130")) {
            // An error page or a proxy may follow a delete that was done.
            return null;
        }
        if (readOnly(says)) {
            return new Refused(Reason.PERMISSION_MISSING, says);
        }
        return switch (code) {
            // It can mean nothing else than that there is no such tweet.
            case "144" -> new AlreadyGone(says);
            // A wrong path as well; a tweet that is hidden and may come back.
            case "17", "34", "50", "421", "422" -> new NotFound(says);
            case "183" -> new Refused(Reason.NOT_OWNER, says);
            // An author who is suspended, protected or blocks; plain HTTP; what looks automated.
            case "63", "92", "136", "179", "226" -> new Refused(Reason.REFUSED, says);
            case "3", "36", "38", "44" -> new Refused(Reason.INVALID_REQUEST, says);
            case "32", "89", "99", "215", "231" -> new Refused(Reason.CREDENTIALS_REJECTED, says);
            case "135" -> new Refused(Reason.CLOCK_REJECTED, says);
            // The app or its access level: other credentials for the account change nothing.
            case "87", "93", "220", "261", "416", "453" -> new Refused(Reason.PERMISSION_MISSING, says);
            case "64", "326" -> new Refused(Reason.ACCOUNT_LOCKED, says);
            case "68", "251" -> new Refused(Reason.ENDPOINT_RETIRED, says);
            case "88", "185" -> new Throttled(retryAfter(response), says);
            case "130" -> new Unavailable(retryAfter(response), says);
            case "131" -> new Faulted("an internal error of Twitter", says);
            default -> null;
        };
    }

    /// A read-only app gets a 401 without a code, or code 89, or 261; only the text is the same.
    private static boolean readOnly(ProviderSays says) {
        return says.message() != null && says.message().toLowerCase(Locale.ROOT).contains("read-only application");
    }

    private static Verdict byStatus(WireResponse response, ProviderSays says) {
        return switch (response.status()) {
            case 420, 429 -> new Throttled(retryAfter(response), says);
            default -> Verdict.byStatus(response, says);
        };
    }

    private static ProviderSays says(WireResponse response, String error) {
        return new ProviderSays(
                response.status(),
                response.text(error + "/code", "/code"),
                response.text(error + "/message", "/errors", "/error", "/message"),
                RateLimit.ofHeaders(response, WINDOWS.getFirst()));
    }

    /// Until the last of the used-up windows ends: the limit is over only when all of them are.
    private static @Nullable Duration retryAfter(WireResponse response) {
        Duration wait = response.retryAfter();
        if (wait != null) {
            return wait;
        }
        for (String window : WINDOWS) {
            Long remaining = response.headerCount(window + "-remaining");
            Long reset = response.headerCount(window + "-reset");
            if (reset != null && (remaining == null || remaining == 0)) {
                Duration left = Duration.between(response.receivedAt(), Instant.ofEpochSecond(reset));
                wait = left.isPositive() && (wait == null || left.compareTo(wait) > 0) ? left : wait;
            }
        }
        return wait;
    }
}
