package io.unpost.gateway;

import io.micronaut.context.exceptions.BeanInstantiationException;
import io.micronaut.http.server.exceptions.ServerStartupException;
import io.micronaut.runtime.Micronaut;
import io.micronaut.runtime.exceptions.ApplicationStartupException;
import io.unpost.gateway.accounts.AccountsRefused;
import io.unpost.gateway.accounts.Mistake;
import io.unpost.gateway.audit.AuditRefused;
import io.unpost.gateway.http.StartRefused;
import java.net.BindException;
import java.util.List;
import java.util.stream.Stream;

/// Starts the gateway.
public final class Application {

    /// The exit status when the accounts or the settings are wrong.
    private static final int MISTAKEN = 2;

    private Application() {}

    public static void main(String[] args) {
        try {
            Micronaut.build(args)
                    .banner(false)
                    .mapError(BeanInstantiationException.class, Application::status)
                    .mapError(ServerStartupException.class, Application::status)
                    .mapError(ApplicationStartupException.class, Application::status)
                    .start();
        } catch (ApplicationStartupException e) {
            List<String> mistakes = mistakes(e);
            if (mistakes.isEmpty()) {
                throw e;
            }
            mistakes.forEach(System.err::println);
            System.exit(MISTAKEN);
        }
    }

    /// The exit status of a failure. 0 has it thrown to us instead of logged with its stack trace.
    private static int status(Throwable failure) {
        return mistakes(failure).isEmpty() ? 1 : 0;
    }

    /// What an operator has to mend, one line each; empty where the failure is of another kind.
    private static List<String> mistakes(Throwable failure) {
        return Stream.iterate(failure, cause -> cause != null, Throwable::getCause)
                .flatMap(cause -> switch (cause) {
                    case AccountsRefused refused -> refused.mistakes().stream().map(Mistake::toString);
                    case AuditRefused refused -> Stream.of(String.valueOf(refused.getMessage()));
                    case StartRefused refused -> Stream.of(String.valueOf(refused.getMessage()));
                    case BindException _ ->
                        Stream.of("A port to listen on is taken: set MICRONAUT_SERVER_PORT (8080), or a sidecar's"
                                + " UNPOST_MANAGEMENT_PORT (8081), to another.");
                    default -> Stream.empty();
                })
                .toList();
    }
}
