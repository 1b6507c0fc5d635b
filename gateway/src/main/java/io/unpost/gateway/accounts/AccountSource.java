package io.unpost.gateway.accounts;

import java.util.List;

/// Where accounts come from.
public interface AccountSource {

    /// The accounts as they are now; no name twice.
    List<Account> accounts();
}
