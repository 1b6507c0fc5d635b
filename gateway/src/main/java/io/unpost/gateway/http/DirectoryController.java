package io.unpost.gateway.http;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Produces;
import io.micronaut.security.annotation.Secured;
import io.micronaut.security.rules.SecurityRule;
import io.micronaut.serde.annotation.Serdeable;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.unpost.dialect.Deletable;
import io.unpost.dialect.Dialect;
import io.unpost.gateway.accounts.Accounts;
import io.unpost.gateway.accounts.Dialects;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What there is: the accounts a caller may use, and the dialects accounts can speak.
@Controller("/v1")
@Produces(MediaType.ALL)
@Secured(SecurityRule.IS_AUTHENTICATED)
public final class DirectoryController {

    private final Accounts accounts;
    private final Dialects dialects;
    private final Callers callers;

    public DirectoryController(Accounts accounts, Dialects dialects, Callers callers) {
        this.accounts = accounts;
        this.dialects = dialects;
        this.callers = callers;
    }

    /// The accounts that the caller may use, by name.
    @Serdeable
    @JsonInclude(JsonInclude.Include.ALWAYS)
    public record AccountList(List<AccountEntry> accounts) {}

    /// One account; nothing of its credentials.
    @Serdeable
    public record AccountEntry(String name, String dialect, List<String> kinds) {}

    /// All dialects, by id.
    @Serdeable
    @JsonInclude(JsonInclude.Include.ALWAYS)
    public record DialectList(List<DialectEntry> dialects) {}

    /// One dialect.
    ///
    /// @param baseUrl where its provider is; null where each account names a server of its own
    /// @param formats the formats it speaks, the default first
    /// @param options what an account may choose, by option, the default first
    @Serdeable
    @JsonInclude(JsonInclude.Include.ALWAYS)
    public record DialectEntry(
            String id,
            String provider,
            String documentation,
            @Nullable String baseUrl,
            List<KindEntry> kinds,
            List<String> formats,
            List<String> schemes,
            Map<String, List<String>> options) {}

    /// One kind a dialect can delete.
    @Serdeable
    public record KindEntry(String kind, String idForm, String visibility) {}

    @Operation(operationId = "accounts", tags = "directory", summary = "Lists the accounts that the caller may use.")
    @ApiResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = AccountList.class)))
    @ApiResponse(
            responseCode = "401",
            content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
    @Get("/accounts")
    HttpResponse<AccountList> accounts(HttpRequest<?> request) {
        Caller caller = callers.of(request);
        List<AccountEntry> usable = accounts.all().stream()
                .filter(account -> caller.mayUse(account.name()))
                .map(account -> new AccountEntry(
                        account.name(), account.dialect().facts().id(), Kinds.of(account.dialect())))
                .toList();
        return HttpResponse.ok(new AccountList(usable)).contentType(MediaType.APPLICATION_JSON_TYPE);
    }

    @Operation(operationId = "dialects", tags = "directory", summary = "Lists the dialects that accounts can speak.")
    @ApiResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = DialectList.class)))
    @ApiResponse(
            responseCode = "401",
            content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
    @Get("/dialects")
    HttpResponse<DialectList> dialects() {
        List<DialectEntry> all =
                dialects.all().stream().map(DirectoryController::entry).toList();
        return HttpResponse.ok(new DialectList(all)).contentType(MediaType.APPLICATION_JSON_TYPE);
    }

    private static DialectEntry entry(Dialect dialect) {
        var options = new LinkedHashMap<String, List<String>>();
        dialect.facts().options().forEach(option -> options.put(option.name(), option.values()));
        return new DialectEntry(
                dialect.facts().id(),
                dialect.facts().provider(),
                dialect.facts().documentation().toString(),
                dialect.facts().baseUri() == null
                        ? null
                        : dialect.facts().baseUri().toString(),
                dialect.facts().deletables().stream()
                        .map(DirectoryController::entry)
                        .toList(),
                options.getOrDefault("format", List.of("json")),
                dialect.facts().credentials().stream()
                        .map(form -> form.scheme().name().toLowerCase(Locale.ROOT))
                        .toList(),
                options);
    }

    private static KindEntry entry(Deletable deletable) {
        return new KindEntry(
                deletable.kind().name(),
                deletable.idForm(),
                deletable.visibility().name().toLowerCase(Locale.ROOT));
    }
}
