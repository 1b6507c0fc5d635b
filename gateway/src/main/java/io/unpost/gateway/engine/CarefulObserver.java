package io.unpost.gateway.engine;

import io.unpost.dialect.Kind;
import io.unpost.gateway.accounts.Account;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Keeps the failure of an observer from becoming that of a delete.
record CarefulObserver(Observer observer) implements Observer {

    private static final Logger LOG = LoggerFactory.getLogger(CarefulObserver.class);

    @Override
    public void exchanged(Account account, Kind kind, Exchange exchange, Duration took) {
        careful(() -> observer.exchanged(account, kind, exchange, took));
    }

    @Override
    public void settled(Account account, Kind kind, int retries) {
        careful(() -> observer.settled(account, kind, retries));
    }

    @Override
    public void mismatched(Account account, Kind kind) {
        careful(() -> observer.mismatched(account, kind));
    }

    private static void careful(Runnable told) {
        try {
            told.run();
        } catch (RuntimeException | Error e) {
            Backtrace.log(LOG, "An observer failed", e);
        }
    }
}
