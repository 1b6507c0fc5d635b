package io.unpost.gateway.battery;

/// Where, in the course of one exchange, a fault strikes.
enum When {
    /// With the request line, which shows whose exchange it is; nothing else is read, and nothing done.
    ACCEPT,
    /// In the midst of the request's headers.
    HEADERS,
    /// In the midst of the request's body, after the headers of one that has none.
    MID_BODY,
    /// The request was read, and nothing done.
    BEFORE_COMMIT,
    /// It was done, and written down.
    AFTER_COMMIT,
    /// It was done, and half of the true answer was sent.
    MID_RESPONSE;

    /// Whether credentials are not even read yet.
    boolean early() {
        return compareTo(BEFORE_COMMIT) < 0;
    }
}
