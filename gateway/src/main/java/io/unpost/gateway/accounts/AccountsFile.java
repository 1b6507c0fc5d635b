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
    private final AtomicLong taken = new AtomicLong();
    private final AtomicLong refused = new AtomicLong();
    private volatile List<Account> accounts = List.of();
    private volatile boolean right = true;
    private Sources sources = new Sources();
    private @Nullable Candidate candidate;

    /// @param configured the file; null or empty for `config/accounts.yml`, which need not exist
    /// @throws AccountsRefused for a file with mistakes
    @Inject
    AccountsFile(
            Dialects dialects,
            List<TakenNames> taken,
            Reachable reachable,
            @Property(name = "unpost.accounts-file") @Nullable String configured) {
        this(new AccountsReader(dialects, System::getenv, all(taken), reachable), configured);
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
            Candidate read = read();
            sources = read.from();
            accounts = switch (read.reading()) {
                case Reading.Read(List<Account> all) -> all;
                case Reading.Mistaken(List<Mistake> mistakes) -> throw new AccountsRefused(mistakes);
            };
            LOG.info("{} accounts from {}", accounts.size(), file);
        }
    }

    @Override
    public List<Account> accounts() {
        return accounts;
    }

    /// How many changes were taken since the start.
    public long taken() {
        return taken.get();
    }

    /// How many were refused, because something in them was wrong.
    public long refused() {
        return refused.get();
    }

    /// Whether the file was right when it was read last.
    public boolean isRight() {
        return right;
    }

    /// Looks at the files, and takes a change once two looks in a row have read the same: a file may be half written,
    /// and a folder of files be swapped while they are read.
    @Scheduled(fixedDelay = "250ms")
    synchronized void look() {
        try {
            if (candidate != null && candidate.from().now().hold(candidate.from())) {
                take(candidate);
                candidate = null;
            } else if (candidate != null || !sources.now().hold(sources)) {
                Candidate read = read();
                candidate = read.from().hold(sources) ? null : read;
            }
        } catch (RuntimeException e) {
            LOG.error("The accounts stay as they were: the file cannot be read", e);
            sources = sources.now();
            candidate = null;
            refuse();
        }
    }

    private void take(Candidate changed) {
        sources = changed.from();
        switch (changed.reading()) {
            case Reading.Read(List<Account> all) -> {
                LOG.info("{} accounts from {}", all.size(), file);
                accounts = all;
                right = true;
                taken.incrementAndGet();
            }
            case Reading.Mistaken(List<Mistake> mistakes) -> {
                mistakes.forEach(mistake -> LOG.error("The accounts stay as they were: {}", mistake));
                refuse();
            }
        }
    }

    private void refuse() {
        right = false;
        refused.incrementAndGet();
    }

    private Candidate read() {
        var from = new Sources();
        return new Candidate(reader.read(file, from), from);
    }

    /// What was read, and from what.
    private record Candidate(Reading reading, Sources from) {}
}
