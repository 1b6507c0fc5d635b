package io.unpost.gateway.accounts;

import java.util.Collection;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/// A mapping of the accounts file on its way to be understood, which knows what to call itself in a mistake.
///
/// @param mapping what is written
/// @param place what mistakes begin with, for example `account 'acme': `
/// @param path the keys that lead here, for example `credentials.`
record Section(Written.Mapping mapping, String place, String path, Variables variables, Mistakes mistakes) {

    /// Keys that are surely no pasted secret. Others are not shown.
    private static final Pattern SHOWN = Pattern.compile("[A-Za-z][A-Za-z_-]{0,31}");

    boolean has(String key) {
        return mapping.entry(key).isPresent();
    }

    /// The text of a key, with environment variables put in; never empty. Without result where the key is not there,
    /// and where a mistake was reported.
    ///
    /// @param rule what the value must be, in words that follow "must be"
    Optional<String> text(String key, String rule) {
        return mapping.entry(key).flatMap(entry -> switch (entry.value()) {
            case Written.Text text -> {
                Optional<String> expanded = variables.expand(text.text(), wrong -> mistake(key, wrong));
                if (expanded.filter(String::isEmpty).isPresent()) {
                    mistake(key, "has no value; it must be " + rule);
                }
                yield expanded.filter(Predicate.not(String::isEmpty));
            }
            case Written.Mapping _, Written.Series _ -> {
                mistake(key, "must be " + rule + ", not a mapping or a list");
                yield Optional.empty();
            }
            case Written.Unread _ -> Optional.empty();
        });
    }

    /// The mapping under a key. Without result where the key is not there, and where a mistake was reported.
    ///
    /// @param rule what the mapping must be, in words that follow "must be"
    Optional<Section> section(String key, String rule) {
        return mapping.entry(key).flatMap(entry -> switch (entry.value()) {
            case Written.Mapping inner -> {
                var named = new Written.Mapping(entry.line(), inner.entries());
                yield Optional.of(new Section(named, place, path + key + ".", variables, mistakes));
            }
            case Written.Text _, Written.Series _ -> {
                mistake(key, "must be " + rule);
                yield Optional.empty();
            }
            case Written.Unread _ -> Optional.empty();
        });
    }

    /// Reports each key that is not allowed, and each that is there twice.
    ///
    /// @param shown the allowed keys in words
    void allowOnly(Collection<String> allowed, String shown) {
        Set<String> seen = new HashSet<>();
        for (Written.Entry entry : mapping.entries()) {
            if (!allowed.contains(entry.key())) {
                mistakes.add(
                        entry.line(), place + named(entry) + "is unknown or in the wrong place; allowed are " + shown);
            } else if (!seen.add(entry.key())) {
                mistakes.add(entry.line(), place + named(entry) + "is given twice; once is allowed");
            }
        }
    }

    private String named(Written.Entry entry) {
        boolean hasValue =
                !(entry.value() instanceof Written.Text text) || !text.text().isEmpty();
        boolean shown = hasValue && SHOWN.matcher(entry.key()).matches();
        return shown ? "key '" + path + entry.key() + "': " : "a key, not shown as it may be a secret, ";
    }

    /// Reports a mistake at a key, or at this section where the key is not there.
    void mistake(String key, String text) {
        int line = mapping.entry(key).map(Written.Entry::line).orElse(mapping.line());
        mistakes.add(line, place + "key '" + path + key + "': " + text);
    }
}
