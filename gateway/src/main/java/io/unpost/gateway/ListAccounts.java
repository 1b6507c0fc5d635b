package io.unpost.gateway;

import io.unpost.dialect.Deletable;
import io.unpost.gateway.accounts.Account;
import io.unpost.gateway.accounts.Accounts;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.Command;

/// Shows the accounts. No secret among it.
@Command(
        name = "accounts",
        description = "Lists the accounts: name, dialect, what is deleted for them, and where. No secret is shown.",
        mixinStandardHelpOptions = true)
final class ListAccounts implements Runnable {

    @Override
    public void run() {
        try (var context = Quietly.start()) {
            List<List<String>> lines = Stream.concat(
                            Stream.of(List.of("ACCOUNT", "DIALECT", "KINDS", "PROVIDER")),
                            context.getBean(Accounts.class).all().stream().map(ListAccounts::line))
                    .toList();
            lines.forEach(line -> System.out.println(
                    "%-25s %-15s %-35s %s".formatted(line.toArray()).strip()));
        }
    }

    private static List<String> line(Account account) {
        return List.of(
                account.name(),
                account.dialect().facts().id(),
                account.dialect().facts().deletables().stream()
                        .map(Deletable::kind)
                        .map(Object::toString)
                        .collect(Collectors.joining(",")),
                account.baseUri().toString());
    }
}
