package io.unpost.gateway.accounts;

import java.util.List;
import java.util.Optional;

/// A piece of a YAML file as it is written: texts are not turned into numbers, booleans or dates.
sealed interface Written {

    /// Where it begins, counted from 1.
    int line();

    /// A scalar.
    ///
    /// @param text empty where nothing is written, and for an unquoted `~`
    record Text(int line, String text) implements Written {

        /// May be a secret.
        @Override
        public String toString() {
            return "***";
        }
    }

    /// Keys and what they hold, in the order of the file; a key may occur twice.
    record Mapping(int line, List<Entry> entries) implements Written {

        public Mapping {
            entries = List.copyOf(entries);
        }

        Optional<Entry> entry(String key) {
            return entries.stream().filter(entry -> entry.key().equals(key)).findFirst();
        }
    }

    /// A key and what it holds.
    record Entry(int line, String key, Written value) {

        /// May be a secret in a wrong place.
        @Override
        public String toString() {
            return "***";
        }
    }

    /// A list.
    record Series(int line) implements Written {}

    /// Something that was refused already, so that there is nothing more to say about it.
    record Unread(int line) implements Written {}
}
