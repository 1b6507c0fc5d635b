package io.unpost.gateway.battery;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Comparator.naturalOrder;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.unpost.dialect.WireResponse;
import io.unpost.gateway.battery.Fault.Act;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilder;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/// Documents that want their reader to read other ones, or very much.
@Tag("battery")
@Timeout(600)
@ExtendWith(Battery.Resolver.class)
final class HostileXmlTest {

    private static final Duration READING = Duration.ofMillis(50);

    @TempDir
    private Path folder;

    /// Each document comes to readers of JSON and of XML; most name the very id, so that a reader who overlooks the
    /// rest believes it.
    @Test
    void documentReadsNothingAndConfirmsNothing(Battery battery) throws Exception {
        try (var port = new Canary();
                var file = new Trap(folder)) {
            List<Document> documents = documents(port, file);
            List<Act> acts = documents.stream().map(Document::act).toList();
            battery.row("XML that reaches out, or expands", Load.ofPosts(battery.scaled(240)), row -> {
                List<Operation> all = row.all();
                row.does(Faults.always(row.seed(), Fault.each(When.BEFORE_COMMIT, acts.stream())));
                assertThat(row.delete(all.subList(0, all.size() / 2)))
                        .allSatisfy(each -> claims(each, "outcome_unknown"));
                row.does(Faults.once(row.seed(), Fault.each(When.AFTER_COMMIT, acts.stream())));
                assertThat(row.delete(all.subList(all.size() / 2, all.size())))
                        .allSatisfy(each -> claims(each, "deleted by absence"));

                Duration slowest = documents.stream()
                        .map(Document::reading)
                        .max(naturalOrder())
                        .orElseThrow();
                row.shows("%.1f ms of CPU time to read one".formatted(slowest.toNanos() / 1e6));
                assertThat(slowest).isLessThan(battery.strict() ? READING : READING.multipliedBy(3));
                row.shows(port.touched() + " connections elsewhere");
                row.shows(file.sprung() ? "a file read" : "no file read");
                assertThat(port.touched()).isZero();
                assertThat(file.sprung()).isFalse();
            });
        }
    }

    /// What the row rests on: a reader without any care is seen, wherever it reads.
    @Test
    void carelessReaderIsNoticed() throws Exception {
        try (var port = new Canary();
                var file = new Trap(folder)) {
            DocumentBuilder careless =
                    DocumentBuilderFactory.newDefaultInstance().newDocumentBuilder();
            careless.parse(document("", entity("SYSTEM '" + file.address() + "'"), "&x;")
                    .in("7"));
            assertThat(file.sprung()).isTrue();
            assertThat(port.touched()).isZero();

            var elsewhere = document("", "SYSTEM '" + port.address("/canary.dtd") + "'", "x");
            // It finds no document there.
            assertThatThrownBy(() -> careless.parse(elsewhere.in("7"))).isInstanceOf(IOException.class);
            assertThat(port.touched()).isPositive();
        }
    }

    /// What a provider sends instead of the status.
    ///
    /// @param text the document, for an id
    private record Document(String name, UnaryOperator<String> text) {

        private static final int READINGS = 7;

        /// Not noted as an answer, since it proves nothing.
        Act act() {
            return new Act(name, call -> {
                String document = text.apply(call.id());
                call.send(call.head(
                                200,
                                "Content-Length: " + document.getBytes(UTF_8).length,
                                "Content-Type: application/xml")
                        + document);
            });
        }

        InputStream in(String id) {
            return new ByteArrayInputStream(text.apply(id).getBytes(UTF_8));
        }

        /// The time that this thread works to read it, at best.
        Duration reading() {
            byte[] body = text.apply("7").getBytes(UTF_8);
            var headers = Map.of("Content-Length", Integer.toString(body.length), "Content-Type", "application/xml");
            ThreadMXBean threads = ManagementFactory.getThreadMXBean();
            long[] took = new long[READINGS];
            for (int at = 0; at < READINGS; at++) {
                var response = new WireResponse(200, headers, body, Instant.now());
                long start = threads.getCurrentThreadCpuTime();
                response.has("/id");
                took[at] = threads.getCurrentThreadCpuTime() - start;
            }
            return Duration.ofNanos(Arrays.stream(took).min().orElseThrow());
        }
    }

    /// A file that notices when it is opened, before anything is read from it.
    private static final class Trap implements AutoCloseable {

        private final Path file;
        private final CountDownLatch opened = new CountDownLatch(1);
        private final Thread writer;
        private volatile boolean closed;

        Trap(Path folder) throws IOException, InterruptedException {
            file = folder.resolve("canary");
            assertThat(new ProcessBuilder("mkfifo", file.toString()).start().waitFor())
                    .as("the exit status of mkfifo")
                    .isZero();
            writer = Thread.ofPlatform().daemon().start(this::await);
        }

        private void await() {
            while (!closed) {
                // To open a pipe for writing takes until somebody opens it for reading.
                try (var out = Files.newOutputStream(file)) {
                    opened.countDown();
                    out.write("canary".getBytes(UTF_8));
                } catch (IOException _) {
                    return;
                }
            }
        }

        String address() {
            return file.toUri().toString();
        }

        boolean sprung() {
            return opened.getCount() == 0;
        }

        @Override
        public void close() throws IOException {
            closed = true;
            // Open for both, a pipe waits for nobody, and nobody for it.
            try (var _ = new RandomAccessFile(file.toFile(), "rw")) {
                writer.join();
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private static List<Document> documents(Canary port, Trap file) {
        String canary = file.address();
        String dtd = port.address("/canary.dtd");
        return List.of(
                document("an external entity, of a file", entity("SYSTEM '" + canary + "'"), "&x;"),
                document("an external entity, of a host", entity("SYSTEM '" + dtd + "'"), "&x;"),
                document(
                        "an external entity for the id",
                        entity("SYSTEM '" + canary + "'"),
                        "</text><id>&x;</id><text>"),
                document("a parameter entity", "[<!ENTITY % p SYSTEM '" + dtd + "'> %p;]", "x"),
                document(
                        "a parameter entity that sends a file",
                        "[<!ENTITY % f SYSTEM '" + canary + "'><!ENTITY % d SYSTEM '" + dtd + "'> %d; %f;]",
                        "x"),
                document("an external document type", "SYSTEM '" + dtd + "'", "x"),
                document("a public document type", "PUBLIC '-//X//X' '" + dtd + "'", "x"),
                document("a billion laughs", laughs(), "&l9;"),
                document("a quadratic blow-up", entity("'" + "a".repeat(100_000) + "'"), "&x;".repeat(100_000)),
                new Document("an inclusion", _ -> """
                    <?xml version="1.0"?><?xml-stylesheet href="%1$s"?>
                    <status xmlns:xi="http://www.w3.org/2001/XInclude" \
                    xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:noNamespaceSchemaLocation="%1$s">\
                    <id><xi:include href="%2$s" parse="text"/></id></status>\
                    """.formatted(dtd, canary)));
    }

    private static String entity(String value) {
        return "[<!ENTITY x " + value + ">]";
    }

    private static String laughs() {
        Stream<String> lines = IntStream.rangeClosed(1, 9)
                .mapToObj(n -> "<!ENTITY l" + n + " '" + ("&l" + (n - 1) + ";").repeat(10) + "'>");
        return Stream.concat(Stream.of("[<!ENTITY l0 'ha'>"), lines).reduce("", String::concat) + "]";
    }

    private static Document document(String name, String type, String text) {
        return new Document(
                name,
                id -> "<?xml version=\"1.0\"?><!DOCTYPE status " + type + "><status><id>" + id + "</id><text>" + text
                        + "</text></status>");
    }

    private static void claims(Answered each, String claim) {
        assertThat(each.told().claim()).as("%s", each).isEqualTo(claim);
    }
}
