package io.unpost.gateway.accounts;

import io.unpost.dialect.Dialect;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.TreeMap;

/// The dialects this gateway speaks.
@Singleton
public final class Dialects {

    private final TreeMap<String, Dialect> byId = new TreeMap<>();

    /// The dialects on the class path.
    ///
    /// @throws IllegalStateException where two have one id
    @Inject
    public Dialects() {
        this(ServiceLoader.load(Dialect.class).stream()
                .map(ServiceLoader.Provider::get)
                .toList());
    }

    /// @throws IllegalStateException where two have one id
    public Dialects(Collection<? extends Dialect> dialects) {
        for (Dialect dialect : dialects) {
            Dialect other = byId.putIfAbsent(dialect.facts().id(), dialect);
            if (other != null) {
                throw new IllegalStateException(
                        "two dialects have the id " + dialect.facts().id() + ": "
                                + other.getClass().getName() + " and "
                                + dialect.getClass().getName());
            }
        }
    }

    public Optional<Dialect> find(String id) {
        return Optional.ofNullable(byId.get(id));
    }

    /// Sorted by id.
    public List<Dialect> all() {
        return List.copyOf(byId.values());
    }
}
