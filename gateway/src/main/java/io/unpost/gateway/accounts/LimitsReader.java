package io.unpost.gateway.accounts;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Reads how long and how often an account's deletes may try.
final class LimitsReader {

    private static final List<String> KEYS = List.of("connect", "attempt", "call");
    private static final Pattern DURATION = Pattern.compile("([1-9][0-9]{0,6})(ms|s|m)");
    private static final Pattern ATTEMPTS = Pattern.compile("[1-9]|10");
    private static final Duration LONGEST = Duration.ofMinutes(10);

    /// No attempt begins with less than 250 ms left, so a call that is hardly longer might never send anything.
    private static final Duration SHORTEST_CALL = Duration.ofMillis(500);

    private LimitsReader() {}

    /// What the account says, and for the rest what is usual, cut down to fit: a call of 2s has attempts of 2s.
    static Limits read(Section account) {
        int attempts = account.text("attempts", "a whole number from 1 to 10")
                .flatMap(text -> attempts(account, text))
                .orElse(Limits.DEFAULT.attempts());
        Limits usual = Limits.DEFAULT;
        return account.section("timeouts", "a mapping with the keys " + String.join(", ", KEYS))
                .map(timeouts -> timed(timeouts, attempts))
                .orElseGet(() -> new Limits(usual.connect(), usual.attempt(), usual.call(), attempts));
    }

    private static Optional<Integer> attempts(Section account, String text) {
        if (!ATTEMPTS.matcher(text).matches()) {
            account.mistake("attempts", "must be a whole number from 1 to 10");
            return Optional.empty();
        }
        return Optional.of(Integer.valueOf(text));
    }

    private static Limits timed(Section timeouts, int attempts) {
        timeouts.allowOnly(KEYS, String.join(", ", KEYS));
        Duration call = duration(timeouts, "call", SHORTEST_CALL, "500ms").orElse(Limits.DEFAULT.call());
        Duration attempt = within(timeouts, "attempt", Limits.DEFAULT.attempt(), "call", call);
        Duration connect = within(timeouts, "connect", Limits.DEFAULT.connect(), "attempt", attempt);
        return new Limits(connect, attempt, call, attempts);
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
        String rule = "a time from " + shown + " to 10m, written as 500ms, 3s or 1m";
        return timeouts.text(key, rule).flatMap(text -> {
            Optional<Duration> duration =
                    parse(text).filter(time -> time.compareTo(shortest) >= 0 && time.compareTo(LONGEST) <= 0);
            if (duration.isEmpty()) {
                timeouts.mistake(key, "must be " + rule);
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
                    default -> Duration.ofMinutes(amount);
                });
    }

    private static String written(Duration time) {
        return time.toMillisPart() == 0 ? time.toSeconds() + "s" : time.toMillis() + "ms";
    }
}
