package io.unpost.gateway.packaging;

import static org.assertj.core.api.Assertions.assertThat;

import io.micronaut.core.io.service.MicronautMetaServiceLoaderUtils;
import io.micronaut.inject.BeanDefinitionReference;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import org.junit.jupiter.api.Test;

/// The jar's index of services, beside what it stands for.
final class IndexIT {

    private static final Path JAR = Path.of("target", "gateway.jar");

    @Test
    void beansAreThoseThatMicronautWouldFindSaveTheUnused() throws IOException {
        List<String> unused = lines(Files.readString(Path.of("src", "main", "packaging", "unused.txt")));
        Map<String, Set<String>> found =
                MicronautMetaServiceLoaderUtils.findAllMicronautMetaServices(IndexIT.class.getClassLoader());
        try (var jar = new JarFile(JAR.toFile())) {
            Map<String, List<String>> index = index(jar);

            assertThat(found).containsKey(BeanDefinitionReference.class.getName());
            assertThat(unused).isNotEmpty();
            found.forEach((service, names) -> assertThat(index.getOrDefault(service, List.of()))
                    .as(service)
                    .containsExactlyInAnyOrderElementsOf(names.stream()
                            .filter(name -> isIn(jar, name))
                            .filter(name -> unused.stream().noneMatch(name::startsWith))
                            .toList()));
        }
    }

    @Test
    void servicesAreThoseOfTheJar() throws IOException {
        try (var jar = new JarFile(JAR.toFile())) {
            Map<String, List<String>> index = index(jar);
            List<JarEntry> services = jar.stream()
                    .filter(entry -> !entry.isDirectory() && entry.getName().startsWith("META-INF/services/"))
                    .toList();

            assertThat(services).isNotEmpty();
            for (JarEntry service : services) {
                assertThat(index.get(service.getName().substring("META-INF/services/".length())))
                        .as(service.getName())
                        .containsExactlyInAnyOrderElementsOf(
                                lines(text(jar, service)).stream().distinct().toList());
            }
        }
    }

    private static Map<String, List<String>> index(JarFile jar) throws IOException {
        var index = new HashMap<String, List<String>>();
        List<String> names = List.of();
        for (String line : lines(text(jar, jar.getJarEntry("META-INF/micronaut.index")))) {
            if (line.startsWith("/")) {
                names = new ArrayList<>();
                index.put(line.substring(1), names);
            } else {
                names.add(line);
            }
        }
        return index;
    }

    private static List<String> lines(String text) {
        return text.lines()
                .map(line -> line.replaceFirst("#.*", "").strip())
                .filter(line -> !line.isEmpty())
                .toList();
    }

    private static String text(JarFile jar, JarEntry entry) throws IOException {
        try (var file = jar.getInputStream(entry)) {
            return new String(file.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static boolean isIn(JarFile jar, String type) {
        return jar.getEntry(type.replace('.', '/') + ".class") != null;
    }
}
