package io.unpost.gateway.http;

import io.micronaut.context.annotation.Value;
import io.micronaut.http.HttpRequest;
import io.micronaut.security.authentication.Authentication;
import jakarta.inject.Singleton;

/// Tells who calls.
@Singleton
final class Callers {

    private final boolean secured;
    private final Grants grants;

    /// @param secured false where the gateway serves one application on the loopback and asks for no token
    Callers(@Value("${micronaut.security.enabled:true}") boolean secured, Grants grants) {
        this.secured = secured;
        this.grants = grants;
    }

    /// Who makes this call; the token was checked before.
    Caller of(HttpRequest<?> request) {
        if (!secured) {
            return Caller.LOCAL;
        }
        return request.getUserPrincipal(Authentication.class)
                .map(authentication -> Caller.ofClaims(authentication.getAttributes()))
                .map(caller -> grants.of(caller.issuer(), caller.subject()).orElse(caller))
                .orElseThrow(() -> new IllegalStateException("the route is secured, so a caller is known"));
    }
}
