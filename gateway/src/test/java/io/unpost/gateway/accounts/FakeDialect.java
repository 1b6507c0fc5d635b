package io.unpost.gateway.accounts;

import io.unpost.dialect.CredentialForm;
import io.unpost.dialect.CredentialForm.Scheme;
import io.unpost.dialect.Deletable;
import io.unpost.dialect.DeleteCommand;
import io.unpost.dialect.Dialect;
import io.unpost.dialect.Kind;
import io.unpost.dialect.Option;
import io.unpost.dialect.Options;
import io.unpost.dialect.Outcome;
import io.unpost.dialect.WireRequest;
import io.unpost.dialect.WireResponse;
import java.net.URI;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// A dialect that accounts can be configured for and that nothing is ever sent with.
record FakeDialect(Facts facts) implements Dialect {

    /// As Twitter's: one scheme, no options, https.
    static FakeDialect twitter() {
        return of(
                "twitter-v1.1",
                URI.create("https://api.twitter.com"),
                List.of(new CredentialForm(Scheme.OAUTH1)),
                List.of());
    }

    /// As Weibo's: two schemes, one with a parameter beside it, two options, plain http.
    static FakeDialect weibo() {
        return of(
                "fake-v1",
                URI.create("http://api.fake.example"),
                List.of(new CredentialForm(Scheme.OAUTH1), new CredentialForm(Scheme.BASIC, List.of("source"))),
                List.of(new Option("format", List.of("json", "xml")), new Option("method", List.of("post", "delete"))));
    }

    /// One that takes a bearer token or OAuth 1.0a, whose keys overlap.
    static FakeDialect bearer() {
        return of(
                "bearer-v2",
                URI.create("https://bearer.example/api"),
                List.of(new CredentialForm(Scheme.BEARER), new CredentialForm(Scheme.OAUTH1)),
                List.of());
    }

    /// As Mastodon's: each account has a server of its own.
    static FakeDialect homeless() {
        return of("homeless-v1", null, List.of(new CredentialForm(Scheme.BEARER)), List.of());
    }

    private static FakeDialect of(
            String id, @Nullable URI baseUri, List<CredentialForm> credentials, List<Option> options) {
        return new FakeDialect(new Facts(
                id,
                "Fake",
                URI.create("https://docs.fake.example"),
                baseUri,
                List.of(new Deletable(Kind.POSTS, Pattern.compile("[0-9]{1,19}"), "1 to 19 digits")),
                credentials,
                options));
    }

    @Override
    public WireRequest encode(DeleteCommand command, Options chosen) {
        throw new UnsupportedOperationException("nothing is sent");
    }

    @Override
    public Outcome.Verdict decode(DeleteCommand command, WireResponse response) {
        throw new UnsupportedOperationException("nothing is sent");
    }
}
