package io.unpost.gateway;

import io.micronaut.context.DefaultApplicationContextBuilder;
import io.micronaut.core.io.scan.ClassPathResourceLoader;
import io.micronaut.core.io.scan.DefaultClassPathResourceLoader;
import java.io.InputStream;
import java.util.Optional;

/// Builds Micronaut's context, which reads its settings as any file of the jar is read. By itself Micronaut opens the
/// jar as a file system for each of them.
final class GatewayContext extends DefaultApplicationContextBuilder {

    @Override
    public ClassPathResourceLoader getResourceLoader() {
        return new DefaultClassPathResourceLoader(getClassLoader()) {
            @Override
            public Optional<InputStream> getResourceAsStream(String path) {
                return Optional.ofNullable(getClassLoader().getResourceAsStream(path));
            }
        };
    }
}
