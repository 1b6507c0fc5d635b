package io.unpost.gateway;

import java.util.List;
import java.util.Optional;

/// One provider's addresses, credentials and words; none of it from the gateway.
public interface Api {

    /// What a provider can have to say of a delete.
    enum Word {
        DELETED,
        GONE,
        FOREIGN,
        LIMITED
    }

    /// What a request asks to delete.
    ///
    /// @param kind as the gateway's callers call it
    record Asked(String kind, String id) {}

    /// An answer.
    ///
    /// @param headers lines
    record Said(int status, String body, List<String> headers) {

        Said(int status, String body, String... headers) {
            this(status, body, List.of(headers));
        }
    }

    /// A request whose credentials are missing or wrong.
    @SuppressWarnings("serial") // Nobody writes it anywhere.
    final class NotGenuine extends Exception {

        private final transient Said said;

        NotGenuine(String why, Said said) {
            super(why);
            this.said = said;
        }

        /// What the client is told.
        Said said() {
            return said;
        }
    }

    /// What an answer can prove.
    enum Proof {
        /// That it is gone.
        DELETED,
        /// The same, for those who can read it.
        PERHAPS_DELETED,
        /// That it does not exist.
        ABSENT,
        /// That this request did nothing.
        UNTOUCHED,
        NOTHING
    }

    /// What an answer that came whole proves, as the provider's documentation has it.
    Proof proof(Asked asked, int status, String body);

    /// Empty for an address, a method or a body that this provider does not know.
    Optional<Asked> asked(Request request);

    /// Who asks, as the ledger names them.
    String caller(Request request) throws NotGenuine;

    /// Leaves it to scripts to look at the time of signatures.
    void ignoreTime();

    /// How this provider says it.
    Said said(Word word, Asked asked, Request request);

    /// How it refuses an address.
    Said noSuchPage();
}
