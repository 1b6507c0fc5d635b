package io.unpost.gateway.battery;

import io.micronaut.context.annotation.Replaces;
import io.micronaut.context.annotation.Requires;
import io.unpost.dialect.Kind;
import io.unpost.gateway.accounts.Account;
import io.unpost.gateway.engine.Exchange;
import io.unpost.gateway.engine.Observer;
import io.unpost.gateway.engine.Result;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

/// Counts the answers about something else than was asked for.
@Singleton
@Replaces(Observer.class)
@Requires(property = Alarms.PROPERTY)
final class Alarms implements Observer {

    static final String PROPERTY = "unpost.test.alarms";

    private final AtomicInteger mismatched = new AtomicInteger();

    int mismatched() {
        return mismatched.get();
    }

    @Override
    public void exchanged(Account account, Kind kind, Exchange exchange, Duration took) {}

    @Override
    public void settled(Account account, Kind kind, Result result, Duration own) {}

    @Override
    public void mismatched(Account account, Kind kind) {
        mismatched.incrementAndGet();
    }
}
