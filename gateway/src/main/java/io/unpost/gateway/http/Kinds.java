package io.unpost.gateway.http;

import io.unpost.dialect.Deletable;
import io.unpost.dialect.Dialect;
import java.util.List;

/// A dialect's kinds, by name.
final class Kinds {

    private Kinds() {}

    static List<String> of(Dialect dialect) {
        return dialect.facts().deletables().stream()
                .map(Deletable::kind)
                .map(io.unpost.dialect.Kind::name)
                .toList();
    }
}
