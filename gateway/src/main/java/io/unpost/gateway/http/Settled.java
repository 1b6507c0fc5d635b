package io.unpost.gateway.http;

import io.unpost.dialect.Deletable;
import io.unpost.dialect.WireResponse;
import io.unpost.gateway.accounts.Account;
import io.unpost.gateway.engine.Redaction;
import io.unpost.gateway.engine.Result;

/// A delete that ended, with all that is needed to tell of it again in any way a caller may wish.
///
/// @param account for whom, as it was configured then: its secrets are those that the provider may have echoed
/// @param what the kind of thing
/// @param result how it ended, with no more of the provider's answer than can be shown
record Settled(Account account, Deletable what, Result result) {

    Settled {
        WireResponse answer = result.answer();
        if (answer != null) {
            result = result.with(RawBody.kept(answer, Redaction.of(account.credentials())));
        }
    }

    /// How much memory it takes, roughly.
    int bytes() {
        WireResponse answer = result.answer();
        // The text of a record has that of everything in it; a character may take two bytes.
        return 2 * result.outcome().toString().length() + (answer == null ? 0 : answer.body().length);
    }
}
