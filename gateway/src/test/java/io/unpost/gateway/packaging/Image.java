package io.unpost.gateway.packaging;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;

/// The image without its base, as the build leaves it: a tar with a configuration and layers, each a tar too.
///
/// @param config how containers are started
/// @param files what the layers hold, without folders
/// @param root a folder with these files
record Image(JsonNode config, List<String> files, Path root) {

    private static final Path TAR = Path.of("target", "image-without-base.tar");
    private static final ObjectMapper JSON = new ObjectMapper();

    Image {
        files = List.copyOf(files);
    }

    /// @param folder where the image and its layers are unpacked
    static Image unpack(Path folder) throws IOException {
        Path image = Files.createDirectory(folder.resolve("image"));
        Path root = Files.createDirectory(folder.resolve("root"));
        try (InputStream in = Files.newInputStream(TAR)) {
            untar(in, image);
        }
        JsonNode manifest =
                JSON.readTree(image.resolve("manifest.json").toFile()).get(0);
        var files = new ArrayList<String>();
        for (JsonNode layer : manifest.at("/Layers")) {
            try (var in = new GZIPInputStream(Files.newInputStream(image.resolve(layer.asText())))) {
                files.addAll(untar(in, root));
            }
        }
        JsonNode config =
                JSON.readTree(image.resolve(manifest.at("/Config").asText()).toFile());
        return new Image(config, files, root);
    }

    /// @param pointer below `config` in the image's configuration
    String text(String pointer) {
        return config.at("/config" + pointer).asText();
    }

    /// @param pointer below `config` in the image's configuration
    List<String> texts(String pointer) {
        JsonNode node = config.at("/config" + pointer);
        return node.isObject()
                ? node.propertyStream().map(Map.Entry::getKey).toList()
                : Stream.of(JSON.convertValue(node, String[].class)).toList();
    }

    private static List<String> untar(InputStream in, Path folder) throws IOException {
        var files = new ArrayList<String>();
        try (var tar = new TarArchiveInputStream(new BufferedInputStream(in))) {
            for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                Path file = entry.resolveIn(folder);
                if (entry.isDirectory()) {
                    Files.createDirectories(file);
                } else {
                    Files.createDirectories(file.getParent());
                    Files.copy(tar, file);
                    Files.setLastModifiedTime(file, entry.getLastModifiedTime());
                    files.add("/" + entry.getName());
                }
            }
        }
        return files;
    }
}
