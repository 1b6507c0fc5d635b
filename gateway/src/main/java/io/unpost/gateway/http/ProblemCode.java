package io.unpost.gateway.http;

import io.micronaut.http.HttpStatus;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/// Every way in which a call can fail. A code never changes its meaning.
public enum ProblemCode {
    INVALID_REQUEST(
            HttpStatus.BAD_REQUEST,
            Retry.POINTLESS,
            "The request is not well-formed",
            "The id does not have the form its provider uses, a parameter or header is wrong, or the provider says so."
                    + " Nothing was deleted. Correct the request."),
    UNAUTHENTICATED(
            HttpStatus.UNAUTHORIZED,
            Retry.POINTLESS,
            "The caller is not known",
            "The call carries no JSON Web Token, or one that is expired, wrongly signed, or lacks exp or sub. Send"
                    + " Authorization: Bearer with a valid token."),
    FORBIDDEN(
            HttpStatus.FORBIDDEN,
            Retry.POINTLESS,
            "The caller may not do this",
            "The token's accounts or scope claim does not cover this account and kind, or the request comes from a web"
                    + " page. Ask whoever issues the tokens."),
    UNKNOWN_ACCOUNT(
            HttpStatus.NOT_FOUND,
            Retry.POINTLESS,
            "There is no such account",
            "The gateway has no account of this name. Check the name, or add the account to the accounts file."),
    NOT_FOUND(
            HttpStatus.NOT_FOUND,
            Retry.POINTLESS,
            "The provider cannot find it",
            "The provider's answer does not tell gone from never there from not yours. It may be gone; this call is no"
                    + " proof of it."),
    NOT_OWNER(
            HttpStatus.FORBIDDEN,
            Retry.POINTLESS,
            "It belongs to somebody else",
            "The provider deletes only what is the account's own. Use the account that owns it."),
    REFUSED(
            HttpStatus.FORBIDDEN,
            Retry.POINTLESS,
            "The provider refuses",
            "The provider's policy is in the way: a hidden or suspended target, an anti-abuse rule, blocked content."
                    + " Read provider.message; asking again soon does not help."),
    UNSUPPORTED_KIND(
            HttpStatus.UNPROCESSABLE_ENTITY,
            Retry.POINTLESS,
            "The provider has no such kind",
            "The account's dialect cannot delete this kind of thing. GET /v1/dialects lists what each can delete. No"
                    + " call was made."),
    IDEMPOTENCY_MISMATCH(
            HttpStatus.UNPROCESSABLE_ENTITY,
            Retry.POINTLESS,
            "The idempotency key was used for another target",
            "An Idempotency-Key belongs to one account, kind and id. Nothing was sent. Use a new key for another"
                    + " target."),
    IDEMPOTENCY_IN_PROGRESS(
            HttpStatus.CONFLICT,
            Retry.SENSIBLE,
            "The first call with this idempotency key still runs",
            "Nothing was sent for this call. Wait for the first call's answer, or ask again after the seconds in"
                    + " Retry-After."),
    UNKNOWN_ROUTE(
            HttpStatus.NOT_FOUND,
            Retry.POINTLESS,
            "There is nothing at this address",
            "The call is DELETE /v1/accounts/{account}/{kind}/{id}; a slash inside an id is written %2F."),
    METHOD_NOT_ALLOWED(
            HttpStatus.METHOD_NOT_ALLOWED,
            Retry.POINTLESS,
            "This address does not take this method",
            "The Allow header lists the methods that it takes."),
    MISDIRECTED(
            HttpStatus.MISDIRECTED_REQUEST,
            Retry.POINTLESS,
            "This host name is not served here",
            "A sidecar answers to localhost, 127.0.0.1 and [::1] only, so that no web page can reach it by a name of"
                    + " its own. Use one of these, or name the host in unpost.allowed-hosts."),
    REQUEST_TOO_LARGE(
            HttpStatus.REQUEST_ENTITY_TOO_LARGE,
            Retry.POINTLESS,
            "The request is too large",
            "A delete needs no body, and its address and headers fit in a few kilobytes."),
    RATE_LIMITED(
            HttpStatus.TOO_MANY_REQUESTS,
            Retry.SENSIBLE,
            "A rate limit is reached",
            "The provider's limit, or the budget that the account has here. Nothing was deleted. Ask again after the"
                    + " seconds in Retry-After."),
    CREDENTIALS_REJECTED(
            HttpStatus.BAD_GATEWAY,
            Retry.POINTLESS,
            "The provider does not accept the account's credentials",
            "Nothing was deleted. Check the account's keys, tokens or password, and both clocks where the detail names"
                    + " the clock."),
    PERMISSION_MISSING(
            HttpStatus.BAD_GATEWAY,
            Retry.POINTLESS,
            "The app or its token may not do this",
            "Nothing was deleted. Give the app write access at the provider, then make new tokens: old ones keep the"
                    + " old permissions."),
    ACCOUNT_LOCKED(
            HttpStatus.BAD_GATEWAY,
            Retry.POINTLESS,
            "The account is suspended or locked",
            "Nothing was deleted. A person has to log in at the provider and unlock the account."),
    ENDPOINT_RETIRED(
            HttpStatus.BAD_GATEWAY,
            Retry.POINTLESS,
            "The provider has switched this call off",
            "Nothing was deleted. Give the account a newer dialect of its provider."),
    PROVIDER_UNAVAILABLE(
            HttpStatus.SERVICE_UNAVAILABLE,
            Retry.SENSIBLE,
            "The provider cannot be reached, or did nothing",
            "Nothing left for the provider, or it said itself that it did nothing. Ask again after the seconds in"
                    + " Retry-After."),
    OVERLOADED(
            HttpStatus.SERVICE_UNAVAILABLE,
            Retry.SENSIBLE,
            "The gateway is overloaded",
            "Nothing was sent. Ask again after the seconds in Retry-After."),
    OUTCOME_UNKNOWN(
            HttpStatus.GATEWAY_TIMEOUT,
            Retry.SENSIBLE,
            "Nobody knows whether it was deleted",
            "The request left, and no answer proves what came of it. Deleting the same id again is safe."),
    INTERNAL_ERROR(
            HttpStatus.INTERNAL_SERVER_ERROR,
            Retry.POINTLESS,
            "The gateway has a defect",
            "This is not the caller's fault. Report it with the requestId; the gateway's log has the cause.");

    /// Whether the same call may end better later.
    enum Retry {
        SENSIBLE,
        POINTLESS
    }

    private final HttpStatus status;
    private final Retry retry;
    private final String title;
    private final String explanation;

    ProblemCode(HttpStatus status, Retry retry, String title, String explanation) {
        this.status = status;
        this.retry = retry;
        this.title = title;
        this.explanation = explanation;
    }

    /// The code as callers read it, for example `rate_limited`.
    public String wire() {
        return name().toLowerCase(Locale.ROOT);
    }

    /// The problem with this code; empty for an unknown code.
    public static Optional<ProblemCode> find(String wire) {
        return Arrays.stream(values()).filter(code -> code.wire().equals(wire)).findFirst();
    }

    public HttpStatus status() {
        return status;
    }

    public boolean retryable() {
        return retry == Retry.SENSIBLE;
    }

    /// What happened, in a few words; the same for every occurrence.
    public String title() {
        return title;
    }

    /// What happened and what to do about it.
    public String explanation() {
        return explanation;
    }

    /// Whether the target may be gone in spite of the failure.
    public boolean mayBeGone() {
        return this == NOT_FOUND || this == OUTCOME_UNKNOWN;
    }
}
