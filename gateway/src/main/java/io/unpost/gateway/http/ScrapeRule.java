package io.unpost.gateway.http;

import io.micronaut.core.async.publisher.Publishers;
import io.micronaut.http.HttpRequest;
import io.micronaut.security.authentication.Authentication;
import io.micronaut.security.rules.SecuredAnnotationRule;
import io.micronaut.security.rules.SecurityRule;
import io.micronaut.security.rules.SecurityRuleResult;
import jakarta.inject.Singleton;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;

/// Lets scrapers and probes in without a token where a sidecar has nothing else to show, even if its callers need one.
@Singleton
final class ScrapeRule implements SecurityRule<HttpRequest<?>> {

    @Override
    public int getOrder() {
        return SecuredAnnotationRule.ORDER - 1;
    }

    @Override
    public Publisher<SecurityRuleResult> check(
            @Nullable HttpRequest<?> request, @Nullable Authentication authentication) {
        return Publishers.just(
                request != null && LoopbackGuard.letIn(request)
                        ? SecurityRuleResult.ALLOWED
                        : SecurityRuleResult.UNKNOWN);
    }
}
