package io.unpost.gateway.sandbox;

/// The errors of Twitter's published tables, and of recorded answers, that a delete can meet.
enum TwitterError {
    BAD_PARAMETER(400, 44, "id parameter is invalid."),
    AUTHENTICATION_MISSING(400, 215, "Bad Authentication data."),
    AUTHENTICATION_FAILED(401, 32, "Could not authenticate you."),
    TOKEN_INVALID(401, 89, "Invalid or expired token."),
    CLOCK(401, 135, "Timestamp out of bounds."),
    BLOCKED_BY_AUTHOR(401, 136, "You have been blocked from the author of this tweet."),
    APP_SUSPENDED(401, 416, "Invalid / suspended application"),
    PARAMETER_MISSING(403, 38, "id parameter is missing."),
    AUTHOR_SUSPENDED(403, 63, "User has been suspended."),
    ACCOUNT_SUSPENDED(403, 64, "Your account is suspended and is not permitted to access this feature."),
    CLIENT_NOT_PERMITTED(403, 87, "Client is not permitted to perform this action."),
    TLS_REQUIRED(403, 92, "SSL is required."),
    MESSAGES_NOT_ALLOWED(403, 93, "This application is not allowed to access or delete your direct messages."),
    CREDENTIALS_UNVERIFIED(403, 99, "Unable to verify your credentials."),
    STATUS_HIDDEN(403, 179, "Sorry, you are not authorized to see this status."),
    NOT_OWNER(403, 183, "You may not delete another user's status."),
    UPDATE_LIMIT(403, 185, "User is over daily status update limit."),
    CREDENTIALS_RESTRICTED(403, 220, "Your credentials do not allow access to this resource."),
    LOOKS_AUTOMATED(403, 226, "This request looks like it might be automated. Please try again later."),
    APP_READ_ONLY(403, 261, "Application cannot perform write actions."),
    ACCOUNT_LOCKED(403, 326, "To protect our users from spam, this account is temporarily locked. Please log in."),
    ACCESS_LEVEL(403, 453, "You currently have access to a subset of endpoints that does not include this one."),
    PAGE_MISSING(404, 34, "Sorry, that page does not exist."),
    STATUS_MISSING(404, 144, "No status found with that ID."),
    STATUS_UNAVAILABLE(404, 421, "This Tweet is no longer available."),
    STATUS_REMOVED(404, 422, "This Tweet is no longer available because it violated the Twitter Rules."),
    VERSION_RETIRED(410, 68, "The Twitter REST API v1 is no longer active. Please migrate to API v1.1."),
    ENDPOINT_RETIRED(410, 251, "This endpoint has been retired and should not be used."),
    CALM(420, 88, "Rate limit exceeded"),
    RATE_LIMIT(429, 88, "Rate limit exceeded"),
    INTERNAL(500, 131, "Internal error"),
    OVER_CAPACITY(503, 130, "Over capacity");

    private final int status;
    private final int code;
    private final String message;

    TwitterError(int status, int code, String message) {
        this.status = status;
        this.code = code;
        this.message = message;
    }

    /// What the error reads like in a list.
    private String described() {
        return status + ", code " + code + ": " + message;
    }

    Reply reply() {
        return Reply.json(status, body());
    }

    /// The body it comes in.
    String body() {
        return """
            {"errors":[{"code":%d,"message":"%s"}]}\
            """.formatted(code, message);
    }

    /// The id that meets it: the status, then the code in three digits.
    Magic magic() {
        return Magic.says("%d%03d".formatted(status, code), "says " + described(), reply());
    }
}
