package io.unpost.gateway.accounts;

import java.util.List;

/// What reading an accounts file gave: all of its accounts, or all of its mistakes.
public sealed interface Reading {

    /// The file is right.
    record Read(List<Account> accounts) implements Reading {

        public Read {
            accounts = List.copyOf(accounts);
        }
    }

    /// The file is wrong, and none of it counts.
    ///
    /// @param mistakes in the order of their lines; never empty
    record Mistaken(List<Mistake> mistakes) implements Reading {

        public Mistaken {
            mistakes = List.copyOf(mistakes);
        }
    }
}
