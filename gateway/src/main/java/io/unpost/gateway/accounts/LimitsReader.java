package io.unpost.gateway.accounts;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Reads how long and how often an account's deletes may try, and how much it may ask of its provider.
final class LimitsReader {

    private static final List<String> KEYS = List.of("connect", "attempt", "call");
    private static final Pattern DURATION = Pattern.compile("([1-9][0-9]{0,6})(ms|s|m|h)");
    private static final Pattern NUMBER = Pattern.compile("[1-9][0-9]{0,6}");
    private static final int MOST_ATTEMPTS = 10;
    private static final int MOST_IN_FLIGHT = 10_000;
    private static final int MOST_CALLS = 1_000_000;
    private static final List<String> BUDGET_KEYS = List.of("calls", "per");
    private static final Duration LONGEST = Duration.ofMinutes(10);
    private static final Duration LONGEST_BUDGET = Duration.ofHours(24);

    /// No attempt begins with less than 250 ms left, so a call that is hardly longer might never send anything.
    private static final Duration SHORTEST_CALL = Duration.ofMillis(500);

    private LimitsReader() {}

    /// What the account says, and for the rest what is usual, cut down to fit: a call of 2s has attempts of 2s.
    static Limits read(Section account) {
        Limits usual = Limits.DEFAULT;
        int attempts = number(account, "attempts", MOST_ATTEMPTS).orElse(usual.attempts());
        int maxInFlight = number(account, "max-in-flight", MOST_IN_FLIGHT).orElse(usual.maxInFlight());
        Limits timed = account.section("timeouts", "a mapping with the keys " + String.join(", ", KEYS))
                .map(LimitsReader::timed)
                .orElse(usual);
        Limits.Budget budget = account.section("budget", "a mapping with the keys " + String.join(", ", BUDGET_KEYS))
                .flatMap(LimitsReader::budget)
                .orElse(usual.budget());
        return new Limits(timed.connect(), timed.attempt(), timed.call(), attempts, maxInFlight, budget);
    }

    private static Optional<Limits.Budget> budget(Section budget) {
        budget.allowOnly(BUDGET_KEYS, String.join(", ", BUDGET_KEYS));
        String rule = "a time from 1s to 24h, written as 30s, 15m or 1h";
        BUDGET_KEYS.stream().filter(key -> !budget.has(key)).forEach(key -> budget.mistake(key, "is missing"));
        Optional<Integer> calls = number(budget, "calls", MOST_CALLS);
        Optional<Duration> per = duration(budget, "per", Duration.ofSeconds(1), LONGEST_BUDGET, rule);
        return calls.flatMap(most -> per.map(time -> new Limits.Budget(most, time)));
    }

    private static Optional<Integer> number(Section section, String key, int most) {
        String rule = "a whole number from 1 to " + most;
        return section.text(key, rule).flatMap(text -> {
            Optional<Integer> number = Optional.of(text)
                    .filter(digits -> NUMBER.matcher(digits).matches())
                    .map(Integer::valueOf)
                    .filter(value -> value <= most);
            if (number.isEmpty()) {
                section.mistake(key, "must be " + rule);
            }
            return number;
        });
    }

    private static Limits timed(Section timeouts) {
        timeouts.allowOnly(KEYS, String.join(", ", KEYS));
        Duration call = duration(timeouts, "call", SHORTEST_CALL, "500ms").orElse(Limits.DEFAULT.call());
        Duration attempt = within(timeouts, "attempt", Limits.DEFAULT.attempt(), "call", call);
        Duration connect = within(timeouts, "connect", Limits.DEFAULT.connect(), "attempt", attempt);
        Limits usual = Limits.DEFAULT;
        return new Limits(connect, attempt, call, usual.attempts(), usual.maxInFlight(), usual.budget());
    }

    private static Duration within(Section timeouts, String key, Duration usual, String outerKey, Duration outer) {
        Duration shorter = usual.compareTo(outer) < 0 ? usual : outer;
        Duration given = duration(timeouts, key, Duration.ofMillis(1), "1ms").orElse(shorter);
        if (given.compareTo(outer) > 0) {
            String unless = timeouts.has(outerKey) ? "" : ", which is " + written(outer) + " where it is not given";
            timeouts.mistake(key, "must not be longer than " + outerKey + unless);
        }
        return given;
    }

    private static Optional<Duration> duration(Section timeouts, String key, Duration shortest, String shown) {
        return duration(
                timeouts, key, shortest, LONGEST, "a time from " + shown + " to 10m, written as 500ms, 3s or 1m");
    }

    private static Optional<Duration> duration(
            Section section, String key, Duration shortest, Duration longest, String rule) {
        return section.text(key, rule).flatMap(text -> {
            Optional<Duration> duration =
                    parse(text).filter(time -> time.compareTo(shortest) >= 0 && time.compareTo(longest) <= 0);
            if (duration.isEmpty()) {
                section.mistake(key, "must be " + rule);
            }
            return duration;
        });
    }

    private static Optional<Duration> parse(String text) {
        Matcher written = DURATION.matcher(text);
        if (!written.matches()) {
            return Optional.empty();
        }
        int amount = Integer.parseInt(written.group(1));
        return Optional.of(
                switch (written.group(2)) {
                    case "ms" -> Duration.ofMillis(amount);
                    case "s" -> Duration.ofSeconds(amount);
                    case "m" -> Duration.ofMinutes(amount);
                    default -> Duration.ofHours(amount);
                });
    }

    private static String written(Duration time) {
        return time.toMillisPart() == 0 ? time.toSeconds() + "s" : time.toMillis() + "ms";
    }
}
