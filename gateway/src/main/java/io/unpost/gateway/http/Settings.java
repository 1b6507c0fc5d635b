package io.unpost.gateway.http;

import io.micronaut.core.convert.ConversionService;
import java.time.Duration;
import java.util.regex.Pattern;

/// Reads settings, and refuses to start with one that is wrong.
final class Settings {

    private static final Pattern COUNT = Pattern.compile("[1-9][0-9]{0,5}");

    private Settings() {}

    static int count(String name, String value) {
        if (!COUNT.matcher(value).matches()) {
            throw new StartRefused(name + " is no number from 1 to 999999.");
        }
        return Integer.parseInt(value);
    }

    /// Longer than nothing.
    static Duration timeout(String name, String value) {
        Duration duration = duration(name, value);
        if (duration.isZero()) {
            throw new StartRefused(name + " is nothing. Write a number and ms, s or m, such as 5s.");
        }
        return duration;
    }

    static Duration duration(String name, String value) {
        return ConversionService.SHARED
                .convert(value, Duration.class)
                .filter(duration -> !duration.isNegative())
                .orElseThrow(() -> new StartRefused(
                        name + " is no length of time. Write a number and ms, s or m, such as 5s, or 0s for none."));
    }
}
