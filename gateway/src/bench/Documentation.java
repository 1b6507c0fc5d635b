import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// The figures in `docs/`: the part of a page between two marks, and a picture.
record Documentation(Path page, Path picture) {

    private static final String BEGIN = "<!-- figures of one run: written by ./unpost bench --write -->\n";
    private static final String END = "<!-- end of the figures -->\n";

    void write(String figures, String svg) {
        try {
            String text = Files.readString(page);
            int begin = text.indexOf(BEGIN);
            int end = text.indexOf(END);
            if (begin < 0 || end < begin) {
                throw new Failure(page + " has lost the marks between which the figures are");
            }
            Files.writeString(page, text.substring(0, begin + BEGIN.length()) + figures + text.substring(end));
            Files.writeString(picture, svg);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
