package io.unpost.gateway.battery;

/// Something that must not be.
///
/// @param what which id, and what is wrong with it
record Finding(Rule rule, String what) {

    /// What holds in every row.
    enum Rule {
        /// A claim is no more than the ledger and the provider's answers bear out, and no less.
        TRUE_CLAIMS,
        /// Each operation has one answer, in its proper form; it is audited and counted as that.
        ONE_ANSWER,
        /// No send follows a confirmed delete, or an answer; no delete takes more than three; each is signed afresh.
        FEW_SENDS,
        /// Nothing is sent or executed but what was requested, for the account that it was requested for.
        NOTHING_ELSE,
        /// No secret comes out.
        NO_SECRET,
        /// No call takes longer than only a hang can make it; no more connections are open than only a leak leaves.
        NO_HANG,
        /// Once the provider is well, deletes succeed again.
        HEALED
    }

    @Override
    public String toString() {
        return rule + " " + what;
    }
}
