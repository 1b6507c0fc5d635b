package io.unpost.gateway.engine;

import io.unpost.dialect.WireResponse;

/// What came of one request.
public sealed interface Exchange {

    /// The provider answered, and the answer was received to its end.
    record Answered(WireResponse response) implements Exchange {}

    /// Not one byte of the request reached the provider.
    ///
    /// @param why what was in the way, for people; never a credential
    record NeverLeft(String why) implements Exchange {}

    /// At least a part of the request left, and no whole answer came: the provider may have acted on it.
    ///
    /// @param why what went wrong, for people; never a credential
    record NoAnswer(String why) implements Exchange {}
}
