package io.unpost.gateway.accounts;

import java.util.List;
import java.util.stream.Collectors;

/// The gateway cannot start, because its accounts are wrong. The message has one line for each mistake.
public final class AccountsRefused extends RuntimeException {

    private final transient List<Mistake> mistakes;

    AccountsRefused(List<Mistake> mistakes) {
        super(mistakes.stream().map(Mistake::toString).collect(Collectors.joining("\n")));
        this.mistakes = List.copyOf(mistakes);
    }

    public List<Mistake> mistakes() {
        return mistakes;
    }
}
