package io.unpost.gateway.battery;

import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;

import io.unpost.gateway.Call;
import io.unpost.gateway.Form;
import io.unpost.gateway.Tweets;
import io.unpost.gateway.Weibos;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/// Every code that the providers document, under its status and in a 200.
@Tag("battery")
@Timeout(600)
@ExtendWith(Battery.Resolver.class)
final class ErrorCodesTest {

    private static final String GONE = "already_gone by absence";
    private static final String NOT_FOUND = "not_found";

    private static final String TWITTER = """
        already_gone by absence: 144 with 404
        not_found: 17 34 50 421 422 with 404
        not_owner: 183 with 403
        refused: 63 92 136 179 226 with 403
        invalid_request: 3 36 38 44 with 400
        credentials_rejected: 32 89 99 135 215 231 with 401
        permission_missing: 87 93 220 261 416 453 with 403
        account_locked: 64 326 with 403
        endpoint_retired: 68 251 with 410
        rate_limited: 88 with 429
        rate_limited: 185 with 403
        rate_limited: 88 with 420
        provider_unavailable: 130 with 503
        outcome_unknown: 131 with 500
        """;

    private static final String WEIBO = """
        already_gone by absence: 40031 with 400
        not_found: 40010 40015 with 400
        not_owner: 40002 40021 40036 40053 with 400
        invalid_request: 40001 40016 40019 40054 with 400
        refused: 40007 40037 40038 40307 with 403
        refused: 40028:操作过于频繁，请稍后再试 with 400
        outcome_unknown: 40028:系统繁忙 40060 40105 with 400
        credentials_rejected: 40022 40042 40044 40072 with 400
        credentials_rejected: 40302 40309 with 403
        credentials_rejected: 40101 40102 40103 40104 40106 40107 40108 40109 with 401
        credentials_rejected: 40110 40111 40112 40113 40114 with 401
        permission_missing: 40040 40070 40085 40314 with 403
        account_locked: 40313 with 403
        rate_limited: 40304 40305 40306 40308 40312 with 403
        """;

    /// What says less of a message or a collection than of a tweet, and the other way round.
    private static final Map<String, String> OF_NO_TWEET = Map.of("144", NOT_FOUND);

    private static final Map<String, String> OF_MESSAGES_AT_WEIBO = Map.of("40031", NOT_FOUND, "40010", GONE);

    private static final List<Case> OF_TWITTER = cases(TWITTER);
    private static final List<Case> OF_WEIBO = cases(WEIBO);

    /// Of each dialect and format one form for each kind.
    private static final List<Form> FORMS = Form.all()
            .filter(form -> form.isOfTwitter() || form.account().startsWith("weibo-basic-post-"))
            .toList();

    /// A limit is remembered, so each has an account of its own.
    private static final Load LOAD = Load.of(FORMS, FORMS.size() * Math.max(OF_TWITTER.size(), OF_WEIBO.size()))
            .of(1);

    /// An error.
    ///
    /// @param claim what callers are told of it, of most kinds
    private record Case(String code, int status, String claim) {

        /// Ids of one form follow each other, so that each case has its turn.
        static Case of(Operation operation) {
            List<Case> cases = operation.form().isOfTwitter() ? OF_TWITTER : OF_WEIBO;
            return cases.get((int) (Long.parseLong(operation.id().replace("custom-", "")) % cases.size()));
        }

        /// What callers are told of it.
        String claim(Form form) {
            boolean message = form.kind().equals("messages");
            if (form.isOfTwitter()) {
                return message || form.kind().equals("collections") ? OF_NO_TWEET.getOrDefault(code, claim) : claim;
            }
            return message ? OF_MESSAGES_AT_WEIBO.getOrDefault(code, claim) : claim;
        }

        void answer(Call call) throws Exception {
            String path = call.request().path();
            String text = code.contains(":") ? code : code + ":Error: some words";
            if (path.startsWith("/1.1/")) {
                call.answer(status, Tweets.error(Integer.parseInt(code)));
            } else {
                call.answer(
                        status,
                        path.endsWith(".xml")
                                ? Weibos.xmlError(path, status, text)
                                : Weibos.jsonError(path, status, text));
            }
        }
    }

    @Test
    void everyCodeIsTold(Battery battery) throws Exception {
        battery.row("every error code, in a 200 too", LOAD, row -> {
            Map<String, Case> cases = cases(row);
            row.does(call -> of(cases, call).answer(call));

            List<Answered> all = row.deleteAll();
            row.gateway().pass(Duration.ofMinutes(15));

            assertThat(all).allSatisfy(each -> {
                Case error = Case.of(each.operation());
                claims(each, error, error.claim(each.operation().form()));
            });
        });
    }

    /// What was asked for before may be done: only the definite absence says that it is.
    @Test
    void noCodeButAbsenceSettlesWhatMayHaveBeenDone(Battery battery) throws Exception {
        List<Fault> lost = Fault.each(When.AFTER_COMMIT, Stream.of(Acts.page(502), Acts.FIN, Acts.RST));
        battery.row("every error code, after an answer that was lost", LOAD, row -> {
            Map<String, Case> cases = cases(row);
            var first = Faults.once(row.seed(), lost);
            row.does(call -> {
                if (call.first()) {
                    first.play(call);
                } else {
                    of(cases, call).answer(call);
                }
            });

            List<Answered> all = row.deleteAll();
            row.gateway().pass(Duration.ofMinutes(15));

            assertThat(all).allSatisfy(each -> {
                Case error = Case.of(each.operation());
                boolean absent = error.claim(each.operation().form()).equals(GONE);
                claims(each, error, absent ? "deleted by absence" : "outcome_unknown");
            });
        });
    }

    private static void claims(Answered each, Case error, String claim) {
        assertThat(each.told().claim()).as("%s: %s", error, each).isEqualTo(claim);
    }

    private static Map<String, Case> cases(Row row) {
        return row.all().stream().collect(toMap(Operation::id, Case::of));
    }

    private static Case of(Map<String, Case> cases, Call call) {
        return requireNonNull(cases.get(call.id()));
    }

    private static List<Case> cases(String table) {
        return table.lines()
                .flatMap(line -> {
                    String[] parts = line.split(": | with ", 3);
                    int status = Integer.parseInt(parts[2]);
                    return Stream.of(parts[1].split(" "))
                            .flatMap(
                                    code -> Stream.of(new Case(code, status, parts[0]), new Case(code, 200, parts[0])));
                })
                .toList();
    }
}
