package io.unpost.gateway.engine;

import io.unpost.dialect.CredentialForm;
import io.unpost.dialect.CredentialForm.Scheme;
import io.unpost.dialect.Deletable;
import io.unpost.dialect.Deletable.Visibility;
import io.unpost.dialect.DeleteCommand;
import io.unpost.dialect.Dialect;
import io.unpost.dialect.Kind;
import io.unpost.dialect.Options;
import io.unpost.dialect.Outcome.Verdict;
import io.unpost.dialect.PercentEncoding;
import io.unpost.dialect.WireRequest;
import io.unpost.dialect.WireRequest.Parameter;
import io.unpost.dialect.WireResponse;
import java.net.URI;
import java.util.List;
import java.util.function.BiFunction;
import java.util.regex.Pattern;

/// A dialect whose reading of an answer a test decides.
public record FakeDialect(BiFunction<DeleteCommand, WireResponse, Verdict> reading) implements Dialect {

    private static final Pattern DIGITS = Pattern.compile("[0-9]{1,19}");
    private static final Facts FACTS = new Facts(
            "fake",
            "Fake",
            URI.create("https://fake.example/docs"),
            URI.create("https://fake.example"),
            List.of(
                    new Deletable(Kind.POSTS, DIGITS, "1 to 19 digits"),
                    new Deletable(Kind.MESSAGES, DIGITS, "1 to 19 digits", Visibility.OWN_VIEW, Kind.MESSAGES),
                    new Deletable(Kind.REPOSTS, DIGITS, "1 to 19 digits", Visibility.EVERYONE, Kind.POSTS)),
            List.of(new CredentialForm(Scheme.OAUTH1)),
            List.of());

    @Override
    public Facts facts() {
        return FACTS;
    }

    @Override
    public WireRequest encode(DeleteCommand command, Options options) {
        return WireRequest.post(
                "/" + command.kind() + "/" + PercentEncoding.encode(command.id()), new Parameter("mode", "full text"));
    }

    @Override
    public Verdict decode(DeleteCommand command, WireResponse response) {
        return reading.apply(command, response);
    }
}
