package io.unpost.gateway.battery;

/// Something that must not be.
///
/// @param what which id, and what is wrong with it
record Finding(Rule rule, String what) {

    /// What holds in every row.
    enum Rule {
        /// A claim is no more than the ledger and the provider's answers bear out.
        TRUE_CLAIMS,
        /// Each operation has one answer, in its proper form.
        ONE_ANSWER,
        /// No send follows a confirmed delete; no delete takes more than three; each is signed afresh.
        FEW_SENDS,
        /// Nothing is executed but what was requested, for the account that it was requested for.
        NOTHING_ELSE,
        /// No secret comes out.
        NO_SECRET,
        /// No call takes longer than only a hang can make it; no connection is opened beyond the callers' number.
        NO_HANG,
        /// Once the provider is well, deletes succeed again.
        HEALED
    }

    @Override
    public String toString() {
        return rule + " " + what;
    }
}
