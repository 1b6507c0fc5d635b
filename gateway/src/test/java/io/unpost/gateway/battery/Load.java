package io.unpost.gateway.battery;

import io.unpost.gateway.Form;
import io.unpost.gateway.Provider;
import io.unpost.gateway.WeiboApi;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// How much a row asks for, and of whom.
///
/// @param forms what is deleted, in turn
/// @param operations how many deletes
/// @param perAccount how many of them for one account at most; 5 failures of 10 deletes would open its circuit breaker
/// @param keys what each account has beside the usual keys, as YAML in braces; may be empty
/// @param call how long a call may take
/// @param settings of the gateway
record Load(
        List<Form> forms, int operations, int perAccount, String keys, Duration call, Map<String, Object> settings) {

    private static final int FEW = 4;
    private static final int FIRST_ID = 1_000_000;

    /// Each form in turn, with at most 4 operations for an account.
    static Load of(List<Form> forms, int operations) {
        return new Load(forms, operations, FEW, "", Duration.ofSeconds(10), Map.of());
    }

    /// One form of each dialect and format: tweets, and statuses in JSON and XML.
    static Load ofPosts(int operations) {
        return of(POSTS, operations);
    }

    /// One form of each dialect and format.
    static final List<Form> POSTS = Form.all()
            .filter(form -> form.kind().equals("posts"))
            .filter(form -> form.isOfTwitter() || form.account().startsWith("weibo-basic-post-"))
            .toList();

    /// With these keys for each account.
    Load with(String keys) {
        return new Load(forms, operations, perAccount, keys, call, settings);
    }

    /// With so many operations for an account at most, where they do not all fail.
    Load of(int perAccount) {
        return new Load(forms, operations, perAccount, keys, call, settings);
    }

    /// With so much time for an attempt and for a call.
    Load within(Duration attempt, Duration call) {
        String timeouts = "timeouts: {connect: %1$dms, attempt: %1$dms, call: %2$dms}"
                .formatted(attempt.toMillis(), call.toMillis());
        return new Load(forms, operations, perAccount, timeouts, call, settings);
    }

    /// With these settings of the gateway.
    Load set(Map<String, Object> settings) {
        return new Load(forms, operations, perAccount, keys, call, settings);
    }

    /// The deletes: accounts take turns, so that those of one account are far from each other, and the ids of one form
    /// follow each other.
    List<Operation> all() {
        return from(FIRST_ID, operations);
    }

    /// Others, by the same accounts.
    List<Operation> others(int operations) {
        return from(2 * FIRST_ID, operations);
    }

    /// Two more for each account, one after the other.
    List<Operation> probes() {
        return from(3 * FIRST_ID, 2 * copies() * forms.size());
    }

    private List<Operation> from(int firstId, int count) {
        int ofForm = Math.ceilDiv(count, forms.size());
        var all = new ArrayList<Operation>();
        for (int at = 0; at < ofForm; at++) {
            for (int form = 0; form < forms.size(); form++) {
                String id = Integer.toString(firstId + form * ofForm + at);
                all.add(new Operation(
                        forms.get(form),
                        account(forms.get(form), at % copies()),
                        forms.get(form).kind().equals("collections") ? "custom-" + id : id));
            }
        }
        return all;
    }

    private int copies() {
        return Math.ceilDiv(Math.ceilDiv(operations, forms.size()), perAccount);
    }

    private static String account(Form form, int copy) {
        return form.account() + "-" + form.kind() + "-" + copy;
    }

    /// The accounts file; each account has a token or a user of its own.
    String accounts(Provider twitter, Provider weibo) {
        var accounts = new LinkedHashMap<String, Form>();
        all().forEach(operation -> accounts.put(operation.account(), operation.form()));
        var file = new StringBuilder("accounts:\n");
        accounts.forEach((name, form) -> file.append(account(name, form, twitter, weibo)));
        return file.toString();
    }

    private String account(String name, Form form, Provider twitter, Provider weibo) {
        String more = keys.isEmpty() ? "" : ", " + keys;
        String oauth1 = WeiboApi.oauth1(Provider.TOKEN + "-" + name, Provider.TOKEN_SECRET);
        if (form.isOfTwitter()) {
            return """
                  %s: {dialect: twitter-v1.1, base-url: "http://127.0.0.1:%d", credentials: {%s}%s}
                """.formatted(name, twitter.port(), oauth1, more);
        }
        String[] words = form.account().split("-", 4);
        return WeiboApi.account(
                name,
                weibo.port(),
                words[1].equals("basic")
                        ? WeiboApi.basic(name + "." + Provider.USER, Provider.PASSWORD, Provider.APP_KEY)
                        : oauth1,
                "method: " + words[2] + ", format: " + words[3] + more);
    }
}
