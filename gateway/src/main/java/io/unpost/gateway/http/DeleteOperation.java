package io.unpost.gateway.http;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.enums.ParameterIn;
import io.swagger.v3.oas.annotations.headers.Header;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;

/// What `/openapi.yml` says of a delete: as long as the list of its answers.
interface DeleteOperation {

    @Operation(
            operationId = "delete",
            tags = "deletes",
            summary = "Deletes one thing, and says what is proven.",
            description = "200 and 204 mean that it is gone, for those whom visibility names. 202 means that the"
                    + " provider said yes and its answer proves nothing. Everything else says why not, whether it may"
                    + " be gone all the same (mayBeGone), and whether to try again (retryable).",
            parameters = {
                @Parameter(
                        name = "account",
                        in = ParameterIn.PATH,
                        required = true,
                        description = "The name of a configured account.",
                        schema = @Schema(type = "string", pattern = "^[a-z0-9][a-z0-9-]{0,62}$")),
                @Parameter(
                        name = "kind",
                        in = ParameterIn.PATH,
                        required = true,
                        description = "One of the kinds of the account's dialect.",
                        example = "posts",
                        schema = @Schema(type = "string")),
                @Parameter(
                        name = "id",
                        in = ParameterIn.PATH,
                        required = true,
                        description = "The provider's own id, percent-encoded.",
                        example = "240854986559455234",
                        schema = @Schema(type = "string")),
                @Parameter(
                        name = "dry_run",
                        in = ParameterIn.QUERY,
                        description = "Sends nothing, and answers with the request that would be sent. Also t or 1.",
                        schema = @Schema(type = "boolean", defaultValue = "false")),
                @Parameter(
                        name = "trim_user",
                        in = ParameterIn.QUERY,
                        description = "Reduces the item's author to its id. Also t or 1.",
                        schema = @Schema(type = "boolean", defaultValue = "false")),
                @Parameter(
                        name = "raw",
                        in = ParameterIn.QUERY,
                        description = "Adds the provider's answer as received, at most 64 KiB. Also t or 1.",
                        schema = @Schema(type = "boolean", defaultValue = "false")),
                @Parameter(
                        name = "Prefer",
                        in = ParameterIn.HEADER,
                        description = "return=minimal: 204 without a body in place of 200. wait=N: answers after N"
                                + " seconds at the latest (RFC 7240).",
                        schema = @Schema(type = "string")),
                @Parameter(
                        name = "Idempotency-Key",
                        in = ParameterIn.HEADER,
                        description = "The call with this key is made once; printable ASCII.",
                        schema = @Schema(type = "string", minLength = 1, maxLength = 255)),
                @Parameter(
                        name = "X-Request-Id",
                        in = ParameterIn.HEADER,
                        description = "The call's id in the log; made where none is sent.",
                        schema = @Schema(type = "string", pattern = "^[A-Za-z0-9._-]{1,128}$")),
                @Parameter(
                        name = "traceparent",
                        in = ParameterIn.HEADER,
                        description = "The trace that the call belongs to (W3C Trace Context).",
                        schema = @Schema(type = "string"))
            })
    @ApiResponse(
            responseCode = "200",
            description = "deleted or already_gone: it is gone. planned: a dry run, and nothing was sent.",
            headers = {
                @Header(
                        name = "Unpost-Outcome",
                        required = true,
                        description = "As outcome in the body.",
                        schema = @Schema(type = "string")),
                @Header(
                        name = "Unpost-Evidence",
                        description = "As evidence in the body.",
                        schema = @Schema(type = "string")),
                @Header(
                        name = "Unpost-Visibility",
                        description = "As visibility in the body.",
                        schema = @Schema(type = "string")),
                @Header(
                        name = "Idempotent-Replayed",
                        description = "true where an earlier call with the same key was answered so.",
                        schema = @Schema(type = "string"))
            },
            content = @Content(mediaType = "application/json", schema = @Schema(implementation = Answer.class)))
    @ApiResponse(
            responseCode = "202",
            description = "unverified: the provider said yes, and its answer proves nothing; detail says what to do.",
            content = @Content(mediaType = "application/json", schema = @Schema(implementation = Answer.class)))
    @ApiResponse(
            responseCode = "204",
            description = "As 200, where Prefer: return=minimal asked for no body; the Unpost headers say the rest.")
    @ApiResponse(
            responseCode = "400",
            description = "invalid_request: the id or a parameter is not well-formed, or the provider says so.",
            content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
    @ApiResponse(
            responseCode = "401",
            description = "unauthenticated: no valid token.",
            content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
    @ApiResponse(
            responseCode = "403",
            description = "forbidden: the token does not cover the account and kind, or a foreign web page calls."
                    + " not_owner: it is somebody else's. refused: the provider's policy.",
            content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
    @ApiResponse(
            responseCode = "404",
            description = "unknown_account: there is no such account. not_found: the provider cannot find it, and it"
                    + " may be gone. unknown_route: there is no such address.",
            content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
    @ApiResponse(
            responseCode = "405",
            description = "method_not_allowed: the address takes another method.",
            content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
    @ApiResponse(
            responseCode = "409",
            description = "idempotency_in_progress: the first call with this key still runs.",
            content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
    @ApiResponse(
            responseCode = "413",
            description = "request_too_large: a delete needs no body.",
            content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
    @ApiResponse(
            responseCode = "421",
            description = "misdirected: a sidecar does not answer to this host name.",
            content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
    @ApiResponse(
            responseCode = "422",
            description = "unsupported_kind: the dialect has no such kind. idempotency_mismatch: the key was used for"
                    + " another target.",
            content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
    @ApiResponse(
            responseCode = "429",
            description = "rate_limited: the provider's limit, or the account's own budget.",
            headers =
                    @Header(
                            name = "Retry-After",
                            required = true,
                            description = "Seconds.",
                            schema = @Schema(type = "integer", minimum = "1")),
            content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
    @ApiResponse(
            responseCode = "500",
            description = "internal_error: a defect of the gateway.",
            content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
    @ApiResponse(
            responseCode = "502",
            description = "What is wrong with the account or its app at the provider: credentials_rejected,"
                    + " permission_missing, account_locked, endpoint_retired.",
            content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
    @ApiResponse(
            responseCode = "503",
            description = "Nothing was done: provider_unavailable, overloaded.",
            headers =
                    @Header(
                            name = "Retry-After",
                            required = true,
                            description = "Seconds.",
                            schema = @Schema(type = "integer", minimum = "1")),
            content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
    @ApiResponse(
            responseCode = "504",
            description = "outcome_unknown: a request may have arrived, and no answer settles it. Deleting the same id"
                    + " again is safe.",
            content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
    HttpResponse<?> delete(HttpRequest<?> request);
}
