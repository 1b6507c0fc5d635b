package io.unpost.dialect;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// An account's choice for each [Option] of its dialect.
///
/// @param values the chosen value by option name
public record Options(Map<String, String> values) {

    /// Choices as they are given, unchecked; see [#chosen(List, Map)].
    public Options {
        values = Map.copyOf(values);
    }

    /// The choices of an account that leaves everything at its default.
    public static Options defaultsOf(List<Option> options) {
        return chosen(options, Map.of());
    }

    /// The choices of an account, each option it leaves out at its default.
    ///
    /// @param options what the dialect offers
    /// @param given what the account file says
    /// @throws IllegalArgumentException for an unknown option or a value that is not offered
    public static Options chosen(List<Option> options, Map<String, String> given) {
        var values = new TreeMap<>(given);
        for (Option option : options) {
            String value =
                    values.computeIfAbsent(option.name(), _ -> option.values().getFirst());
            if (!option.values().contains(value)) {
                throw new IllegalArgumentException(option.name() + " is one of " + option.values());
            }
        }
        if (values.size() > options.size()) {
            throw new IllegalArgumentException(
                    "the options are " + options.stream().map(Option::name).toList());
        }
        return new Options(values);
    }

    /// The chosen value.
    ///
    /// @throws IllegalArgumentException for an option the dialect does not have
    public String get(String name) {
        String value = values.get(name);
        if (value == null) {
            throw new IllegalArgumentException("no option " + name);
        }
        return value;
    }
}
