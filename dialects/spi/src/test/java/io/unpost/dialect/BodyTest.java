package io.unpost.dialect;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.unpost.dialect.Document.Framing;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.statistics.Statistics;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The tape says what the document says, or nothing.
class BodyTest {

    private static final Pattern NAMES = Pattern.compile("\"([^\"]{0,40})\"\\s*:|</?([\\w.:-]+)|([\\w.:-]+)\\s*=");
    private static final List<String> SEGMENTS = List.of(
            "",
            "0",
            "1",
            "2",
            "00",
            "01",
            "-1",
            "+1",
            " 1",
            "10",
            "9999999",
            "2147483648",
            "none",
            "~0",
            "~1",
            "~",
            "é",
            "\u0661");
    /// Enough of each body; a thousand edits of it look elsewhere.
    private static final int MOST_POINTERS = 150;

    private static final List<String> TEXTS = texts();

    /// The bodies of all transcripts of all dialects.
    static Stream<String> recorded() throws IOException {
        try (Stream<Path> files = Files.walk(Path.of(".."), 7)) {
            List<String> bodies = files.filter(file -> file.toString().endsWith(".http"))
                    .filter(file -> file.toString().contains("src/test/resources"))
                    .map(BodyTest::body)
                    .toList();
            assertThat(bodies).hasSizeGreaterThan(50);
            return bodies.stream();
        }
    }

    @ParameterizedTest
    @MethodSource("recorded")
    void recordedBodyReadsAlike(String body) {
        readsAlike(body.getBytes(UTF_8));
    }

    /// Otherwise all that is compared here might be compared with nothing.
    @Test
    void usualBodiesAreOnTheTape() throws IOException {
        assertThat(recorded()
                        .filter(body -> body.startsWith("{") || body.startsWith("<?xml"))
                        .filter(body -> Body.scanned(body.getBytes(UTF_8)) == null))
                .as("the defective and the cut ones")
                .hasSizeLessThan(6);
    }

    @ParameterizedTest
    @MethodSource("onTheTape")
    void plainBodyIsOnTheTape(String body) {
        assertThat(Body.scanned(body.getBytes(UTF_8))).isNotNull();
        readsAlike(body.getBytes(UTF_8));
    }

    static Stream<String> onTheTape() {
        return Stream.of(
                " \r\n\t{ \"a\" : [ 1 , -0.5e+10 , true , false , null , \"\" ] , \"b\" : { } , \"\" : \"x\" } \r\n",
                "[{\"a\":{\"a\":{\"a\":[]}}},[[]]]",
                "{\"a\":\"\\\"\\\\\\/\\b\\f\\n\\r\\t\\u0000\\u00e9\\u20AC\\ud83d\\ude00é€😀\"}",
                "{\"a\":1,\"a\":2,\"b\":{\"a\":1,\"a\":1},\"c\":3}",
                "{\"a~b\":1,\"a/b\":2,\"~1\":3,\"0\":4}",
                // Names of one mark, of which one begins as the other.
                "{\"zU\":1,\"z\":2,\"b\":{\"zU\":3},\"a=b\":4,\"a\":5,\"\":6,\" \":7}",
                "<a><zU>1</zU><z>2</z><b z='x' zU='y'>3</b><c><zU>4</zU></c></a>",
                "<a><b a='1' aa='2' b='3'>x</b><ba>1</ba><ab>2</ab><aaa>3</aaa></a>",
                "[".repeat(32) + "]".repeat(32),
                "<a>\r\n <b>x</b>\n\t<c/><d></d><e >y z\n</e ></a >\n",
                "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<a><b c='1' d = \"a&amp;b\">x</b></a>",
                "<a><b c='1'><d>x</d></b><b>y</b><c>&lt;&gt;&quot;&apos;&amp;&#65;&#x1F600;é😀</c></a>",
                "<a><b>1</b><b>2</b><c><b>3</b></c></a>",
                "<a><b>[x] > y ]] z ]</b><c d=''>x</c><c-d.e_f>1</c-d.e_f></a>");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "1",
                "null",
                "\"a\"",
                "{\"a\":1}x",
                "{\"a\":1}{\"a\":1}",
                "{\"a\":1,}",
                "{,\"a\":1}",
                "{\"a\":01}",
                "{\"a\":+1}",
                "{\"a\":.5}",
                "{\"a\":1.}",
                "{\"a\":1e}",
                "{\"a\":-}",
                "{\"a\":tru}",
                "{\"a\":truex}",
                "{\"a\":NaN}",
                "{\"a\":'x'}",
                "{'a':1}",
                "{a:1}",
                "{\"a\" 1}",
                "{\"a\":1 \"b\":2}",
                "{\"a\":\"\n\"}",
                "{\"a\":\"\\x\"}",
                "{\"a\":\"\\u12\"}",
                "{\"a\":\"\\ud83d\"}",
                "{\"a\":\"\\ud83dx\"}",
                "{\"a\":\"\\ude00\"}",
                "{\"a\":\"\\",
                "{\"\\u0061\":1}",
                "{\"é\":1}",
                "[1 2]",
                "[1,]",
                "[1}",
                "{\"a\":1]",
                "/**/{\"a\":1}",
                "{\"a\":1}\0",
                "\uFEFF{\"a\":1}",
                "\u00a0{\"a\":1}",
                "<a>x</a>",
                "<a/>",
                "<a></a>",
                "<a b='1'><c>1</c></a>",
                "<a><b>x</b>y</a>",
                "<a>x<b>y</b></a>",
                "<a><b> </b></a>",
                "<a><b>\r\n</b></a>",
                "<a><b>x\r\ny</b></a>",
                "<a><b c='1'/></a>",
                "<a><b c='1'></b></a>",
                "<a><b c='1' c='2'>x</b></a>",
                "<a><b c='1' c",
                "<a><b c='1' c=",
                "<a><b c='1'd='2'>x</b></a>",
                "<a><b c=1>x</b></a>",
                "<a><b c='<'>x</b></a>",
                "<a><b c='\n'>x</b></a>",
                "<a><b>]]></b></a>",
                "<a><b>&</b></a>",
                "<a><b>&nbsp;</b></a>",
                "<a><b>&#0;</b></a>",
                "<a><b>&#xD800;</b></a>",
                "<a><b>&#x110000;</b></a>",
                "<a><b>\uFFFF</b></a>",
                "<a><b>x</c></a>",
                "<a><b>x</b></a><a/>",
                "<a><b>x</b></a>x",
                "<a><b>x</b><!-- --></a>",
                "<a><b><![CDATA[x]]></b></a>",
                "<a><?p?><b>x</b></a>",
                "<!DOCTYPE a><a><b>x</b></a>",
                "<a><p:b>x</p:b></a>",
                "<a><é>x</é></a>",
                "<a><1>x</1></a>",
                "<a><b>x</b",
                "< a><b>x</b></a>",
                "<a>< b>x</b></a>",
                "<a><b>x</ b></a>"
            })
    void whatIsOtherwiseIsNot(String body) {
        assertThat(Body.scanned(body.getBytes(UTF_8))).isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "C0 80",
                "C1 BF",
                "80",
                "C3",
                "C3 28",
                "E0 80 80",
                "E2 82",
                "ED A0 80",
                "F0 80 80 80",
                "F4 90 80 80",
                "F5 80 80 80",
                "FF",
                "F0 9F 98",
                "E2 28 A1"
            })
    void brokenCharacterIsNotOnTheTape(String hex) {
        String broken = Stream.of(hex.split(" ", -1))
                .map(code -> Character.toString(Integer.parseInt(code, 16)))
                .collect(Collectors.joining());
        assertThat(Body.scanned(("{\"a\":\"" + broken + "\"}").getBytes(ISO_8859_1)))
                .isNull();
        assertThat(Body.scanned(("<a><b>" + broken + "</b></a>").getBytes(ISO_8859_1)))
                .isNull();
        assertThat(Body.scanned(("{\"a\":\"" + broken).getBytes(ISO_8859_1))).isNull();
    }

    @Test
    void limitsAreThoseOfTheDocument() {
        for (String body : List.of(
                "[".repeat(33) + "]".repeat(33),
                "{\"a\":\"" + "x".repeat(200_001) + "\"}",
                "{\"" + "x".repeat(1_001) + "\":1}",
                "{\"a\":" + "1".repeat(1_001) + "}",
                "[" + "1,".repeat(100_000) + "1]",
                "[" + "{},".repeat(50_000) + "1]",
                "{\"a\":1}" + " ".repeat(1 << 20),
                "<a>" + "<b>".repeat(32) + "x" + "</b>".repeat(32) + "</a>",
                "<a><b>" + "x".repeat(200_001) + "</b></a>",
                "<a><b c='" + "x".repeat(200_001) + "'>x</b></a>",
                "<a><" + "b".repeat(1_001) + "/></a>",
                "<a>" + "<b/>".repeat(50_000) + "</a>")) {
            assertThat(Body.scanned(body.getBytes(UTF_8))).isNull();
        }
    }

    @Test
    void nameThatStandsTwiceIsLeftToTheDocument() {
        byte[] body = "{\"a\":1,\"b\":{\"c\":1,\"d\":2,\"c\":1},\"d\":{\"c\":1}}".getBytes(UTF_8);
        Tape tape = Objects.requireNonNull(Body.scanned(body));

        assertThat(tape.find(Pointer.of("/b/c"))).isEqualTo(Tape.UNSURE);
        assertThat(tape.text(tape.find(Pointer.of("/a")))).isEqualTo("1");
        assertThat(tape.text(tape.find(Pointer.of("/d/c")))).isEqualTo("1");
    }

    @Test
    void objectOfManyFieldsIsLeftToTheDocument() {
        for (int count : List.of(510, 511, 600)) {
            String fields = IntStream.range(0, count)
                    .mapToObj(i -> "\"a" + i + "\":" + i)
                    .collect(Collectors.joining(","));
            byte[] body = ("{\"b\":{" + fields + "}}").getBytes(UTF_8);

            assertThat(Body.read(body, Framing.WHOLE).text("/b/a7")).isEqualTo("7");
            assertThat(Body.read(body, Framing.WHOLE).has("/b/a600")).isFalse();
        }
    }

    @Property(tries = 4_000)
    void anyJsonReadsAlike(@ForAll("json") String body) {
        Statistics.label("JSON on the tape").collect(readsAlike(body.getBytes(UTF_8)));
    }

    @Property(tries = 4_000)
    void anyXmlReadsAlike(@ForAll("xml") String body) {
        Statistics.label("XML on the tape").collect(readsAlike(body.getBytes(UTF_8)));
    }

    @Property(tries = 6_000)
    void anyDamagedBodyReadsAlike(@ForAll("damaged") String latin1) {
        Statistics.label("damaged on the tape").collect(readsAlike(latin1.getBytes(ISO_8859_1)));
    }

    @Provide
    Arbitrary<String> json() {
        return json(0);
    }

    @Provide
    Arbitrary<String> xml() {
        return Combinators.combine(
                        Arbitraries.of(
                                "",
                                "",
                                "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n",
                                "<?xml version=\"1.0\" encoding=\"UTF-8\"?>",
                                "<?xml version='1.0'?>",
                                " "),
                        element(0),
                        Arbitraries.of("", "", "\n", "\n", " ", "<!-- -->", "x"))
                .as((start, root, end) -> start + root + end);
    }

    /// A body, a character a byte, of which a few bytes are others.
    @Provide
    Arbitrary<String> damaged() throws IOException {
        List<String> recorded = recorded()
                .map(body -> new String(body.getBytes(UTF_8), ISO_8859_1))
                .toList();
        Arbitrary<String> bodies = Arbitraries.frequencyOf(
                Tuple.of(2, Arbitraries.of(recorded)),
                Tuple.of(
                        1,
                        Arbitraries.of(onTheTape()
                                .map(body -> new String(body.getBytes(UTF_8), ISO_8859_1))
                                .toList())));
        Arbitrary<String> parts = Arbitraries.oneOf(
                Arbitraries.of(
                        "",
                        "",
                        "\"",
                        "{",
                        "}",
                        "[",
                        "]",
                        ":",
                        ",",
                        "\\",
                        "\\u00",
                        "<",
                        ">",
                        "/",
                        "&",
                        "&#",
                        ";",
                        "=",
                        "'",
                        " ",
                        "\n",
                        "\r",
                        "0",
                        "-",
                        "e",
                        "null",
                        "\"a\":1,",
                        "<a>",
                        "</a>",
                        "<a/>",
                        "\0",
                        "\u007f"),
                Arbitraries.chars().range('\0', '\u00ff').map(String::valueOf));
        Arbitrary<Edit> edits = Combinators.combine(
                        Arbitraries.integers().between(0, 3_000),
                        Arbitraries.integers().between(0, 3),
                        parts)
                .as(Edit::new);
        return Combinators.combine(bodies, edits.list().ofMaxSize(2)).as((body, all) -> {
            String text = body;
            for (Edit edit : all) {
                text = edit.of(text);
            }
            return text;
        });
    }

    /// Some characters that are replaced.
    private record Edit(int place, int length, String by) {

        String of(String text) {
            int start = place % (text.length() + 1);
            return text.substring(0, start) + by + text.substring(Math.min(text.length(), start + length));
        }
    }

    private static Arbitrary<String> json(int level) {
        Arbitrary<String> scalars = Arbitraries.oneOf(
                Arbitraries.of("null", "true", "false", "0", "-1", "1.50", "2e400", "1E-7", "01", "\"\"", "\"x\""),
                quoted());
        if (level == 4) {
            return scalars;
        }
        Arbitrary<String> values = Arbitraries.lazy(() -> json(level + 1));
        Arbitrary<String> blanks = Arbitraries.of("", "", "", " ", "\n\t", "\r\n");
        Arbitrary<String> names = Arbitraries.frequencyOf(
                Tuple.of(8, Arbitraries.of("a", "b", "c", "id", "0", "", "a b")),
                Tuple.of(1, Arbitraries.of("a~b", "~0", "a/b", "é", "\\u0061", "\\\"")));
        Arbitrary<String> fields = Combinators.combine(blanks, names, blanks, values)
                .as((before, name, between, value) ->
                        before + '"' + name + '"' + between + ":" + before + value + between)
                .list()
                .ofMaxSize(4)
                .map(all -> "{" + String.join(",", all) + "}");
        Arbitrary<String> elements = Combinators.combine(blanks, values)
                .as((blank, value) -> blank + value + blank)
                .list()
                .ofMaxSize(3)
                .map(all -> "[" + String.join(",", all) + "]");
        return Arbitraries.frequencyOf(
                Tuple.of(level == 0 ? 0 : 2, scalars), Tuple.of(3, fields), Tuple.of(1, elements));
    }

    private static Arbitrary<String> quoted() {
        return Arbitraries.of(TEXTS)
                .list()
                .ofMaxSize(3)
                .map(parts -> '"' + String.join("", parts).replace("\"", "\\\"").replace("\n", "\\n") + '"');
    }

    private static Arbitrary<String> element(int level) {
        Arbitrary<String> names = Arbitraries.of("a", "b", "c", "id", "a-b", "_a.1");
        Arbitrary<String> texts = Combinators.combine(
                        Arbitraries.of("x", "7", "x", "7", "x", "7", "x", "", " "),
                        Arbitraries.of(TEXTS).list().ofMaxSize(3))
                .as((start, parts) -> start + String.join("", parts));
        Arbitrary<String> attributes = Combinators.combine(
                        Arbitraries.of("a", "b", "href", "a", "b", "href", "id", "xmlns", "xml:lang", "xsi:nil", "nil"),
                        texts,
                        Arbitraries.of("'", "\""))
                .as((name, text, quote) -> " " + name + "=" + quote + text.replace(quote, "") + quote)
                .list()
                .ofMaxSize(2)
                .map(all -> String.join("", all));
        Arbitrary<String> some =
                Arbitraries.frequencyOf(Tuple.of(level == 0 ? 99 : 6, Arbitraries.just("")), Tuple.of(1, attributes));
        Arbitrary<String> blanks = Arbitraries.of("", "", "", " ", "\n\t", "\r\n");
        Arbitrary<String> inner = level == 2
                ? texts
                : Combinators.combine(blanks, Arbitraries.lazy(() -> element(level + 1)))
                        .as((blank, child) -> blank + child)
                        .list()
                        .ofMaxSize(3)
                        .map(all -> String.join("", all));
        Arbitrary<String> content = Arbitraries.frequencyOf(
                Tuple.of(level == 0 ? 0 : 9, texts),
                Tuple.of(14, Combinators.combine(inner, blanks).as((children, blank) -> children + blank)),
                Tuple.of(1, Combinators.combine(inner, texts).as((children, text) -> children + text)));
        return Combinators.combine(names, some, content, Arbitraries.of(0, 0, 0, 0, 0, 0, 1))
                .as((name, with, holds, empty) ->
                        empty == 1 ? "<" + name + with + "/>" : "<" + name + with + ">" + holds + "</" + name + ">");
    }

    private static List<String> texts() {
        return List.of(
                "x",
                "7",
                "true",
                " ",
                "\n",
                "\t",
                "]",
                "]]",
                "é",
                "€",
                "😀",
                "\u0085",
                "\u2028",
                "\u007f",
                "\u00a0",
                "\uFFFD",
                "\uFEFF",
                "\\",
                "\\u20ac",
                "\\ud83d\\ude00",
                "\\ud83d",
                "\\/",
                "&amp;",
                "&lt;",
                "&#65;",
                "&#x41;",
                "&#xe9;",
                "&#128512;",
                "&#10;",
                "&#13;",
                "a b",
                "\"",
                ">",
                "]>");
    }

    /// Whether it could be compared.
    private static boolean readsAlike(byte[] body) {
        Tape tape = Body.scanned(body);
        if (tape == null) {
            return false;
        }
        for (Framing framing : List.of(Framing.WHOLE, Framing.BY_CLOSE)) {
            Document document = Document.read(body, framing);
            Body read = Body.read(body, framing);
            for (String pointer : pointers(body, document)) {
                int place = tape.find(Pointer.of(pointer));
                if (place != Tape.UNSURE) {
                    assertThat(place == Tape.MISSING ? null : tape.text(place))
                            .as("the text at '%s' of %s", pointer, new String(body, UTF_8))
                            .isEqualTo(document.at(pointer).orElse(null));
                    assertThat(place != Tape.MISSING && tape.holds(place))
                            .as("whether anything is at '%s' of %s", pointer, new String(body, UTF_8))
                            .isEqualTo(document.has(pointer));
                }
                assertThat(read.text(pointer)).isEqualTo(document.at(pointer).orElse(null));
                assertThat(read.has(pointer)).isEqualTo(document.has(pointer));
            }
        }
        return true;
    }

    /// Those to all that is there, and others beside them.
    private static Set<String> pointers(byte[] body, Document document) {
        var segments = new LinkedHashSet<String>();
        NAMES.matcher(new String(body, UTF_8)).results().forEach(found -> {
            for (int group = 1; group <= 3; group++) {
                if (found.group(group) != null) {
                    segments.add(found.group(group).replace("~", "~0").replace("/", "~1"));
                    segments.add(found.group(group).replace("/", "_"));
                }
            }
        });
        segments.addAll(SEGMENTS);
        var pointers = new LinkedHashSet<String>(List.of(""));
        var open = new ArrayDeque<String>(List.of(""));
        while (!open.isEmpty() && pointers.size() < MOST_POINTERS * segments.size()) {
            String parent = open.removeFirst();
            for (String segment : segments) {
                String pointer = parent + "/" + segment;
                if (pointers.add(pointer)
                        && document.has(pointer)
                        && document.at(pointer).isEmpty()) {
                    open.add(pointer);
                }
            }
        }
        return pointers;
    }

    /// What stands in a transcript behind the head of the answer.
    private static String body(Path transcript) {
        try {
            String text = Files.readString(transcript);
            int answer = text.indexOf("HTTP/1.1 ");
            int blank = text.indexOf("\n\n", answer);
            return blank < 0 ? "" : text.substring(blank + 2);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
