package io.unpost.gateway.battery;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toList;
import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;

import io.unpost.gateway.Api.Word;
import io.unpost.gateway.Call;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/// Providers that limit some of their accounts for a minute, by a clock that the row advances.
@Tag("battery")
@Timeout(600)
@ExtendWith(Battery.Resolver.class)
final class RateLimitsTest {

    private static final int SECONDS = 60;
    private static final Duration LONGEST = Duration.ofMinutes(15);
    /// Too little to wait for the end of a limit of two seconds, and to ask again.
    private static final Duration CALL = Duration.ofSeconds(2);
    /// How often a limited account is asked for a part of its deletes, many at once.
    private static final int VISITS = 4;

    private static final int AT_ONCE = 8;
    private static final double MOST_REFUSED = 0.05;
    private static final double MOST_SLOWER = 1.1;
    /// What chance makes of answers that take as long as before.
    private static final Duration NOISE = Duration.ofMillis(5);

    private static final List<Limit> LIMITS = List.of(
            new Limit(2, 2, false, _ -> "Retry-After: 2"),
            // Between two and three seconds, because a date has no fractions; less the answer's way.
            new Limit(1, 3, false, now -> "Retry-After: " + date(now.plusSeconds(3))),
            new Limit(900, 900, false, _ -> "Retry-After: 1000000000"),
            Limit.withoutEnd("X-Other: 2"),
            Limit.withoutEnd("Retry-After: Wed, 21 Oct 2015 07:28:00 GMT"),
            Limit.withoutEnd("Retry-After: -1"),
            Limit.withoutEnd("Retry-After: soon"),
            Limit.withoutEnd("Retry-After: 2, 3"),
            new Limit(7, 10, true, now -> reset(Long.toString(now.getEpochSecond() + 10))),
            new Limit(900, 900, true, now -> reset(Long.toString(now.getEpochSecond() + 1_000_000_000))),
            Limit.withoutEnd(reset("1445412480")),
            Limit.withoutEnd(reset("-1")),
            Limit.withoutEnd(reset("soon")));

    /// What a provider says of its limit's end.
    ///
    /// @param least seconds that the first caller is told to wait, and that nothing is sent
    /// @param most seconds that any caller is told to wait
    /// @param ofTwitter whether only Twitter says it so, and others mean nothing by it
    /// @param headers lines, made with the answer
    private record Limit(int least, int most, boolean ofTwitter, Function<Instant, String> headers) {

        private static final int USUAL = 60;

        /// One whose end cannot be known.
        static Limit withoutEnd(String headers) {
            return withoutEnd(_ -> headers);
        }

        private static Limit withoutEnd(Function<Instant, String> headers) {
            return new Limit(USUAL, USUAL, false, headers);
        }

        /// Each form has an account for each limit, and as many that are well.
        static boolean isMetBy(Operation operation) {
            return copy(operation) < LIMITS.size();
        }

        static Limit of(Operation operation) {
            Limit limit = LIMITS.get(copy(operation));
            return limit.ofTwitter() && !operation.form().isOfTwitter() ? withoutEnd(limit.headers()) : limit;
        }

        private static int copy(Operation operation) {
            return Integer.parseInt(operation.account().replaceFirst(".*-", ""));
        }

        void answer(Call call) throws Exception {
            var said = call.said(Word.LIMITED);
            call.answer(said.status(), said.body(), headers.apply(Instant.now()));
        }
    }

    private static String date(Instant at) {
        return DateTimeFormatter.RFC_1123_DATE_TIME.format(
                at.truncatedTo(ChronoUnit.SECONDS).atOffset(ZoneOffset.UTC));
    }

    private static String reset(String end) {
        return "x-rate-limit-limit: 50\r\nx-rate-limit-remaining: 0\r\nx-rate-limit-reset: " + end;
    }

    @Test
    void limitIsMetOnceAndKeptAndIsNobodyElses(Battery battery) throws Exception {
        int operations = battery.scaled(2_000);
        int ofForm = Math.ceilDiv(operations, Load.POSTS.size());
        Load load = Load.ofPosts(operations).within(CALL, CALL).of(Math.ceilDiv(ofForm, 2 * LIMITS.size()));
        battery.row("rate limits for a minute", load, row -> {
            List<Operation> well = row.all().stream()
                    .filter(operation -> !Limit.isMetBy(operation))
                    .toList();
            List<Operation> limited = row.all().stream().filter(Limit::isMetBy).toList();
            Map<String, List<Operation>> byAccount =
                    limited.stream().collect(groupingBy(Operation::account, TreeMap::new, toList()));
            Map<String, Limit> limits = limited.stream().collect(toMap(Operation::id, Limit::of));
            row.does(call -> {
                Limit limit = limits.get(call.id());
                if (limit == null) {
                    call.obey();
                } else {
                    limit.answer(call);
                }
            });

            // Cold, the gateway is slower than it will be.
            List<Answered> told = new ArrayList<>(delete(row, part(well, 0, 3)));
            List<Answered> alone = delete(row, part(well, 1, 3));
            var storm = new Storm(row);
            List<Answered> first =
                    row.delete(byAccount.values().stream().map(List::getFirst).toList());
            List<Answered> next = storm.minute(mixed(visits(byAccount), part(well, 2, 3)));
            Duration time = storm.time();
            row.recover(LONGEST);

            Stream.of(alone, first, next).forEach(told::addAll);
            assertThat(told).allSatisfy(RateLimitsTest::isToldOfItsOwnLimit);
            assertThat(first)
                    .allSatisfy(each -> assertThat(wait(each))
                            .as("%s", each)
                            .isGreaterThanOrEqualTo(Limit.of(each.operation()).least()));
            byAccount.values().forEach(ofAccount -> meetsItsLimitInTime(row, ofAccount, time));
            compare(battery, row, alone, next);
            List<Operation> later = next.stream()
                    .map(Answered::operation)
                    .filter(Limit::isMetBy)
                    .toList();
            double refused = sends(row, later) / (double) later.size();
            row.shows("%.1f %% sent where limited".formatted(100 * refused));
            assertThat(refused).isLessThanOrEqualTo(MOST_REFUSED);
        });
    }

    private static void isToldOfItsOwnLimit(Answered each) {
        if (Limit.isMetBy(each.operation())) {
            claims(each, "rate_limited");
            assertThat(wait(each))
                    .as("%s", each)
                    .isBetween(1, Limit.of(each.operation()).most());
        } else {
            claims(each, "deleted by echo");
        }
    }

    private static void claims(Answered each, String claim) {
        assertThat(each.told().claim()).as("%s", each).isEqualTo(claim);
    }

    private static int wait(Answered each) {
        return Integer.parseInt(each.told().header("Retry-After"));
    }

    /// One request for each time that the limit was said to end, and again where it was.
    private static void meetsItsLimitInTime(Row row, List<Operation> ofAccount, Duration time) {
        Limit limit = Limit.of(ofAccount.getFirst());
        assertThat(sends(row, ofAccount))
                .as("%s", ofAccount.getFirst().account())
                .isBetween(
                        limit.most() < SECONDS / VISITS ? 2 : 1, 1 + Math.toIntExact(time.toSeconds()) / limit.least());
    }

    /// What the storm is to accounts that are well: as many callers ask at a time as before it.
    private static void compare(Battery battery, Row row, List<Answered> alone, List<Answered> next) {
        Duration before = p99(alone);
        Duration now = p99(
                next.stream().filter(each -> !Limit.isMetBy(each.operation())).toList());
        row.shows("others' p99 %.1f ms, %.1f ms before".formatted(now.toNanos() / 1e6, before.toNanos() / 1e6));
        if (battery.strict()) {
            assertThat(now.toNanos())
                    .isLessThanOrEqualTo(Math.max(
                            (long) (MOST_SLOWER * before.toNanos()),
                            before.plus(NOISE).toNanos()));
        }
    }

    private static Duration p99(List<Answered> answered) {
        return Figures.of(answered, List.of()).p99();
    }

    private static int sends(Row row, List<Operation> operations) {
        return operations.stream()
                .flatMapToInt(
                        operation -> row.providers().stream().mapToInt(provider -> provider.sends(operation.id())))
                .sum();
    }

    /// Each account's deletes but the first, a part of them at a time.
    private static List<Operation> visits(Map<String, List<Operation>> byAccount) {
        var all = new ArrayList<Operation>();
        for (int visit = 0; visit < VISITS; visit++) {
            for (List<Operation> ofAccount : byAccount.values()) {
                all.addAll(part(ofAccount.subList(1, ofAccount.size()), visit, VISITS));
            }
        }
        return all;
    }

    private static List<Operation> mixed(List<Operation> some, List<Operation> others) {
        var all = new ArrayList<Operation>();
        for (int at = 0; at < some.size(); at++) {
            all.add(some.get(at));
            all.addAll(part(others, at, some.size()));
        }
        return all;
    }

    private static List<Operation> part(List<Operation> all, int part, int parts) {
        return all.subList((int) ((long) all.size() * part / parts), (int) ((long) all.size() * (part + 1) / parts));
    }

    private static List<Answered> delete(Row row, List<Operation> operations) throws InterruptedException {
        var told = new ArrayList<Answered>();
        for (int from = 0; from < operations.size(); from += AT_ONCE) {
            told.addAll(row.delete(operations.subList(from, Math.min(from + AT_ONCE, operations.size()))));
        }
        return told;
    }

    /// A minute of the gateway's time, more on a slow machine.
    private static final class Storm {

        private final Row row;
        private final long start = System.nanoTime();
        private Duration passed = Duration.ZERO;

        Storm(Row row) {
            this.row = row;
        }

        /// Asks for all in what is left of it, evenly.
        List<Answered> minute(List<Operation> all) throws InterruptedException {
            var told = new ArrayList<Answered>();
            for (int second = 0; second < SECONDS; second++) {
                told.addAll(delete(row, part(all, second, SECONDS)));
                Duration early = Duration.ofSeconds(second + 1).minus(time());
                if (early.isPositive()) {
                    row.gateway().pass(early);
                    passed = passed.plus(early);
                }
            }
            return told;
        }

        /// How much of the gateway's time has passed.
        Duration time() {
            return passed.plusNanos(System.nanoTime() - start);
        }
    }
}
