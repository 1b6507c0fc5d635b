package io.unpost.dialect;

/// Why a provider refused, in house words.
public enum Reason {
    /// The request itself is wrong: an id or a parameter.
    INVALID_REQUEST,
    /// It belongs to somebody else.
    NOT_OWNER,
    /// The provider's policy: a hidden or suspended target, an anti-abuse rule, a block on content, a free-text
    /// refusal.
    REFUSED,
    /// The account's keys, token or password are not accepted.
    CREDENTIALS_REJECTED,
    /// The signature's timestamp is outside of what the provider accepts: one of the two clocks is wrong.
    CLOCK_REJECTED,
    /// The app or the token may not do this.
    PERMISSION_MISSING,
    /// The account is suspended, locked or was never opened.
    ACCOUNT_LOCKED,
    /// The provider has switched this call off.
    ENDPOINT_RETIRED
}
