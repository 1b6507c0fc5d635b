package io.unpost.dialect;

import java.util.List;

/// One choice an account has about the wire.
///
/// @param name the key in the account file, for example `format`
/// @param values what may be chosen, the default first; never empty
public record Option(String name, List<String> values) {

    /// @throws IllegalArgumentException where there is nothing to choose from
    public Option {
        values = List.copyOf(values);
        if (values.isEmpty()) {
            throw new IllegalArgumentException("the option " + name + " has no values");
        }
    }
}
