package io.unpost.gateway;

import static java.util.stream.Collectors.toCollection;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/// What the documents point to is there.
final class DocumentsTest {

    private static final Path ROOT = Path.of("..");
    private static final Pattern CODE_BLOCK = Pattern.compile("(?ms)^ *```.*?^ *```$");
    private static final Pattern LINK = Pattern.compile("]\\((?!https?:)([^)#]*)(?:#([^)]*))?\\)");
    private static final Pattern HEADING = Pattern.compile("(?m)^#+ (.*)$");
    private static final Pattern METRIC = Pattern.compile("\\bunpost_[a-z_]+");
    private static final Pattern LINKED_FILE = Pattern.compile("\\[([^]]+)]\\([^)]*/\\1\\)");
    private static final Pattern TEST = Pattern.compile("`([A-Z]\\w*(?:Test|Contract))(?:\\.(\\w+))?`");
    private static final Pattern SETTING = Pattern.compile("(?<![./])\\bunpost\\.[a-z][a-z.-]*[a-z]|\\bUNPOST_[A-Z_]+");

    static List<Path> documents() throws IOException {
        try (Stream<Path> docs = Files.list(ROOT.resolve("docs"))) {
            return Stream.concat(
                            Stream.of("README.md", "SECURITY.md", "CONTRIBUTING.md", "CHANGELOG.md")
                                    .map(ROOT::resolve),
                            docs.filter(file -> file.toString().endsWith(".md")).sorted())
                    .toList();
        }
    }

    @ParameterizedTest
    @MethodSource("documents")
    void linksLeadSomewhere(Path document) {
        String text = CODE_BLOCK.matcher(read(document)).replaceAll("");

        assertThat(LINK.matcher(text).results()).allSatisfy(link -> {
            Path target = link.group(1).isEmpty()
                    ? document
                    : document.resolveSibling(link.group(1)).normalize();
            assertThat(target).exists();
            if (link.group(2) != null) {
                assertThat(headings(target)).contains(link.group(2));
            }
        });
    }

    @ParameterizedTest
    @MethodSource("documents")
    void metricsAreThere(Path document) {
        Set<String> known = found(METRIC, code());

        assertThat(found(METRIC, read(document)))
                .allSatisfy(metric -> assertThat(known).contains(metric.replaceFirst("_(bucket|count|sum)$", "")));
    }

    @Test
    void alertsAreOnMetricsThatAreThere() {
        assertThat(found(METRIC, read(ROOT.resolve("config/alerts.yml"))))
                .hasSizeGreaterThan(5)
                .allSatisfy(metric ->
                        assertThat(found(METRIC, code())).contains(metric.replaceFirst("_(bucket|count|sum)$", "")));
    }

    @Test
    void alertsAreExplained() {
        Set<String> alerts = found(Pattern.compile("(?<=alert: )\\w+"), read(ROOT.resolve("config/alerts.yml")));

        assertThat(found(Pattern.compile("(?<=\\| `)Unpost\\w+"), read(ROOT.resolve("docs/metrics.md"))))
                .isEqualTo(alerts);
    }

    /// Written as a property or as its variable, which differ in separators alone. The attributes of spans have the
    /// form of settings, and stand in the sources as they are; a file that is linked by its name is none.
    @ParameterizedTest
    @MethodSource("documents")
    void settingsAreThere(Path document) {
        Set<String> known =
                found(SETTING, code()).stream().map(DocumentsTest::letters).collect(toCollection(TreeSet::new));

        String text = LINKED_FILE.matcher(read(document)).replaceAll("");

        assertThat(found(SETTING, text)).allSatisfy(setting -> assertThat(known).contains(letters(setting)));
    }

    /// A test is named as `XyzTest` or `XyzTest.fact`.
    @Test
    void testsAreThere() {
        assertThat(TEST.matcher(read(ROOT.resolve("SECURITY.md"))).results())
                .hasSizeGreaterThan(50)
                .allSatisfy(test -> assertThat(isThere(test)).as(test.group()).isTrue());
    }

    @ParameterizedTest
    @CsvSource({
        "DocumentsTest, true",
        "DocumentsTest.testsAreThere, true",
        "DialectContract.hostileIdStaysInItsPlace, true",
        "DocumentTest, false",
        "DocumentsTest.testsAreHere, false",
        "DocumentsTest.testsAreTher, false",
        "DocumentsTest.isThere, false",
    })
    void testThatIsNotThereIsFound(String name, boolean there) {
        assertThat(TEST.matcher("`" + name + "`").results())
                .singleElement()
                .satisfies(test -> assertThat(isThere(test)).isEqualTo(there));
    }

    private static boolean isThere(MatchResult test) {
        Path file = testFiles().get(test.group(1));
        String method = test.group(2);
        return file != null
                && (method == null
                        || Pattern.compile("(?m)^    (?:public |final )*void " + method + "\\(")
                                .matcher(read(file))
                                .find());
    }

    /// Of every module, by the name of the class.
    private static Map<String, Path> testFiles() {
        var files = new TreeMap<String, Path>();
        for (String folder : List.of("gateway/src/test", "dialects")) {
            try (Stream<Path> all = Files.walk(ROOT.resolve(folder))) {
                all.filter(file -> file.toString().matches(".*(Test|Contract)\\.java"))
                        .forEach(file -> files.put(file.getFileName().toString().replace(".java", ""), file));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return files;
    }

    private static String letters(String setting) {
        return setting.toLowerCase(Locale.ROOT).replaceAll("[._-]", "");
    }

    private static Set<String> found(Pattern pattern, String text) {
        return pattern.matcher(text).results().map(MatchResult::group).collect(toCollection(TreeSet::new));
    }

    /// As GitHub makes anchors of them.
    private static List<String> headings(Path document) {
        return HEADING.matcher(CODE_BLOCK.matcher(read(document)).replaceAll(""))
                .results()
                .map(heading -> heading.group(1)
                        .toLowerCase(Locale.ROOT)
                        .replaceAll("[^\\p{L}\\p{N} _-]", "")
                        .replace(' ', '-'))
                .toList();
    }

    /// The gateway's sources and its own settings.
    private static String code() {
        try (Stream<Path> files = Files.walk(Path.of("src", "main"))) {
            return files.filter(Files::isRegularFile)
                    .filter(file -> file.toString().matches(".*\\.(java|yml|xml)"))
                    .map(DocumentsTest::read)
                    .reduce("", String::concat);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
