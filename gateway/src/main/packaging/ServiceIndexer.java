import java.io.File;
import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SequencedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/// Writes down which classes the jar has for each service: those of Java, which are lines of META-INF/services, and
/// those of Micronaut, which are names of files in META-INF/micronaut.
///
/// The build runs this source as it is, with what goes into the jar as its class path. Its argument is the file.
final class ServiceIndexer {

    private final Map<String, SequencedSet<String>> services = new TreeMap<>();

    public static void main(String[] args) throws IOException {
        var indexer = new ServiceIndexer();
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
        var lines = new ArrayList<String>();
        indexer.services.forEach((service, names) -> {
            lines.add("/" + service);
            lines.addAll(names);
        });
        Files.write(Path.of(args[0]), lines);
    }

    private void add(Path root) throws IOException {
        for (Path service : files(root.resolve("META-INF/services"))) {
            Files.readAllLines(service).stream()
                    .map(line -> line.replaceFirst("#.*", "").strip())
                    .filter(name -> !name.isEmpty())
                    .forEach(name -> add(service, name));
        }
        for (Path service : files(root.resolve("META-INF/micronaut"))) {
            for (Path name : files(service)) {
                add(service, name.getFileName().toString());
            }
        }
    }

    private void add(Path service, String name) {
        services.computeIfAbsent(service.getFileName().toString(), _ -> new TreeSet<>())
                .add(name);
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
