package io.unpost.dialect;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/// The form in which Twitter and Weibo write a time: `Wed Aug 29 16:54:38 +0000 2012`.
public final class SpelledTime {

    private static final DateTimeFormatter FORM =
            DateTimeFormatter.ofPattern("EEE MMM dd HH:mm:ss Z yyyy", Locale.ENGLISH);
    private static final String SHAPE = "Aaa Aaa 00 00:00:00 +0000 0000";
    private static final String DAYS = "MonTueWedThuFriSatSun";
    private static final String MONTHS = "JanFebMarAprMayJunJulAugSepOctNovDec";
    private static final int EVERY_MONTH = 28;

    private SpelledTime() {}

    /// Reads it.
    ///
    /// @throws DateTimeException where it is written in another way
    public static Instant read(String text) {
        return shaped(text) ? plain(text) : FORM.parse(text, Instant::from);
    }

    private static Instant plain(String text) {
        int month = index(MONTHS, text, 4);
        int day = number(text, 8);
        int hour = number(text, 11);
        int minute = number(text, 14);
        int second = number(text, 17);
        int offset = number(text, 21) * 60 + number(text, 23);
        int year = number(text, 26) * 100 + number(text, 28);
        boolean usual = month >= 0 && day > 0 && day <= EVERY_MONTH + 3 && hour < 24 && minute < 60 && second < 60;
        if (usual && number(text, 21) < 18 && number(text, 23) < 60 && year > 0) {
            LocalDate first = LocalDate.of(year, month + 1, 1);
            LocalDate date = first.withDayOfMonth(Math.min(day, first.lengthOfMonth()));
            if (date.getDayOfMonth() == day && date.getDayOfWeek().getValue() == index(DAYS, text, 0) + 1) {
                long seconds = date.toEpochDay() * 86_400 + hour * 3_600L + minute * 60L + second;
                return Instant.ofEpochSecond(seconds - (text.charAt(20) == '-' ? -60L : 60L) * offset);
            }
        }
        return FORM.parse(text, Instant::from);
    }

    private static boolean shaped(String text) {
        if (text.length() != SHAPE.length()) {
            return false;
        }
        for (int i = 0; i < SHAPE.length(); i++) {
            char next = text.charAt(i);
            boolean fits = switch (SHAPE.charAt(i)) {
                case 'A' -> next >= 'A' && next <= 'Z';
                case 'a' -> next >= 'a' && next <= 'z';
                case '0' -> next >= '0' && next <= '9';
                case '+' -> next == '+' || next == '-';
                default -> next == SHAPE.charAt(i);
            };
            if (!fits) {
                return false;
            }
        }
        return true;
    }

    /// Which of the names of three letters stands at a place; -1 for none.
    private static int index(String names, String text, int at) {
        for (int i = 0; i < names.length(); i += 3) {
            if (text.regionMatches(at, names, i, 3)) {
                return i / 3;
            }
        }
        return -1;
    }

    private static int number(String text, int at) {
        return (text.charAt(at) - '0') * 10 + text.charAt(at + 1) - '0';
    }
}
