package io.unpost.gateway.accounts;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;

/// Reads a secret: from its own key, or from the file its `-file` twin names.
///
/// @param folder where relative paths begin
/// @param sources gets each file that is read
record SecretReader(Path folder, Sources sources) {

    private static final int MOST_BYTES = 64 * 1024;

    /// Without result where neither key is there, and where there is a mistake.
    ///
    /// @param needed whether it is a mistake when neither key is there
    Optional<Secret> read(Section section, String key, boolean needed) {
        String fileKey = key + "-file";
        if (section.has(key) && section.has(fileKey)) {
            section.mistake(fileKey, "is given beside " + key + "; one of the two is allowed");
            return Optional.empty();
        }
        if (section.has(key)) {
            return section.text(key, "the secret itself").flatMap(text -> checked(section, key, text));
        }
        if (section.has(fileKey)) {
            return section.text(fileKey, "the path of a file with the secret")
                    .flatMap(path -> content(section, fileKey, path))
                    .flatMap(text -> checked(section, fileKey, text));
        }
        if (needed) {
            section.mistake(key, "is missing; it, or " + fileKey + ", is needed");
        }
        return Optional.empty();
    }

    private Optional<String> content(Section section, String key, String path) {
        Path file;
        try {
            file = folder.resolve(path);
        } catch (InvalidPathException _) {
            section.mistake(key, "must be the path of a file with the secret");
            return Optional.empty();
        }
        return switch (sources.read(file, MOST_BYTES)) {
            case FileText.Unreadable(String why) -> {
                section.mistake(key, "the file it names " + why);
                yield Optional.empty();
            }
            case FileText.Content(String text) -> {
                String secret = text.replaceFirst("\\r?\\n\\z", "");
                if (secret.isEmpty()) {
                    section.mistake(key, "the file it names is empty; it must hold the secret");
                }
                yield secret.isEmpty() ? Optional.empty() : Optional.of(secret);
            }
        };
    }

    private static Optional<Secret> checked(Section section, String key, String secret) {
        // A line break would end a header early; a byte order mark or half a surrogate pair is never meant.
        if (secret.codePoints().anyMatch(SecretReader::isUnfit)) {
            section.mistake(key, "the secret must not hold line breaks or other control characters");
            return Optional.empty();
        }
        return Optional.of(new Secret(secret));
    }

    private static boolean isUnfit(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL, Character.SURROGATE, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR ->
                true;
            default -> c == '\uFEFF';
        };
    }
}
