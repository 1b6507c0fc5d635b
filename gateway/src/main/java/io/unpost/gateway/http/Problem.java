package io.unpost.gateway.http;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.micronaut.serde.annotation.Serdeable;
import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/// The body of every failure, RFC 9457. A field without a value is left out.
///
/// @param type the address that explains the code
/// @param title what happened; the same for every occurrence
/// @param status the HTTP status
/// @param detail what happened this time and what to do
/// @param instance the path that was called
/// @param code one of those that GET /problems lists
/// @param outcome what is so
/// @param mayBeGone whether the target may be gone all the same
/// @param retryable whether the same call may end better later
/// @param account the account's name
/// @param dialect the account's dialect; null where the call did not get as far
/// @param kind the kind of thing
/// @param id the thing's id
/// @param attempts how many attempts were made, sent or not; null where nothing was to be deleted
/// @param provider the provider's last answer; null where none came
/// @param requestId the call's id in the log
@Serdeable
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Problem(
        String type,
        String title,
        int status,
        String detail,
        String instance,
        String code,

        @Schema(
                type = "string",
                allowableValues = {"not_deleted", "unknown"})
        String outcome,

        boolean mayBeGone,
        boolean retryable,
        @Nullable String account,
        @Nullable String dialect,
        @Nullable String kind,
        @Nullable String id,
        @Nullable Integer attempts,
        @Nullable Provider provider,
        String requestId) {

    static final String MEDIA_TYPE = "application/problem+json";

    /// A problem that no provider and no account has a part in.
    static Problem of(ProblemCode code, String detail, String path, String requestId) {
        return of(code, detail, path, requestId, null, null, null, null, null, null);
    }

    /// A problem of a delete.
    ///
    /// @param dialect null where the call did not get as far
    /// @param provider null where no provider answered
    static Problem of(
            ProblemCode code,
            String detail,
            Target target,
            @Nullable String dialect,
            int attempts,
            @Nullable Provider provider) {
        return of(
                code,
                detail,
                target.path(),
                target.requestId(),
                target.account(),
                dialect,
                target.kind(),
                target.id().orElse(null),
                attempts,
                provider);
    }

    private static Problem of(
            ProblemCode code,
            String detail,
            String path,
            String requestId,
            @Nullable String account,
            @Nullable String dialect,
            @Nullable String kind,
            @Nullable String id,
            @Nullable Integer attempts,
            @Nullable Provider provider) {
        return new Problem(
                "/problems/" + code.wire(),
                code.title(),
                code.status().getCode(),
                detail,
                path,
                code.wire(),
                code == ProblemCode.OUTCOME_UNKNOWN ? "unknown" : "not_deleted",
                code.mayBeGone(),
                code.retryable(),
                account,
                dialect,
                kind,
                id,
                attempts,
                provider,
                requestId);
    }

    /// The provider's last answer.
    ///
    /// @param status the HTTP status
    /// @param code the provider's own code
    /// @param message the provider's own words
    /// @param body the answer as received; only where raw=true asked for it
    /// @param bodyTruncated whether the body is longer than what is shown
    @Serdeable
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Provider(
            int status,
            @Nullable String code,
            @Nullable String message,
            @Nullable String body,
            @Nullable Boolean bodyTruncated) {}
}
