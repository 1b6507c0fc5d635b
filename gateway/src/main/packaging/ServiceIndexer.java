import java.io.File;
import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedSet;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/// Writes down which classes the jar has for each service: those of Java, which are lines of META-INF/services, and
/// those of Micronaut, which are names of files in META-INF/micronaut.
///
/// The build runs this source as it is, with what goes into the jar as its class path. Its arguments are the file, and
/// that of what to leave out, which has a line for how such names of classes begin.
final class ServiceIndexer {

    private final Map<String, SequencedSet<String>> services = new TreeMap<>();
    private final List<String> unused;
    private final Set<String> useless;

    private ServiceIndexer(List<String> unused) {
        this.unused = unused;
        useless = new TreeSet<>(unused);
    }

    public static void main(String[] args) throws IOException {
        var indexer = new ServiceIndexer(lines(Path.of(args[1])));
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
            Path path = Path.of(entry);
            if (Files.isDirectory(path)) {
                indexer.add(path);
            } else {
                try (FileSystem jar = FileSystems.newFileSystem(path)) {
                    indexer.add(jar.getPath("/"));
                }
            }
        }
        if (!indexer.useless.isEmpty()) {
            throw new IllegalStateException(args[1] + " has lines that no class begins with: " + indexer.useless);
        }
        var lines = new ArrayList<String>();
        indexer.services.forEach((service, names) -> {
            lines.add("/" + service);
            lines.addAll(names);
        });
        Path index = Path.of(args[0]);
        Files.createDirectories(index.getParent());
        Files.write(index, lines);
    }

    private void add(Path root) throws IOException {
        for (Path service : files(root.resolve("META-INF/services"))) {
            lines(service).forEach(name -> add(service, name));
        }
        for (Path service : files(root.resolve("META-INF/micronaut"))) {
            for (Path file : files(service)) {
                String name = file.getFileName().toString();
                if (isUsed(name)) {
                    add(service, name);
                }
            }
        }
    }

    private boolean isUsed(String name) {
        Optional<String> beginning = unused.stream().filter(name::startsWith).findFirst();
        beginning.ifPresent(useless::remove);
        return beginning.isEmpty();
    }

    private void add(Path service, String name) {
        services.computeIfAbsent(service.getFileName().toString(), _ -> new TreeSet<>())
                .add(name);
    }

    private static List<String> lines(Path file) throws IOException {
        return Files.readAllLines(file).stream()
                .map(line -> line.replaceFirst("#.*", "").strip())
                .filter(line -> !line.isEmpty())
                .toList();
    }

    private static List<Path> files(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.toList();
        }
    }
}
