package io.unpost.gateway.battery;

import io.unpost.dialect.Deletable;
import io.unpost.dialect.DeleteCommand;
import io.unpost.dialect.Dialect;
import io.unpost.dialect.Options;
import io.unpost.dialect.Outcome;
import io.unpost.dialect.ProviderSays;
import io.unpost.dialect.WireRequest;
import io.unpost.dialect.WireResponse;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;

/// A dialect that does what none may. What that is, the id's last digit says.
///
/// @param right knows the wire
record BrokenDialect(Dialect right) implements Dialect {

    static final String ID = "broken-v1";

    /// Throws before anything is sent.
    static final int THROWS_FIRST = 0;
    /// Throws when the answer is there.
    static final int THROWS = 1;
    /// Blocks when the answer is there.
    static final int BLOCKS = 2;
    /// Says that it is deleted, whatever the answer.
    static final int LIES = 3;

    private static final Duration BLOCKED = Duration.ofMinutes(1);

    @Override
    public Facts facts() {
        Facts facts = right.facts();
        List<Deletable> deletables = facts.deletables().stream()
                .filter(deletable -> deletable.kind().name().equals("posts"))
                .map(deletable -> new Deletable(deletable.kind(), Pattern.compile("[0-9]{1,19}"), "1 to 19 digits"))
                .toList();
        return new Facts(
                ID,
                facts.provider(),
                facts.documentation(),
                facts.baseUri(),
                deletables,
                facts.credentials(),
                facts.options());
    }

    @Override
    public WireRequest encode(DeleteCommand command, Options options) {
        if (digit(command) == THROWS_FIRST) {
            throw new IllegalStateException("broken");
        }
        return right.encode(command, options);
    }

    @Override
    public Outcome.Verdict decode(DeleteCommand command, WireResponse response) {
        return switch (digit(command)) {
            case THROWS -> throw new IllegalStateException("broken");
            case BLOCKS -> {
                try {
                    Thread.sleep(BLOCKED);
                } catch (InterruptedException _) {
                    Thread.currentThread().interrupt();
                }
                yield right.decode(command, response);
            }
            case LIES ->
                new Outcome.Verdict.Deleted(
                        Outcome.Evidence.ECHO,
                        command.id(),
                        null,
                        new ProviderSays(response.status(), null, null, null));
            default -> right.decode(command, response);
        };
    }

    private static int digit(DeleteCommand command) {
        return command.id().charAt(command.id().length() - 1) - '0';
    }
}
