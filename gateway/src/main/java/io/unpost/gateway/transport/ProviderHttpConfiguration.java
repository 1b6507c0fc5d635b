package io.unpost.gateway.transport;

import io.micronaut.http.client.DefaultHttpClientConfiguration;
import io.micronaut.http.client.HttpClientConfiguration;
import jakarta.inject.Singleton;

/// The settings under `micronaut.http.client`, less those that could break what [HttpTransport] promises.
@Singleton
final class ProviderHttpConfiguration extends HttpClientConfiguration {

    private static final int HEADER_BYTES = 32 * 1024;

    private final ConnectionPoolConfiguration pool;

    ProviderHttpConfiguration(DefaultHttpClientConfiguration settings) {
        super(settings);
        this.pool = settings.getConnectionPoolConfiguration();
        setFollowRedirects(false);
        setMaxHeaderSize(HEADER_BYTES);
        setAddressResolverGroupName(HostNames.NAME);
        // The two limits of a request are kept by its flight; a shorter one here would only cloud what happened.
        setReadTimeout(null);
        // Netty's log of a connection holds every byte, and so every credential.
        setLogLevel(null);
        // Micronaut's log of the requests holds their queries, and so an app key.
        setLoggerName("unpost.requests");
    }

    @Override
    public ConnectionPoolConfiguration getConnectionPoolConfiguration() {
        return pool;
    }
}
