package io.unpost.gateway;

import io.micronaut.core.io.service.SoftServiceLoader;
import io.micronaut.core.io.service.SoftServiceLoader.StaticDefinition;
import io.micronaut.core.io.service.SoftServiceLoader.StaticServiceLoader;
import io.micronaut.core.optim.StaticOptimizations;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.reflect.InvocationTargetException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Which classes the jar has for each of Micronaut's services, its beans among them. By itself Micronaut opens the jar
/// as a file system and lists folders.
///
/// The build writes the file: a line that begins with `/` names a service, those below it its classes. Where there is
/// no file, Micronaut looks by itself.
public final class ServiceIndex implements StaticOptimizations.Loader<SoftServiceLoader.Optimizations> {

    private static final String FILE = "/META-INF/micronaut.index";

    @Override
    public SoftServiceLoader.Optimizations load() {
        try (InputStream file = ServiceIndex.class.getResourceAsStream(FILE)) {
            return new SoftServiceLoader.Optimizations(read(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Map<String, StaticServiceLoader<?>> read(@Nullable InputStream file) throws IOException {
        if (file == null) {
            return Map.of();
        }
        var services = new Services();
        List<String> names = List.of();
        for (String line :
                new String(file.readAllBytes(), StandardCharsets.UTF_8).lines().toList()) {
            if (line.startsWith("/")) {
                names = new ArrayList<>();
                services.put(line.substring(1), new Classes<>(names));
            } else {
                names.add(line);
            }
        }
        return services;
    }

    /// The whole of the jar: a service that is not named has no class.
    @SuppressWarnings("serial")
    private static final class Services extends HashMap<String, StaticServiceLoader<?>> {

        @Override
        public StaticServiceLoader<?> get(Object service) {
            return getOrDefault(service, new Classes<>(List.of()));
        }

        @Override
        public boolean containsKey(Object service) {
            return true;
        }
    }

    /// The classes of one service. One that lacks a class that it needs is as if it were not there, as it is for
    /// Micronaut: many are for libraries that one may have.
    private record Classes<S>(List<String> names) implements StaticServiceLoader<S> {

        @Override
        public Stream<StaticDefinition<S>> findAll(Predicate<String> condition) {
            return names.stream()
                    .filter(condition)
                    .flatMap(name -> Optional.ofNullable(made(name)).stream()
                            .map(service -> StaticDefinition.of(name, () -> service)));
        }

        @Override
        public List<S> load(@Nullable Predicate<S> condition) {
            var services = new ArrayList<S>(names.size());
            for (String name : names) {
                S service = made(name);
                if (service != null && (condition == null || condition.test(service))) {
                    services.add(service);
                }
            }
            return services;
        }

        @SuppressWarnings("unchecked")
        private @Nullable S made(String name) {
            try {
                return (S) Class.forName(name).getConstructor().newInstance();
            } catch (ClassNotFoundException | NoSuchMethodException | IllegalAccessException | NoClassDefFoundError _) {
                return null;
            } catch (InvocationTargetException e) {
                if (e.getCause() instanceof NoClassDefFoundError) {
                    return null;
                }
                throw new IllegalStateException(name, e.getCause());
            } catch (InstantiationException e) {
                throw new IllegalStateException(name, e);
            }
        }
    }
}
