package io.unpost.gateway.audit;

import io.micronaut.context.annotation.Factory;
import io.micronaut.context.annotation.Value;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Opens the audit log where the settings say.
@Factory
final class AuditFactory {

    private static final Map<String, Long> UNITS = Map.of("KB", 1L << 10, "MB", 1L << 20, "GB", 1L << 30);
    private static final Pattern SIZE = Pattern.compile("([1-9][0-9]{0,5})(KB|MB|GB)");
    private static final Pattern COUNT = Pattern.compile("[1-9][0-9]{0,3}");

    /// @param file empty for standard output
    @Singleton
    Output output(
            @Value("${unpost.audit.file:}") String file,
            @Value("${unpost.audit.max-size:100MB}") String maxSize,
            @Value("${unpost.audit.keep:10}") String keep) {
        Matcher size = SIZE.matcher(maxSize);
        if (!size.matches()) {
            throw new AuditRefused("unpost.audit.max-size is no size. Write a number and KB, MB or GB, such as 100MB.");
        }
        if (!COUNT.matcher(keep).matches()) {
            throw new AuditRefused("unpost.audit.keep is no number of files. Write one from 1 to 9999, such as 10.");
        }
        long maxBytes = Long.parseLong(size.group(1)) * Objects.requireNonNull(UNITS.get(size.group(2)));
        return file.isBlank() ? StandardOutput.ofProcess() : file(file, maxBytes, Integer.parseInt(keep));
    }

    private static Output file(String name, long maxBytes, int keep) {
        try {
            Path file = Path.of(name).toAbsolutePath().normalize();
            Path folder = Objects.requireNonNullElse(file.getParent(), file);
            if (!Files.isDirectory(folder)) {
                throw refused("there is no folder " + folder);
            }
            if (Files.exists(file) && !Files.isRegularFile(file)) {
                throw refused(file + " is no regular file");
            }
            if (!Files.isWritable(folder)) {
                throw refused("the gateway may not write in the folder " + folder);
            }
            return new RotatedFile(file, maxBytes, keep);
        } catch (InvalidPathException _) {
            throw refused("this is no name of a file");
        } catch (IOException e) {
            throw refused("it cannot be written, " + e.getMessage());
        }
    }

    private static AuditRefused refused(String why) {
        return new AuditRefused("unpost.audit.file: " + why + ". Name a file in a folder where the gateway may write,"
                + " or leave the setting out: the audit log then goes to standard output.");
    }
}
