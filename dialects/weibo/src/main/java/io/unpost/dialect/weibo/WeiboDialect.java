package io.unpost.dialect.weibo;

import io.unpost.dialect.CredentialForm;
import io.unpost.dialect.CredentialForm.Scheme;
import io.unpost.dialect.Deletable;
import io.unpost.dialect.Deletable.Visibility;
import io.unpost.dialect.DeleteCommand;
import io.unpost.dialect.Dialect;
import io.unpost.dialect.Item;
import io.unpost.dialect.Kind;
import io.unpost.dialect.Option;
import io.unpost.dialect.Options;
import io.unpost.dialect.Outcome.Verdict;
import io.unpost.dialect.PercentEncoding;
import io.unpost.dialect.ProviderSays;
import io.unpost.dialect.Reason;
import io.unpost.dialect.SpelledTime;
import io.unpost.dialect.WireRequest;
import io.unpost.dialect.WireResponse;
import java.net.URI;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Sina Weibo API v1.
public final class WeiboDialect implements Dialect {

    private static final Pattern ID = Pattern.compile("[1-9][0-9]{0,18}");
    private static final String DIGITS = "1 to 19 digits, the first not 0";
    private static final Facts FACTS = new Facts(
            "weibo-v1",
            "Sina Weibo",
            URI.create("https://open.weibo.com/wiki/Statuses/destroy"),
            URI.create("http://api.t.sina.com.cn"),
            List.of(
                    new Deletable(Kind.POSTS, ID, DIGITS),
                    // A status of its own, which Weibo deletes as any other.
                    new Deletable(Kind.REPOSTS, ID, DIGITS, Visibility.EVERYONE, Kind.POSTS),
                    new Deletable(Kind.MESSAGES, ID, DIGITS, Visibility.OWN_VIEW, Kind.MESSAGES)),
            List.of(new CredentialForm(Scheme.BASIC, List.of("source")), new CredentialForm(Scheme.OAUTH1)),
            List.of(new Option("format", List.of("json", "xml")), new Option("method", List.of("post", "delete"))));
    // The code is in the text; error_code repeats the HTTP status.
    private static final Pattern CODE = Pattern.compile("\\s*+([0-9]{5})\\s*+(?:[:：]|$)");
    // Nothing, or what fails inside, as "系统繁忙" (the system is busy); not "操作过于频繁，请稍后再试" (too frequent).
    private static final Pattern FAILURE = Pattern.compile(
            "(?is)[\\s0-9]*+[:：]?\\s*+(error\\s*+[:：]?)?\\s*+|(?!.*(频繁|黑名单|隐私|frequent|blacklist|privacy|spam))"
                    + ".*(内部|系统|服务|数据库|网络|未知|错误|失败|异常|超时|繁忙|稍后|try again|time.?out"
                    + "|\\b(internal|system|server|service|database|db|unknown|fail(ed|ure)?|busy)\\b).*");

    @Override
    public Facts facts() {
        return FACTS;
    }

    @Override
    public WireRequest encode(DeleteCommand command, Options options) {
        String family = command.kind().equals(Kind.MESSAGES) ? "/direct_messages" : "/statuses";
        String path = family + "/destroy/" + PercentEncoding.encode(command.id()) + "." + options.get("format");
        return options.get("method").equals("delete") ? WireRequest.delete(path) : WireRequest.post(path);
    }

    @Override
    public Verdict decode(DeleteCommand command, WireResponse response) {
        String error = response.text("/error");
        Matcher code = error == null ? null : CODE.matcher(error);
        String known = code != null && code.lookingAt() ? code.group(1) : response.text("/error_code");
        var says = new ProviderSays(response.status(), known, error, null);
        boolean wrong = response.has("/error") || response.has("/error_code");
        if (wrong && (response.has("/id") || (error == null && response.has("/error")))) {
            return new Verdict.Faulted("an error beside a confirmation, or one that cannot be read", says);
        }
        // A redirect is no answer, and an error page or a proxy may follow a delete that was done.
        if (response.status() / 100 == 3 || response.status() >= 500) {
            return Verdict.byStatus(response, says);
        }
        if (wrong || response.status() != 200) {
            return failed(command, response, says);
        }
        String id = response.at("/id").orElse("");
        if (id.equals(command.id())) {
            return Verdict.Deleted.echo(item(command, response), says);
        }
        return ID.matcher(id).matches() ? new Verdict.Mismatched(id, says) : Verdict.byStatus(response, says);
    }

    private static Verdict failed(DeleteCommand command, WireResponse response, ProviderSays says) {
        boolean message = command.kind().equals(Kind.MESSAGES);
        var rejected = new Verdict.Refused(Reason.CREDENTIALS_REJECTED, says);
        return switch (says.code() == null ? "" : says.code()) {
            // "Does not exist", of a status and of a message.
            case "40031" -> message ? new Verdict.NotFound(says) : new Verdict.AlreadyGone(says);
            case "40010" -> message ? new Verdict.AlreadyGone(says) : new Verdict.NotFound(says);
            // Missing or somebody else's.
            case "40015" -> new Verdict.NotFound(says);
            case "40002", "40021", "40036", "40053" -> new Verdict.Refused(Reason.NOT_OWNER, says);
            case "40001", "40016", "40019", "40054" -> new Verdict.Refused(Reason.INVALID_REQUEST, says);
            // A format or a verb that is not served; blocked content.
            case "40007", "40307", "40037", "40038" -> new Verdict.Refused(Reason.REFUSED, says);
            case "40060" -> new Verdict.Faulted("a database error of Weibo", says);
            // Whatever has no code of its own: refusals in words, and failures inside, which prove nothing.
            case "40028" ->
                says.message() == null || FAILURE.matcher(says.message()).matches()
                        ? new Verdict.Faulted("an internal error of Weibo", says)
                        : new Verdict.Refused(Reason.REFUSED, says);
            case "40022", "40042", "40044", "40072", "40302", "40309" -> rejected;
            case "40101", "40102", "40103", "40106", "40107", "40108", "40109" -> rejected;
            case "40110", "40111", "40112", "40113", "40114" -> rejected;
            case "40104" -> new Verdict.Refused(Reason.CLOCK_REJECTED, says);
            // No nonce is used twice here, so this very request has been there before.
            case "40105" -> new Verdict.Faulted("Weibo had this request twice", says);
            // The app, its level or its address: other credentials for the account change nothing.
            case "40040", "40070", "40085", "40314" -> new Verdict.Refused(Reason.PERMISSION_MISSING, says);
            case "40313" -> new Verdict.Refused(Reason.ACCOUNT_LOCKED, says);
            case "40304", "40305", "40306", "40308", "40312" -> new Verdict.Throttled(response.retryAfter(), says);
            default ->
                response.status() == 402
                        ? new Verdict.Refused(Reason.ACCOUNT_LOCKED, says)
                        : Verdict.byStatus(response, says);
        };
    }

    private static Item item(DeleteCommand command, WireResponse status) {
        String author = command.kind().equals(Kind.MESSAGES) ? "/sender" : "/user";
        String client = status.text("/source/a/", "/source/a");
        return new Item(
                command.id(),
                status.text("/text"),
                status.time("/created_at", SpelledTime::read),
                client == null
                        ? Item.Source.ofMarkup(status.text("/source"))
                        : new Item.Source(client.strip(), status.text("/source/a/href")),
                Item.InReplyTo.of(status.text("/in_reply_to_status_id"), status.text("/in_reply_to_user_id")),
                new Item.Counts(null, null, null),
                status.has(author) ? author(command, status) : null);
    }

    private static Item.Author author(DeleteCommand command, WireResponse status) {
        boolean message = command.kind().equals(Kind.MESSAGES);
        return new Item.Author(
                status.text(message ? "/sender/id" : "/user/id"),
                status.text(message ? "/sender/screen_name" : "/user/screen_name"),
                status.text(message ? "/sender/name" : "/user/name"),
                status.text(message ? "/sender/url" : "/user/url"),
                status.text(message ? "/sender/profile_image_url" : "/user/profile_image_url"),
                status.flag(message ? "/sender/verified" : "/user/verified"),
                status.flag(message ? "/sender/protected" : "/user/protected"));
    }
}
