package io.unpost.dialect.testkit.model;

import io.unpost.dialect.CredentialForm;
import io.unpost.dialect.Deletable;
import io.unpost.dialect.DeleteCommand;
import io.unpost.dialect.Dialect;
import io.unpost.dialect.Item;
import io.unpost.dialect.Kind;
import io.unpost.dialect.Option;
import io.unpost.dialect.Options;
import io.unpost.dialect.Outcome.Verdict;
import io.unpost.dialect.PercentEncoding;
import io.unpost.dialect.ProviderSays;
import io.unpost.dialect.Reason;
import io.unpost.dialect.WireRequest;
import io.unpost.dialect.WireRequest.Parameter;
import io.unpost.dialect.WireResponse;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/// A small dialect that holds the contract; the wrong ones differ from it in one thing.
public class Model implements Dialect {

    private static final Pattern ID = Pattern.compile("[^<>\"]{1,40}");

    @Override
    public Facts facts() {
        return new Facts(
                getClass().getSimpleName().toLowerCase(Locale.ROOT),
                "Model",
                URI.create("https://example.org/docs"),
                baseUri(),
                deletables(),
                List.of(new CredentialForm(CredentialForm.Scheme.BEARER, List.of("app"))),
                List.of(new Option("method", List.of("delete", "post"))));
    }

    URI baseUri() {
        return URI.create("https://api.example.org");
    }

    List<Deletable> deletables() {
        return List.of(
                new Deletable(Kind.POSTS, Pattern.compile("[0-9]{1,9}"), "1 to 9 digits"),
                new Deletable(Kind.COLLECTIONS, ID, "1 to 40 characters without <, > and quotes"));
    }

    @Override
    public WireRequest encode(DeleteCommand command, Options options) {
        if (command.kind().equals(Kind.COLLECTIONS)) {
            return new WireRequest(
                    WireRequest.Method.DELETE,
                    "/1/collections",
                    List.of(new Parameter("id", command.id()), new Parameter("v", "1")),
                    List.of());
        }
        String path = "/1/posts/" + PercentEncoding.encode(command.id());
        return options.get("method").equals("post")
                ? WireRequest.post(path + "/delete", new Parameter("why", "old & unwanted"))
                : new WireRequest(WireRequest.Method.DELETE, path, List.of(), List.of());
    }

    @Override
    public Verdict decode(DeleteCommand command, WireResponse response) {
        var says = says(response);
        if (command.kind().equals(Kind.COLLECTIONS) && response.status() == 204) {
            return Verdict.Deleted.acknowledged(null, says);
        }
        if (response.successful()) {
            if (response.has("/error")) {
                return new Verdict.Faulted("an error with a 2xx", says);
            }
            String id = response.at("/id").orElse("");
            if (id.equals(command.id())) {
                return Verdict.Deleted.echo(item(command.id(), response), says);
            }
            if (!id.isEmpty()) {
                return new Verdict.Mismatched(id, says);
            }
            return response.at("/queued").isPresent()
                    ? new Verdict.Unverified("look again later", null, says)
                    : Verdict.byStatus(response, says);
        }
        return failed(response, says);
    }

    Verdict failed(WireResponse response, ProviderSays says) {
        return switch (response.status() / 100 + ":" + says.code()) {
            case "4:gone" -> new Verdict.AlreadyGone(says);
            case "4:foreign" -> new Verdict.Refused(Reason.NOT_OWNER, says);
            case "5:busy" -> new Verdict.Unavailable(response.retryAfter(), says);
            default -> Verdict.byStatus(response, says);
        };
    }

    static ProviderSays says(WireResponse response) {
        return new ProviderSays(response.status(), response.text("/error"), null, null);
    }

    static Item item(String id, WireResponse response) {
        return new Item(
                id,
                response.text("/text"),
                null,
                null,
                null,
                new Item.Counts(response.count("/likes"), null, null),
                null);
    }
}
