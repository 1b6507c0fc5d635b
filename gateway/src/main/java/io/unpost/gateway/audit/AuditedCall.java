package io.unpost.gateway.audit;

import io.unpost.gateway.accounts.Account;
import org.jspecify.annotations.Nullable;

/// One caller's call for one delete, about to be tried.
///
/// @param caller the subject of the caller's token
/// @param issuer who issued the token; null where it does not say, or where there is none
/// @param id the provider's own id, as the caller gave it, decoded
/// @param trace the trace it belongs to, as `traceparent` writes it
public record AuditedCall(
        String caller,
        @Nullable String issuer,
        Account account,
        String kind,
        String id,
        String requestId,
        String trace) {}
