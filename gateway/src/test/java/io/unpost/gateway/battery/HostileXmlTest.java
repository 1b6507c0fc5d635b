package io.unpost.gateway.battery;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.unpost.gateway.Call;
import io.unpost.gateway.battery.Fault.Act;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.Stream;
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

    @TempDir
    private Path folder;

    /// Each document comes to readers of JSON and of XML; most name the very id, so that a reader who overlooks the
    /// rest
    /// believes it.
    @Test
    void documentReadsNothingAndConfirmsNothing(Battery battery) throws Exception {
        try (var port = new Canary();
                var file = new Trap(folder)) {
            List<Act> documents = documents(port, file);
            battery.row("XML that reaches out, or expands", Load.ofPosts(battery.scaled(240)), row -> {
                List<Operation> all = row.all();
                row.does(Faults.always(row.seed(), Fault.each(When.BEFORE_COMMIT, documents.stream())));
                assertThat(row.delete(all.subList(0, all.size() / 2)))
                        .allSatisfy(each -> claims(each, "outcome_unknown"));
                row.does(Faults.once(row.seed(), Fault.each(When.AFTER_COMMIT, documents.stream())));
                assertThat(row.delete(all.subList(all.size() / 2, all.size())))
                        .allSatisfy(each -> claims(each, "deleted by absence"));

                row.shows(port.touched() + " connections elsewhere");
                row.shows(file.sprung() ? "a file read" : "no file read");
                assertThat(port.touched()).isZero();
                assertThat(file.sprung()).isFalse();
            });
        }
    }

    /// A file that notices when it is opened, where the system has such files.
    private static final class Trap implements AutoCloseable {

        private final Path file;
        private final CompletableFuture<Void> opened = new CompletableFuture<>();

        Trap(Path folder) throws IOException, InterruptedException {
            file = folder.resolve("canary");
            new ProcessBuilder("mkfifo", file.toString()).start().waitFor();
            Thread.ofPlatform().daemon().start(() -> {
                // To open a pipe for writing takes until somebody opens it for reading.
                try (var out = Files.newOutputStream(file)) {
                    opened.complete(null);
                    out.write("canary".getBytes(UTF_8));
                } catch (IOException e) {
                    opened.completeExceptionally(e);
                }
            });
        }

        String address() {
            return file.toUri().toString();
        }

        boolean sprung() {
            return opened.isDone();
        }

        @Override
        public void close() throws IOException {
            try (var in = Files.newInputStream(file)) {
                in.readAllBytes();
            }
        }
    }

    private static List<Act> documents(Canary port, Trap file) {
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
                new Act("an inclusion", call -> send(call, """
                    <?xml version="1.0"?><?xml-stylesheet href="%1$s"?>
                    <status xmlns:xi="http://www.w3.org/2001/XInclude" \
                    xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:noNamespaceSchemaLocation="%1$s">\
                    <id><xi:include href="%2$s" parse="text"/></id></status>\
                    """.formatted(dtd, canary))));
    }

    private static String entity(String value) {
        return "[<!ENTITY x " + value + ">]";
    }

    private static String laughs() {
        Stream<String> lines = IntStream.rangeClosed(1, 9)
                .mapToObj(n -> "<!ENTITY l" + n + " '" + ("&l" + (n - 1) + ";").repeat(10) + "'>");
        return Stream.concat(Stream.of("[<!ENTITY l0 'ha'>"), lines).reduce("", String::concat) + "]";
    }

    private static Act document(String name, String type, String text) {
        return new Act(
                name,
                call -> send(
                        call,
                        "<?xml version=\"1.0\"?><!DOCTYPE status " + type + "><status><id>" + call.id() + "</id><text>"
                                + text + "</text></status>"));
    }

    /// Not noted as an answer, since it proves nothing.
    private static void send(Call call, String document) throws IOException {
        call.send(call.head(200, "Content-Length: " + document.getBytes(UTF_8).length, "Content-Type: application/xml")
                + document);
    }

    private static void claims(Answered each, String claim) {
        assertThat(each.told().claim()).as("%s", each).isEqualTo(claim);
    }
}
