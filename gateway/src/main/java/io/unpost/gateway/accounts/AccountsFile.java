package io.unpost.gateway.accounts;

import io.micronaut.context.annotation.Context;
import io.micronaut.context.annotation.Property;
import jakarta.inject.Inject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The accounts of the file that `unpost.accounts-file` names, read when the gateway starts.
@Context
public final class AccountsFile implements AccountSource {

    private static final Logger LOG = LoggerFactory.getLogger(AccountsFile.class);
    private static final Path USUAL = Path.of("config", "accounts.yml");

    private final List<Account> accounts;

    /// @param configured the file; null or empty for `config/accounts.yml`, which need not exist
    /// @throws AccountsRefused for a file with mistakes
    @Inject
    AccountsFile(Dialects dialects, @Property(name = "unpost.accounts-file") @Nullable String configured) {
        var reader = new AccountsReader(dialects, System::getenv);
        if (configured != null && !configured.isBlank()) {
            this.accounts = read(reader, Path.of(configured));
        } else if (Files.exists(USUAL)) {
            this.accounts = read(reader, USUAL);
        } else {
            this.accounts = List.of();
            LOG.info("no accounts: {} does not exist, and unpost.accounts-file is not set", USUAL);
        }
    }

    @Override
    public List<Account> accounts() {
        return accounts;
    }

    private static List<Account> read(AccountsReader reader, Path file) {
        return switch (reader.read(file)) {
            case Reading.Read(List<Account> accounts) -> {
                LOG.info("{} accounts from {}", accounts.size(), file);
                yield accounts;
            }
            case Reading.Mistaken(List<Mistake> mistakes) -> throw new AccountsRefused(mistakes);
        };
    }
}
