package io.unpost.dialect;

import java.net.URI;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Speaks one provider's wire language.
///
/// Found by [java.util.ServiceLoader], so it needs a public constructor without arguments. An instance serves many
/// threads at once and keeps no state.
public interface Dialect {

    /// The name an account's `dialect:` key uses, for example `twitter-v1.1`; lower case, unique in a gateway.
    String id();

    /// The provider's name for people, for example `Twitter`.
    String provider();

    /// The provider's own documentation of these calls.
    URI documentation();

    /// Where the provider serves these calls when the account names no `base-url`; absolute, without a trailing slash.
    ///
    /// @return null where each account has a server of its own, which its `base-url` must then name
    @Nullable
    URI baseUri();

    /// What can be deleted, in the order it is shown; never empty, each kind at most once.
    List<Deletable> deletables();

    /// The forms of credentials the provider takes, the usual one first; never empty, each scheme at most once.
    List<CredentialForm> credentials();

    /// What an account may choose about the wire, such as its format; empty where there is no choice.
    default List<Option> options() {
        return List.of();
    }

    /// Puts a command into the provider's words. Deterministic.
    ///
    /// @param command of a kind in [#deletables()], with an id which that kind accepts
    /// @param options the account's choice for each of [#options()]
    WireRequest encode(DeleteCommand command, Options options);

    /// Says what the provider's answer proves, and no more than that. Total: any status with any body gives a verdict,
    /// never an exception.
    ///
    /// @param command the command whose request was answered
    /// @param response what the provider answered
    Outcome.Verdict decode(DeleteCommand command, WireResponse response);
}
