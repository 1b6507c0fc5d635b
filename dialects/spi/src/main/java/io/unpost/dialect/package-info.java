/// The contract between the gateway and a dialect.
///
/// A [io.unpost.dialect.Dialect] speaks one provider's wire language. It is a pure translator: it turns a
/// [io.unpost.dialect.DeleteCommand] into a [io.unpost.dialect.WireRequest] and the provider's
/// [io.unpost.dialect.WireResponse] into an [io.unpost.dialect.Outcome.Verdict]. It holds no credentials, opens no
/// socket, reads no clock, no randomness and no environment; the gateway does those things once, for every dialect.
@NullMarked
package io.unpost.dialect;

import org.jspecify.annotations.NullMarked;
