package io.unpost.gateway.engine;

import io.unpost.dialect.DeleteCommand;
import io.unpost.dialect.WireRequest;
import io.unpost.dialect.WireRequest.Method;
import io.unpost.gateway.accounts.Account;
import jakarta.inject.Singleton;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/// Says what a delete would send. Has no transport, so that it cannot send it.
@Singleton
public final class Planner {

    private static final Pattern SIGNATURE = Pattern.compile("oauth_signature=\"[^\"]*\"");

    private final Signers signers;

    public Planner(Signers signers) {
        this.signers = signers;
    }

    /// A request that was not sent, every credential in it written as `***`.
    ///
    /// @param form the form fields; empty where there is no form
    public record Plan(Method method, String url, Map<String, String> headers, Map<String, String> form) {}

    /// What the first attempt of a delete would send.
    public Plan plan(Account account, DeleteCommand command) {
        WireRequest request = account.dialect().encode(command, account.options());
        SignedRequest signed = signers.of(account.credentials()).sign(request, account.baseUri());
        var redaction = Redaction.ofAll(account.credentials());
        var headers = new TreeMap<String, String>();
        signed.headers()
                .forEach((name, value) -> headers.put(
                        name, redaction.of(SIGNATURE.matcher(value).replaceAll("oauth_signature=\"***\""))));
        var form = new TreeMap<String, String>();
        request.form().forEach(field -> form.put(field.name(), redaction.of(field.value())));
        return new Plan(signed.method(), redaction.of(signed.uri().toString()), headers, form);
    }
}
