package io.unpost.gateway.http;

import io.micronaut.context.annotation.Replaces;
import io.micronaut.context.annotation.Requires;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.annotation.Filter;
import io.micronaut.http.filter.ServerFilterChain;
import io.micronaut.security.authentication.Authentication;
import io.micronaut.security.config.SecurityConfiguration;
import io.micronaut.security.filters.AuthenticationFetcher;
import io.micronaut.security.filters.SecurityFilter;
import io.micronaut.security.rules.SecurityRule;
import io.micronaut.security.rules.SecurityRuleResult;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import org.reactivestreams.Subscriber;
import org.reactivestreams.Subscription;

/// Micronaut's filter of who calls and what for, with a short way for a token that was found right a moment ago.
///
/// The rules are the same on both ways, and asked for every call.
@Filter(Filter.MATCH_ALL_PATTERN)
@Replaces(SecurityFilter.class)
@Requires(property = "micronaut.security.enabled", notEquals = "false")
final class CallersFilter extends SecurityFilter {

    private static final String BEARER = "Bearer ";

    private final KnownTokens known;

    CallersFilter(
            Collection<SecurityRule<HttpRequest<?>>> rules,
            Collection<AuthenticationFetcher<HttpRequest<?>>> fetchers,
            SecurityConfiguration configuration,
            KnownTokens known) {
        super(rules, fetchers, configuration);
        this.known = known;
    }

    @Override
    public Publisher<MutableHttpResponse<?>> doFilter(HttpRequest<?> request, ServerFilterChain chain) {
        String token = token(request);
        if (token == null) {
            return super.doFilter(request, chain);
        }
        Optional<Authentication> caller = known.find(token);
        if (caller.isEmpty()) {
            return super.doFilter(request, allowed -> {
                remember(token, allowed);
                return chain.proceed(allowed);
            });
        }
        request.setAttribute(KEY, true);
        request.setAttribute(TOKEN, token);
        request.setAttribute(AUTHENTICATION, caller.get());
        return allowed(request, caller.get()) ? chain.proceed(request) : checkRules(request, chain, caller.get());
    }

    /// The token of a call.
    ///
    /// @return null where there is none, or where it is not plain to see which
    private static @Nullable String token(HttpRequest<?> request) {
        List<String> credentials = request.getHeaders().getAll(HttpHeaders.AUTHORIZATION);
        return credentials.size() == 1 && credentials.getFirst().startsWith(BEARER)
                ? credentials.getFirst().substring(BEARER.length())
                : null;
    }

    private void remember(String token, HttpRequest<?> request) {
        if (request.getAttribute(TOKEN).filter(token::equals).isPresent()) {
            request.getAttribute(AUTHENTICATION, Authentication.class).ifPresent(caller -> known.add(token, caller));
        }
    }

    /// Whether the first rule that knows allows it. False also where that is only known later.
    private boolean allowed(HttpRequest<?> request, Authentication caller) {
        for (SecurityRule<HttpRequest<?>> rule : securityRules) {
            var answer = new AtOnce();
            rule.check(request, caller).subscribe(answer);
            if (answer.result != SecurityRuleResult.UNKNOWN) {
                return answer.result == SecurityRuleResult.ALLOWED;
            }
        }
        return false;
    }

    /// Takes what a rule says at once.
    private static final class AtOnce implements Subscriber<SecurityRuleResult> {

        private @Nullable SecurityRuleResult result;

        @Override
        public void onSubscribe(Subscription subscription) {
            subscription.request(1);
        }

        @Override
        public void onNext(SecurityRuleResult said) {
            result = said;
        }

        @Override
        public void onError(Throwable fault) {
            result = null;
        }

        @Override
        public void onComplete() {}
    }
}
