package io.unpost.gateway.audit;

import io.unpost.dialect.Options;
import io.unpost.gateway.accounts.Account;
import io.unpost.gateway.accounts.Credentials;
import io.unpost.gateway.accounts.Limits;
import io.unpost.gateway.accounts.Secret;
import io.unpost.gateway.engine.FakeDialect;
import java.net.URI;
import java.util.Map;

/// Calls for an account called `acme`.
final class Calls {

    static final String SECRET = "c4nary/secret+";

    private static final Account ACCOUNT = new Account(
            "acme",
            new FakeDialect((_, _) -> {
                throw new AssertionError("nothing was sent");
            }),
            new Options(Map.of()),
            URI.create("https://fake.example"),
            new Credentials.OAuth1(
                    new Secret("c4nary-1"), new Secret(SECRET), new Secret("c4nary-2"), new Secret("c4nary-3")),
            Limits.DEFAULT);

    private Calls() {}

    static AuditedCall of(String id) {
        return new AuditedCall("app", "https://issuer.example", ACCOUNT, "posts", id, "r-1", "00-1-2-00");
    }

    /// One in which everything that others write is this.
    static AuditedCall ofText(String text) {
        return new AuditedCall(text, text, ACCOUNT, text, text, text, text);
    }

    static AuditedCall withoutIssuer() {
        return new AuditedCall("local", null, ACCOUNT, "posts", "7", "r-1", "00-1-2-00");
    }
}
