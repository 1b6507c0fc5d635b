package io.unpost.gateway.sandbox;

import io.micronaut.context.annotation.Requires;
import io.unpost.gateway.accounts.TakenNames;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/// The names of the sandbox's accounts.
@Singleton
@Requires(env = "sandbox")
final class DemoNames implements TakenNames {

    private final Set<String> names;

    DemoNames(List<Imitation> imitations) {
        names = imitations.stream()
                .map(imitation -> imitation.account().name())
                .collect(Collectors.toUnmodifiableSet());
    }

    @Override
    public Set<String> names() {
        return names;
    }
}
