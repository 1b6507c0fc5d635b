package io.unpost.dialect;

import java.net.URI;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Speaks one provider's wire language.
///
/// Found by [java.util.ServiceLoader], so it needs a public constructor without arguments. An instance serves many
/// threads at once and keeps no state.
public interface Dialect {

    /// What is true of the provider's calls, whatever is deleted. Always the same.
    Facts facts();

    /// Puts a command into the provider's words. Deterministic.
    ///
    /// @param command of a kind in [Facts#deletables()], with an id which that kind accepts
    /// @param options the account's choice for each of [Facts#options()]
    WireRequest encode(DeleteCommand command, Options options);

    /// Says what the provider's answer proves, and no more than that. Total: any status with any body gives a verdict,
    /// never an exception.
    ///
    /// @param command the command whose request was answered
    /// @param response what the provider answered
    Outcome.Verdict decode(DeleteCommand command, WireResponse response);

    /// A provider's name and place, and what can be done there.
    ///
    /// @param id the name that an account's `dialect:` key uses, for example `twitter-v1.1`; lower case, unique in
    ///     a gateway
    /// @param provider the provider's name for people, for example `Twitter`
    /// @param documentation the provider's own documentation of these calls
    /// @param baseUri where the provider serves these calls when the account names no `base-url`; absolute, without
    ///     a trailing slash; null where each account has a server of its own, which its `base-url` must then name
    /// @param deletables what can be deleted, in the order it is shown; never empty, each kind at most once
    /// @param credentials the forms of credentials the provider takes, the usual one first; never empty, each
    ///     scheme at most once
    /// @param options what an account may choose about the wire, such as its format; empty where there is none
    record Facts(
            String id,
            String provider,
            URI documentation,
            @Nullable URI baseUri,
            List<Deletable> deletables,
            List<CredentialForm> credentials,
            List<Option> options) {

        /// Facts with copies of the lists.
        public Facts {
            deletables = List.copyOf(deletables);
            credentials = List.copyOf(credentials);
            options = List.copyOf(options);
        }
    }
}
