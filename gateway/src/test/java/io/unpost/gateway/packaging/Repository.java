package io.unpost.gateway.packaging;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// The files that the project is made of, as texts.
final class Repository {

    private static final Path ROOT = Path.of("..");

    /// What runs the gateway in `config/sidecar/`.
    static final List<String> RUNNERS =
            List.of("compose.yml", "kubernetes-sidecar.yml", "kubernetes-standalone.yml", "unpost.service");

    private Repository() {}

    /// @param name of a file in `config/sidecar/`
    static String sidecar(String name) {
        return text("config/sidecar/" + name);
    }

    static String text(String path) {
        return text(ROOT.resolve(path));
    }

    /// All sources and resources of the gateway.
    static Stream<String> gateway() {
        try (Stream<Path> files = Files.walk(ROOT.resolve("gateway/src/main"))) {
            return files
                    .filter(file -> file.toString().matches(".*\\.(java|yml|xml)"))
                    .map(Repository::text)
                    .toList()
                    .stream();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /// The first group of each match.
    static List<String> all(String pattern, String text) {
        return Pattern.compile(pattern)
                .matcher(text)
                .results()
                .map(found -> found.group(1))
                .toList();
    }

    /// The first group of the first match, which must be there.
    static String one(String pattern, String text) {
        Matcher matcher = Pattern.compile(pattern).matcher(text);
        if (!matcher.find()) {
            throw new AssertionError("nothing matches " + pattern);
        }
        return matcher.group(1);
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
