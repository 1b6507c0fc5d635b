package io.unpost.dialect;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.SocketTimeoutException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// What it costs to read a body that is meant to cost much, and what it makes the gateway read besides.
class HostileDocumentsTest {

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    // 50 ms on a machine of our own, and three times as much for a shared one.
    private static final long MOST_MILLIS = 150;
    private static final long MOST_MIB = 200;
    private static final int RUNS = 7;

    @BeforeAll
    static void warmUp() {
        for (int i = 0; i < 300; i++) {
            whole("{\"id\":20,\"a\":[1,{\"b\":\"c\"}],\"d\":\"\"x\"\"}").at("/id");
            whole("<a><id>20</id><b c='d'><![CDATA[&]]>& &amp;</b><e>&#0;</e></a>")
                    .at("/id");
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("refused")
    void nothingIsReadOfARefusedDocument(String what, String body) {
        WireResponse response = whole(body);
        assertThat(response.at("/id")).isEmpty();
        assertThat(response.has("/id")).isFalse();
        assertThat(response.has("")).isFalse();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource({"refused", "costly"})
    void hostileDocumentIsCheap(String what, String body) {
        byte[] bytes = body.getBytes(UTF_8);
        long nanos = Long.MAX_VALUE;
        long allocated = Long.MAX_VALUE;
        for (int run = 0; run < RUNS; run++) {
            long bytesBefore = THREADS.getCurrentThreadAllocatedBytes();
            long nanosBefore = THREADS.getCurrentThreadCpuTime();
            whole(bytes).has("/id");
            nanos = Math.min(nanos, THREADS.getCurrentThreadCpuTime() - nanosBefore);
            allocated = Math.min(allocated, THREADS.getCurrentThreadAllocatedBytes() - bytesBefore);
        }
        assertThat(nanos / 1_000_000).as("ms of CPU").isLessThan(MOST_MILLIS);
        assertThat(allocated >> 20).as("MiB").isLessThan(MOST_MIB);
    }

    @Test
    void largestAllowedDocumentIsRead() {
        String siblings = "1,".repeat(99_000);
        String text = "x".repeat(200_000);
        assertThat(whole("{\"id\":20,\"a\":[" + siblings + "1],\"b\":\"" + text + "\"}")
                        .at("/id"))
                .contains("20");
        assertThat(whole("<a><id>20</id><b>" + text + "</b></a>").at("/b")).contains(text);
        assertThat(whole("{\"id\":20}" + " ".repeat((1 << 20) - 9)).at("/id")).contains("20");
        assertThat(whole("<b>".repeat(30) + "<id>20</id>" + "</b>".repeat(30)).at("/b".repeat(29) + "/id"))
                .contains("20");
    }

    @Test
    void noFileIsRead(@TempDir Path folder) throws IOException {
        Path canary = Files.writeString(folder.resolve("canary"), "20");
        Path declarations = Files.writeString(folder.resolve("canary.dtd"), "<!ENTITY x '20'>");
        for (String xml :
                reaching(canary.toUri().toString(), declarations.toUri().toString())) {
            WireResponse response = whole(xml);
            assertThat(response.at("/id")).as(xml).isEmpty();
            assertThat(response.at("/b")).as(xml).isEmpty();
        }
    }

    @Test
    void nothingIsFetched() throws IOException {
        try (var canary = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            String url = "http://127.0.0.1:" + canary.getLocalPort() + "/x";
            for (String xml : reaching(url, url)) {
                assertThat(whole(xml).at("/b")).as(xml).isEmpty();
            }
            canary.setSoTimeout(1);
            assertThat(connections(canary)).isZero();
        }
    }

    /// Every way in which XML can name another document.
    private static List<String> reaching(String text, String declarations) {
        String body = "<a><id>&x;</id><b>&x;</b></a>";
        return List.of(
                "<!DOCTYPE a [<!ENTITY x SYSTEM '" + text + "'>]>" + body,
                "<!DOCTYPE a [<!ENTITY x PUBLIC 'x' '" + text + "'>]>" + body,
                "<!DOCTYPE a SYSTEM '" + declarations + "'>" + body,
                "<!DOCTYPE a PUBLIC 'x' '" + declarations + "'>" + body,
                "<!DOCTYPE a [<!ENTITY % p SYSTEM '" + declarations + "'> %p;]>" + body,
                "<?xml version='1.0' standalone='no'?><!DOCTYPE a SYSTEM '" + declarations + "' []>" + body,
                "<a xmlns:xi='http://www.w3.org/2001/XInclude'><b><xi:include parse='text' href='" + text
                        + "'/></b></a>",
                "<a xmlns:xsi='http://www.w3.org/2001/XMLSchema-instance' xsi:schemaLocation='u " + text
                        + "'><b xsi:noNamespaceSchemaLocation='" + text + "'/></a>",
                "<?xml-stylesheet type='text/xsl' href='" + text + "'?><a><b/></a>",
                "<a xml:base='" + text + "' xmlns:xlink='http://www.w3.org/1999/xlink'><b xlink:href='" + text
                        + "' xlink:show='embed'/></a>");
    }

    private static int connections(ServerSocket canary) throws IOException {
        int connections = 0;
        try {
            while (true) {
                canary.accept().close();
                connections++;
            }
        } catch (SocketTimeoutException _) {
            return connections;
        }
    }

    static Stream<Arguments> refused() {
        return HostileDocuments.refused().entrySet().stream().map(e -> Arguments.of(e.getKey(), e.getValue()));
    }

    static Stream<Arguments> costly() {
        return HostileDocuments.costly().entrySet().stream().map(e -> Arguments.of(e.getKey(), e.getValue()));
    }

    private static WireResponse whole(String body) {
        return whole(body.getBytes(UTF_8));
    }

    private static WireResponse whole(byte[] body) {
        return new WireResponse(200, Map.of("Content-Length", Integer.toString(body.length)), body, Instant.EPOCH);
    }
}
