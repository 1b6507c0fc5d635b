package io.unpost.gateway.battery;

import static java.util.stream.Collectors.groupingBy;
import static org.assertj.core.api.Assertions.assertThat;

import io.unpost.gateway.Call;
import io.unpost.gateway.Form;
import io.unpost.gateway.Tweets;
import io.unpost.gateway.Weibos;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/// A gateway whose clock is wrong, and jumps.
@Tag("battery")
@Timeout(600)
@ExtendWith(Battery.Resolver.class)
final class ClocksTest {

    private static final List<Duration> JUMPS = List.of(
            Duration.ofMinutes(10), Duration.ofMinutes(-10), Duration.ofDays(1), Duration.ofDays(-1), Duration.ZERO);
    private static final Duration TOLERANCE = Duration.ofMinutes(5);
    private static final Pattern TIMESTAMP = Pattern.compile("oauth_timestamp=\"([0-9]+)\"");
    private static final int PER_ACCOUNT = 40;
    private static final List<Form> SIGNED = Form.all()
            .filter(form -> form.kind().equals("posts"))
            .filter(form -> form.isOfTwitter()
                    || List.of("weibo-oauth1-post-json", "weibo-oauth1-delete-xml")
                            .contains(form.account()))
            .toList();

    /// The deletes of an account follow each other; a jump comes while those of several accounts are under way.
    @Test
    void jumpOfTheClockCostsAnAccountOneSend(Battery battery) throws Exception {
        Load load = RowTime.load(Load.of(SIGNED, battery.scaled(500)).of(battery.scaled(PER_ACCOUNT)));
        List<List<Operation>> rounds = rounds(load.all());
        battery.row("clock off by minutes and days, and jumping", load, row -> {
            var time = RowTime.of(row);
            row.providers().forEach(provider -> provider.api().ignoreTime());
            var pending = new AtomicReference<@Nullable Duration>();
            row.does(call -> {
                Duration jump = pending.getAndSet(null);
                if (jump != null) {
                    time.turn(jump);
                }
                if (isTimely(call)) {
                    call.obey();
                } else {
                    refuse(call);
                }
            });
            int each = Math.ceilDiv(rounds.size(), JUMPS.size());
            int extra = 0;
            for (int jump = 0; jump < JUMPS.size(); jump++) {
                pending.set(JUMPS.get(jump));
                var sends = new HashMap<String, Integer>();
                for (List<Operation> round : rounds.subList(jump * each, Math.min((jump + 1) * each, rounds.size()))) {
                    for (Answered answered : row.delete(round)) {
                        assertThat(answered.told().claim()).as("%s", answered).isEqualTo("deleted by echo");
                        sends.merge(answered.operation().account(), sends(row, answered.operation()) - 1, Integer::sum);
                    }
                }
                assertThat(sends)
                        .as("jump %s", JUMPS.get(jump))
                        .allSatisfy((_, more) -> assertThat(more).isLessThanOrEqualTo(1));
                extra += sends.values().stream().mapToInt(Integer::intValue).sum();
            }
            row.shows(extra + " sends refused over the time");
            // The clock was off whenever it had jumped.
            assertThat(extra).isGreaterThan(rounds.getFirst().size());
        });
    }

    private static int sends(Row row, Operation operation) {
        return row.providers().stream()
                .mapToInt(provider -> provider.sends(operation.id()))
                .sum();
    }

    /// The next delete of each account, by turns.
    private static List<List<Operation>> rounds(List<Operation> all) {
        Map<String, List<Operation>> byAccount = all.stream().collect(groupingBy(Operation::account));
        var rounds = new ArrayList<List<Operation>>();
        byAccount.values().forEach(operations -> {
            for (int at = 0; at < operations.size(); at++) {
                if (at == rounds.size()) {
                    rounds.add(new ArrayList<>());
                }
                rounds.get(at).add(operations.get(at));
            }
        });
        return rounds;
    }

    private static boolean isTimely(Call call) {
        Matcher timestamp = TIMESTAMP.matcher(call.request().header("Authorization"));
        return timestamp.find()
                && Duration.between(Instant.ofEpochSecond(Long.parseLong(timestamp.group(1))), Instant.now())
                                .abs()
                                .compareTo(TOLERANCE)
                        <= 0;
    }

    /// With the provider's code for it, or without a word.
    private static void refuse(Call call) throws Exception {
        String date = "Date: "
                + DateTimeFormatter.RFC_1123_DATE_TIME.format(Instant.now().atOffset(ZoneOffset.UTC));
        String path = call.request().path();
        String error = "40104:Oauth Error: timestamp refused!";
        if (Long.parseLong(call.id()) % 2 == 0) {
            call.answer(401, "", date);
        } else if (path.startsWith("/1.1/")) {
            call.answer(401, Tweets.error(135), date);
        } else if (path.endsWith(".xml")) {
            call.answer(401, Weibos.xmlError(path, 401, error), date);
        } else {
            call.answer(401, Weibos.jsonError(path, 401, error), date);
        }
    }
}
