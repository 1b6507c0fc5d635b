package io.unpost.gateway;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

/// One form in which a provider is asked to delete something, and what a caller is told of its answers.
///
/// @param account named after its provider, method, format and scheme
/// @param line the request line, `%s` for the id
/// @param evidence what a success rests on
/// @param itemised whether a success shows what was deleted
/// @param gone what is told of what is gone
/// @param foreign what is told of what is somebody else's
public record Form(
        String account,
        String kind,
        String line,
        String evidence,
        String visibility,
        boolean itemised,
        String gone,
        String foreign) {

    public static final String TWITTER = "twitter";

    private static final AtomicLong IDS = new AtomicLong(1_000_000);
    private static final String SOURCE = "?source=app-key%%2Bof%%3Dthe%%26tests";

    /// Twitter's four.
    public static List<Form> ofTwitter() {
        String post = "POST /1.1/";
        return List.of(
                twitter("posts", post + "statuses/destroy/%s.json", "echo", "already_gone", "not_owner"),
                twitter("reposts", post + "statuses/unretweet/%s.json", "acknowledged", "already_gone", "not_owner"),
                // Of these Twitter does not tell what is gone from what is somebody else's.
                twitter(
                        "messages",
                        "DELETE /1.1/direct_messages/events/destroy.json?id=%s",
                        "acknowledged",
                        "not_found",
                        "not_found"),
                twitter(
                        "collections",
                        post + "collections/destroy.json?id=%s",
                        "acknowledged",
                        "not_found",
                        "not_found"));
    }

    /// Weibo's sixteen, and those of reposts, which are posts.
    public static List<Form> ofWeibo() {
        var forms = new ArrayList<Form>();
        for (String scheme : List.of("basic", "oauth1")) {
            for (String method : List.of("post", "delete")) {
                for (String format : List.of("json", "xml")) {
                    for (String kind : List.of("posts", "reposts", "messages")) {
                        forms.add(weibo(scheme, method, format, kind));
                    }
                }
            }
        }
        return List.copyOf(forms);
    }

    public static Stream<Form> all() {
        return Stream.concat(ofTwitter().stream(), ofWeibo().stream());
    }

    private static Form twitter(String kind, String line, String evidence, String gone, String foreign) {
        boolean tweet = kind.equals("posts") || kind.equals("reposts");
        return new Form(TWITTER, kind, line, evidence, visibility(kind), tweet, gone, foreign);
    }

    private static Form weibo(String scheme, String method, String format, String kind) {
        String path = kind.equals("messages") ? "/direct_messages/destroy/%s." : "/statuses/destroy/%s.";
        return new Form(
                "weibo-" + scheme + "-" + method + "-" + format,
                kind,
                method.toUpperCase(Locale.ROOT) + " " + path + format + (scheme.equals("basic") ? SOURCE : ""),
                "echo",
                visibility(kind),
                true,
                "already_gone",
                "not_owner");
    }

    private static String visibility(String kind) {
        return kind.equals("messages") ? "own_view" : "everyone";
    }

    /// The accounts file with an account for each form.
    ///
    /// @param more keys each account has beside the usual ones, as YAML in braces; may be empty
    public static String accounts(Provider twitter, Provider weibo, String more) {
        var accounts = new StringBuilder(Gateway.accounts(twitter, Map.of(TWITTER, more)));
        ofWeibo().stream().map(Form::account).distinct().forEach(account -> {
            String[] words = account.split("-", 4);
            String credentials = words[1].equals("basic")
                    ? WeiboApi.basic(Provider.USER, Provider.PASSWORD, Provider.APP_KEY)
                    : WeiboApi.oauth1(Provider.TOKEN_SECRET);
            String choice = "method: " + words[2] + ", format: " + words[3] + (more.isEmpty() ? "" : ", " + more);
            accounts.append(WeiboApi.account(account, weibo.port(), credentials, choice));
        });
        return accounts.toString();
    }

    public boolean isOfTwitter() {
        return account.equals(TWITTER);
    }

    /// The provider that is asked.
    public Provider at(Provider twitter, Provider weibo) {
        return isOfTwitter() ? twitter : weibo;
    }

    /// An id that nothing had before.
    public String newId() {
        return (kind.equals("collections") ? "custom-" : "") + IDS.getAndIncrement();
    }

    /// Where the gateway's callers delete this.
    public String path(String id) {
        return account + "/" + kind + "/" + id;
    }

    @Override
    public String toString() {
        return account + " " + kind;
    }
}
