package io.unpost.gateway.battery;

import static org.assertj.core.api.Assertions.assertThat;

import io.unpost.gateway.Api.Word;
import io.unpost.gateway.Call;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/// Providers that are in trouble for a minute, by a clock that the rows advance.
@Tag("battery")
@Timeout(600)
@ExtendWith(Battery.Resolver.class)
final class StormsTest {

    private static final int SECONDS = 60;
    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final Duration BREAKER = Duration.ofSeconds(10);
    private static final Duration LONGEST_LIMIT = Duration.ofMinutes(15);

    /// Half of what fails was done. Few accounts, so that many deletes of each are under way.
    @Test
    void burstOfServerErrorsIsNeverARefusal(Battery battery) throws Exception {
        List<Fault> faults = Stream.of(When.BEFORE_COMMIT, When.AFTER_COMMIT)
                .flatMap(when -> Fault.each(when, Stream.of(500, 502, 503, 504).map(Acts::page)).stream())
                .toList();
        int operations = battery.scaled(5_000);
        battery.row("500, 502, 503, 504 for a minute", Load.ofPosts(operations).of(operations), row -> {
            row.does(new Faults(row.seed(), faults, 0.3, Integer.MAX_VALUE));
            List<Answered> all = row.deleteAllWithin(Duration.ofSeconds(SECONDS));
            double sends = row.figures().sends();
            row.recover(BREAKER);

            assertThat(all)
                    .allSatisfy(each -> assertThat(each.told().claim())
                            .as("%s", each)
                            // An open circuit breaker, which the checker holds against the sends: there are none.
                            .isIn("deleted by echo", "deleted by absence", "outcome_unknown", "provider_unavailable"));
            assertThat(all.stream().map(each -> each.told().claim()))
                    .contains("deleted by echo", "deleted by absence", "outcome_unknown");
            assertThat(sends).isLessThanOrEqualTo(1.2);
        });
    }

    @Test
    void rateLimitIsMetOnceAndKept(Battery battery) throws Exception {
        int operations = battery.scaled(2_000);
        // Three accounts of each form, and not so much time that a chain waits for its limit's end.
        Load load = Load.ofPosts(operations)
                .within(Duration.ofMillis(500), SECOND)
                .of(Math.ceilDiv(Math.ceilDiv(operations, Load.POSTS.size()), 3));
        battery.row("rate limits for a minute", load, row -> {
            List<String> accounts = row.all().stream()
                    .map(Operation::account)
                    .distinct()
                    .sorted()
                    .toList();
            row.does(call -> limited(call, accounts));
            List<Answered> all = minute(row);
            row.recover(LONGEST_LIMIT);

            assertThat(all).allSatisfy(each -> {
                if (isWell(accounts.indexOf(each.operation().account()))) {
                    assertThat(each.told().claim()).as("%s", each).isEqualTo("deleted by echo");
                } else {
                    assertThat(each.told().claim()).as("%s", each).isEqualTo("rate_limited");
                    assertThat(Integer.parseInt(each.told().header("Retry-After")))
                            .isBetween(1, Math.toIntExact(LONGEST_LIMIT.toSeconds()));
                }
            });
            // Of the first second, many are under way before the first has its answer.
            List<Answered> later = all.subList(all.size() / SECONDS, all.size());
            long met = later.stream()
                    .filter(each -> !isWell(accounts.indexOf(each.operation().account())))
                    .filter(each -> !each.told().at("/attempts").equals("0"))
                    .count();
            assertThat(met).isLessThanOrEqualTo(later.size() / 20);
        });
    }

    private static boolean isWell(int account) {
        return account >= 7;
    }

    /// The first accounts are Twitter's.
    private static void limited(Call call, List<String> accounts) throws Exception {
        int account = 0;
        while (!Checker.owns(accounts.get(account), call.caller())) {
            account++;
        }
        long reset = Instant.now().getEpochSecond() + 10;
        String[] headers = switch (account) {
            case 0 -> new String[] {"Retry-After: 2"};
            case 1 ->
                new String[] {"x-rate-limit-limit: 50", "x-rate-limit-remaining: 0", "x-rate-limit-reset: " + reset};
            case 3 -> new String[] {"Retry-After: 1000000000"};
            case 4 -> new String[] {"Retry-After: Wed, 21 Oct 2015 07:28:00 GMT"};
            case 5 -> new String[] {"Retry-After: -1"};
            case 6 -> new String[] {"Retry-After: soon"};
            default -> new String[0];
        };
        if (isWell(account)) {
            call.obey();
        } else {
            var said = call.said(Word.LIMITED);
            call.answer(said.status(), said.body(), headers);
        }
    }

    /// Asks for everything within a minute, evenly.
    private static List<Answered> minute(Row row) throws InterruptedException {
        List<Operation> all = row.all();
        var answered = new ArrayList<Answered>();
        for (int second = 0; second < SECONDS; second++) {
            answered.addAll(
                    row.delete(all.subList(all.size() * second / SECONDS, all.size() * (second + 1) / SECONDS)));
            row.gateway().pass(SECOND);
        }
        return answered;
    }
}
