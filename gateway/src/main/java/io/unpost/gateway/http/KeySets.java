package io.unpost.gateway.http;

import com.nimbusds.jose.jwk.JWKSet;
import io.micronaut.context.event.BeanCreatedEvent;
import io.micronaut.context.event.BeanCreatedEventListener;
import io.micronaut.security.token.jwt.signature.jwks.JwksClient;
import io.unpost.gateway.engine.Time;
import jakarta.inject.Singleton;
import java.text.ParseException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;

/// Keeps the keys that each identity provider gave last: while one is down, or answers with no key set at all, its
/// tokens are taken as before, for a day. A key set without a key is taken at its word.
@Singleton
final class KeySets implements BeanCreatedEventListener<JwksClient> {

    private static final Logger LOG = LoggerFactory.getLogger(KeySets.class);

    private static final Duration KEPT = Duration.ofDays(1);
    /// Far above what a provider takes that is up; callers wait for it.
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final Time time;

    KeySets(Time time) {
        this.time = time;
    }

    @Override
    public JwksClient onCreated(BeanCreatedEvent<JwksClient> event) {
        return new Keeping(event.getBean(), time);
    }

    /// @param at by [Time#elapsed()]
    private record Given(String keys, Duration at) {}

    private static final class Keeping implements JwksClient {

        private final JwksClient client;
        private final Time time;
        private final Map<String, Given> given = new ConcurrentHashMap<>();

        Keeping(JwksClient client, Time time) {
            this.client = client;
            this.time = time;
        }

        @Override
        public Publisher<String> load(@Nullable String provider, String url) {
            return Mono.defer(() -> Mono.from(client.load(provider, url)))
                    .timeout(PATIENCE)
                    .filter(Keeping::isKeySet)
                    .doOnNext(keys -> given.put(url, new Given(keys, time.elapsed())))
                    .onErrorComplete()
                    .switchIfEmpty(Mono.fromSupplier(() -> kept(url)));
        }

        /// @return null where there are none that are young enough
        private @Nullable String kept(String url) {
            Given last = given.get(url);
            boolean young = last != null && time.elapsed().minus(last.at()).compareTo(KEPT) < 0;
            String keys = last != null && young ? last.keys() : null;
            LOG.warn(
                    "{} gives no keys now; {}",
                    url,
                    keys == null ? "tokens of its keys are refused" : "those that it gave last are used");
            return keys;
        }

        private static boolean isKeySet(String text) {
            try {
                return JWKSet.parse(text) != null;
            } catch (ParseException _) {
                return false;
            }
        }
    }
}
