package io.unpost.gateway.accounts;

import io.micronaut.context.annotation.Context;
import io.micronaut.context.annotation.Property;
import io.micronaut.scheduling.annotation.Scheduled;
import jakarta.inject.Inject;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The accounts of the file that `unpost.accounts-file` names: read when the gateway starts, and again when the file or
/// a secret file changes. All of a change is taken or none of it.
@Context
public final class AccountsFile implements AccountSource {

    private static final Logger LOG = LoggerFactory.getLogger(AccountsFile.class);
    private static final Path USUAL = Path.of("config", "accounts.yml");

    private final AccountsReader reader;
    private final Path file;
    private final AtomicLong reloads = new AtomicLong();
    private final AtomicLong refusals = new AtomicLong();
    private volatile List<Account> accounts = List.of();
    private volatile boolean right = true;
    private Sources sources = new Sources();
    private Sources seen = sources;

    /// @param configured the file; null or empty for `config/accounts.yml`, which need not exist
    /// @throws AccountsRefused for a file with mistakes
    @Inject
    AccountsFile(
            Dialects dialects,
            List<TakenNames> taken,
            @Property(name = "unpost.accounts-file") @Nullable String configured) {
        this(new AccountsReader(dialects, System::getenv, all(taken)), configured);
    }

    private static Set<String> all(List<TakenNames> taken) {
        return taken.stream().flatMap(names -> names.names().stream()).collect(Collectors.toSet());
    }

    AccountsFile(AccountsReader reader, @Nullable String configured) {
        boolean chosen = configured != null && !configured.isBlank();
        this.reader = reader;
        this.file = chosen ? Path.of(configured) : USUAL;
        if (!chosen && sources.read(file, AccountsReader.MOST_BYTES).equals(FileText.ABSENT)) {
            LOG.info("no accounts: {} does not exist, and unpost.accounts-file is not set", file);
        } else {
            accounts = switch (read()) {
                case Reading.Read(List<Account> all) -> all;
                case Reading.Mistaken(List<Mistake> mistakes) -> throw new AccountsRefused(mistakes);
            };
        }
    }

    @Override
    public List<Account> accounts() {
        return accounts;
    }

    /// How often the accounts were read again since the start.
    public long reloads() {
        return reloads.get();
    }

    /// How often they were wrong then.
    public long refusals() {
        return refusals.get();
    }

    /// Whether the file was right when it was read last.
    public boolean isRight() {
        return right;
    }

    /// Looks at the files, and takes a change once it has been seen twice: a file may be half written.
    @Scheduled(fixedDelay = "250ms")
    synchronized void look() {
        Sources now = sources.now();
        boolean settled = now.hold(seen);
        seen = now;
        if (!settled || now.hold(sources)) {
            return;
        }
        switch (read()) {
            case Reading.Read(List<Account> all) -> {
                accounts = all;
                right = true;
            }
            case Reading.Mistaken(List<Mistake> mistakes) -> {
                refusals.incrementAndGet();
                right = false;
                mistakes.forEach(mistake -> LOG.error("The accounts stay as they were: {}", mistake));
            }
        }
        reloads.incrementAndGet();
    }

    private Reading read() {
        var from = new Sources();
        Reading reading = reader.read(file, from);
        sources = from;
        seen = from;
        if (reading instanceof Reading.Read(List<Account> all)) {
            LOG.info("{} accounts from {}", all.size(), file);
        }
        return reading;
    }
}
