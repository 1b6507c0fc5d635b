package io.unpost.gateway.accounts;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// What was found wrong while one file is read.
final class Mistakes {

    private final Path file;
    private final List<Mistake> found = new ArrayList<>();

    Mistakes(Path file) {
        this.file = file;
    }

    void add(int line, String text) {
        found.add(new Mistake(file, line, text));
    }

    /// All of them in the order of their lines.
    List<Mistake> all() {
        return found.stream()
                .sorted(Comparator.comparingInt(Mistake::line))
                .distinct()
                .toList();
    }
}
