package io.unpost.gateway.sandbox;

import io.micronaut.context.annotation.Context;
import io.micronaut.context.annotation.Requires;
import io.unpost.dialect.Options;
import io.unpost.gateway.accounts.Account;
import io.unpost.gateway.accounts.AccountSource;
import io.unpost.gateway.accounts.Dialects;
import io.unpost.gateway.accounts.Limits;
import io.unpost.gateway.sandbox.Imitation.DemoAccount;
import java.net.URI;
import java.util.List;
import java.util.Optional;

/// The accounts at the imitated providers. There are none until the server runs, because they are on it, nor for a
/// dialect that is not there.
@Context
@Requires(env = "sandbox")
final class SandboxAccounts implements AccountSource {

    private final List<Imitation> imitations;
    private final ApiAddress address;
    private final Dialects dialects;
    private volatile List<Account> accounts = List.of();

    SandboxAccounts(List<Imitation> imitations, ApiAddress address, Dialects dialects) {
        this.imitations = List.copyOf(imitations);
        this.address = address;
        this.dialects = dialects;
    }

    @Override
    public List<Account> accounts() {
        if (accounts.isEmpty()) {
            address.find()
                    .ifPresent(api -> accounts = imitations.stream()
                            .map(Imitation::account)
                            .flatMap(demo -> account(demo, api).stream())
                            .toList());
        }
        return accounts;
    }

    private Optional<Account> account(DemoAccount demo, URI api) {
        return dialects.find(demo.dialect())
                .map(dialect -> new Account(
                        demo.name(),
                        dialect,
                        Options.defaultsOf(dialect.facts().options()),
                        api.resolve(demo.path()),
                        demo.credentials(),
                        Limits.DEFAULT));
    }
}
