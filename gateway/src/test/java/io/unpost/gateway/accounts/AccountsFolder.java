package io.unpost.gateway.accounts;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/// A folder with an accounts file and what stands beside it, read with an environment of its own.
record AccountsFolder(Path folder, Map<String, String> environment) {

    static final Dialects DIALECTS =
            new Dialects(List.of(FakeDialect.weibo(), FakeDialect.twitter(), FakeDialect.bearer()));

    AccountsFolder(Path folder) {
        this(folder, Map.of());
    }

    Path file(String name, String text) {
        return file(name, text.getBytes(StandardCharsets.UTF_8));
    }

    Path file(String name, byte[] bytes) {
        try {
            return Files.write(folder.resolve(name), bytes);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    Reading read(String yaml) {
        return reader().read(file("accounts.yml", yaml));
    }

    Reading read(byte[] bytes) {
        return reader().read(file("accounts.yml", bytes));
    }

    AccountsReader reader() {
        return new AccountsReader(DIALECTS, environment::get);
    }

    /// The accounts of a file that must be right.
    List<Account> accounts(String yaml) {
        return switch (read(yaml)) {
            case Reading.Read(List<Account> accounts) -> accounts;
            case Reading.Mistaken(List<Mistake> mistakes) -> throw new AssertionError(mistakes.toString());
        };
    }

    /// What is wrong with a file that must be wrong, each without its folder.
    List<String> mistakes(String yaml) {
        return mistakes(read(yaml));
    }

    List<String> mistakes(Reading reading) {
        return switch (reading) {
            case Reading.Read(List<Account> accounts) -> throw new AssertionError("no mistakes: " + accounts);
            case Reading.Mistaken(List<Mistake> mistakes) ->
                mistakes.stream()
                        .map(mistake -> mistake.toString().replace(folder + "/", ""))
                        .toList();
        };
    }
}
