package io.unpost.gateway.accounts;

/// A value that must not be seen: [#toString()] gives `***`.
///
/// @param value the value itself, for signing and nothing else
public record Secret(String value) {

    @Override
    public String toString() {
        return "***";
    }
}
