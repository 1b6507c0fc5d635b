package io.unpost.gateway.accounts;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Reads accounts files. Depends on nothing but the file, the secret files it names, and the given environment.
final class AccountsReader {

    /// Of an accounts file.
    static final int MOST_BYTES = 1024 * 1024;

    /// Names that are surely no pasted secret. Others are not shown.
    private static final Pattern SHOWN = Pattern.compile("[A-Za-z0-9._-]{1,63}");

    private final Dialects dialects;
    private final Variables variables;
    private final Set<String> taken;
    private final Reachable reachable;

    /// @param environment the value of an environment variable, null where it is not set
    AccountsReader(Dialects dialects, Function<String, @Nullable String> environment) {
        this(dialects, environment, Set.of(), Reachable.PUBLIC);
    }

    /// @param taken names that no account may have
    /// @param reachable which addresses a base URL may name
    AccountsReader(
            Dialects dialects, Function<String, @Nullable String> environment, Set<String> taken, Reachable reachable) {
        this.dialects = dialects;
        this.variables = new Variables(environment);
        this.taken = Set.copyOf(taken);
        this.reachable = reachable;
    }

    /// All accounts of a file, or everything that is wrong with it.
    Reading read(Path file) {
        return read(file, new Sources());
    }

    /// All accounts of a file, or everything that is wrong with it.
    ///
    /// @param sources gets the file, and the secret files that it names
    Reading read(Path file, Sources sources) {
        var mistakes = new Mistakes(file);
        List<Account> accounts = switch (sources.read(file, MOST_BYTES)) {
            case FileText.Unreadable(String why) -> {
                mistakes.add(0, "the accounts file " + why);
                yield List.of();
            }
            case FileText.Content(String text) -> read(file, text, mistakes, sources);
        };
        List<Mistake> found = mistakes.all();
        return found.isEmpty() ? new Reading.Read(accounts) : new Reading.Mistaken(found);
    }

    private List<Account> read(Path file, String text, Mistakes mistakes, Sources sources) {
        String plain = text.startsWith("\uFEFF") ? text.substring(1) : text;
        Optional<Written> document = PlainYaml.read(plain, mistakes);
        if (document.isEmpty()) {
            return List.of();
        }
        if (!(document.get() instanceof Written.Mapping mapping)) {
            mistakes.add(1, "the file must hold the key 'accounts' with the accounts under it");
            return List.of();
        }
        var top = new Section(mapping, "", "", variables, mistakes);
        top.allowOnly(List.of("accounts"), "accounts");
        if (!top.has("accounts")) {
            top.mistake("accounts", "is missing; the accounts stand under it, each under its name");
        }
        Path folder = file.toAbsolutePath().getParent();
        var secrets = new SecretReader(folder == null ? file : folder, sources);
        var reader = new AccountReader(dialects, new CredentialsReader(secrets), reachable);
        return top.section("accounts", "a mapping of the accounts, each under its name; {} for none")
                .map(section -> accounts(section.mapping(), reader, mistakes))
                .orElse(List.of());
    }

    private List<Account> accounts(Written.Mapping named, AccountReader reader, Mistakes mistakes) {
        List<Account> accounts = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        for (Written.Entry entry : named.entries()) {
            String name = entry.key();
            String place = SHOWN.matcher(name).matches() ? "account '" + name + "': " : "an account: ";
            if (!Account.NAME.matcher(name).matches()) {
                mistakes.add(
                        entry.line(), place + "the name must be 1 to 63 of a-z, 0-9 and -, a letter or digit first");
            }
            if (taken.contains(name)) {
                mistakes.add(
                        entry.line(),
                        place + "the name is the sandbox's own; rename the account, or run without the environment"
                                + " sandbox");
            }
            if (!seen.add(name)) {
                mistakes.add(entry.line(), place + "the name is given twice; once is allowed");
            }
            switch (entry.value()) {
                case Written.Mapping keys -> {
                    var account = new Written.Mapping(entry.line(), keys.entries());
                    reader.read(name, new Section(account, place, "", variables, mistakes))
                            .ifPresent(accounts::add);
                }
                case Written.Text _, Written.Series _ ->
                    mistakes.add(entry.line(), place + "must be a mapping with the keys dialect and credentials");
                case Written.Unread _ -> {}
            }
        }
        return accounts;
    }
}
