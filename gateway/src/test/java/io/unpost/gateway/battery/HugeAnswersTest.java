package io.unpost.gateway.battery;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.unpost.gateway.Api.Word;
import io.unpost.gateway.Call;
import io.unpost.gateway.Provider;
import io.unpost.gateway.battery.Fault.Act;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Stream;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/// Answers that are more than anybody can hold, to a gateway that has little to hold them in.
@Tag("battery")
@Timeout(600)
@ExtendWith(Battery.Resolver.class)
final class HugeAnswersTest {

    private static final int CALLERS = 8;
    private static final Duration CUT = Duration.ofSeconds(1);

    private static final int LIMIT = 1024 * 1024;
    private static final long GIB = 1024L * 1024 * 1024;
    private static final int BOMB_MIB = 200;
    private static final int DEPTH = 100_000;
    /// 200 MiB of zeros.
    private static final byte[] BROTLI = Base64.getDecoder().decode("""
        z///f/gnAOKxQCD3/p/////wTwDEYQGA7v0/////4Z8AiMMiAN37f/7//8M/ARCHBQC69//8//+HfwIgDgsAdO//+f//D/8EQBwWAOje\
        //P//x/+CYA4LADQvf/n//8//BMAcVgAoHv/z///f/gnAOKwAED3/p/////wTwDEYQGA7v0/////4Z8AiMMCAN37f/7//8M/ARCHBQC6\
        9//5//+HfwIgDgsAdO//AA==\
        """);

    @TempDir
    private Path folder;

    private final Collection<Duration> cut = new ConcurrentLinkedQueue<>();

    @Test
    void hugeAnswerIsCutOffInTime(Battery battery) throws Exception {
        List<Act> acts = acts();
        Load load = Load.ofPosts(acts.size() * battery.scaled(50));
        List<Operation> all = load.all();
        try (var process = new OtherProcess(folder, load)) {
            List<Answered> warmUp = process.delete(load.others(100), CALLERS);
            long before = process.gateway().residentMiB();

            process.does(Faults.always(battery.seed(), Fault.each(When.BEFORE_COMMIT, acts.stream())));
            List<Answered> unsettled = process.delete(all.subList(0, all.size() / 2), CALLERS);
            process.does(Faults.once(battery.seed(), Fault.each(When.AFTER_COMMIT, acts.stream())));
            List<Answered> settled = process.delete(all.subList(all.size() / 2, all.size()), CALLERS);
            long grown = process.gateway().mostResidentMiB() - before;
            process.does(Call::obey);
            List<Answered> healed = process.delete(load.probes().subList(0, 100), CALLERS);

            List<Answered> told =
                    Stream.concat(unsettled.stream(), settled.stream()).toList();
            List<Answered> every =
                    Stream.of(warmUp, told, healed).flatMap(List::stream).toList();
            Duration slowest = cut.stream().max(Comparator.naturalOrder()).orElseThrow();
            battery.line(
                    "huge answers, with 128 MiB of heap",
                    Figures.of(told, process.providers()),
                    process.findings(every, battery.slowest(load.call()), CALLERS),
                    grown,
                    List.of(cut.size() + " cut off, the slowest in " + slowest.toMillis() + " ms"),
                    () -> {
                        assertThat(warmUp).allSatisfy(each -> claims(each, "deleted by echo"));
                        assertThat(unsettled).allSatisfy(each -> claims(each, "outcome_unknown"));
                        assertThat(settled).allSatisfy(each -> claims(each, "deleted by absence"));
                        assertThat(healed).allSatisfy(each -> claims(each, "deleted by echo"));
                        assertThat(process.said()).noneMatch(line -> line.contains("OutOf"));
                        assertThat(grown)
                                .isLessThanOrEqualTo((battery.strict() ? 1 : Figures.HANG) * OtherProcess.GROWTH_MIB);
                        assertThat(slowest).isLessThan(battery.strict() ? CUT : CUT.multipliedBy(Figures.HANG));
                    });
        }
    }

    private List<Act> acts() throws IOException {
        byte[] gzip = bomb(GZIPOutputStream::new);
        byte[] deflate = bomb(DeflaterOutputStream::new);
        byte[] twice = zipped(gzip);
        return List.of(
                flood("a length of a gibibyte", "Content-Length: " + GIB, " ".repeat(64 * 1024)),
                flood("endless chunks", "Transfer-Encoding: chunked", Acts.chunk(" ".repeat(64 * 1024))),
                // With a length, so that it is the headers that are too long, and nothing else.
                cut("a header of a megabyte", call -> call.send(headed(call, "X-Long: " + "x".repeat(1_000_000)))),
                cut(
                        "10 000 headers",
                        call -> call.send(
                                headed(call, "X-Many: x\r\n".repeat(10_000).strip()))),
                new Act("100 000 deep", HugeAnswersTest::deep),
                cut("a gzip bomb", call -> encoded(call, "gzip", gzip)),
                cut("a deflate bomb", call -> encoded(call, "deflate", deflate)),
                new Act("a brotli bomb", call -> encoded(call, "br", BROTLI)),
                new Act("a gzip bomb in gzip", call -> encoded(call, "gzip", twice)),
                new Act("a gzip bomb in gzip, named so", call -> encoded(call, "gzip, gzip", twice)));
    }

    /// Sends the true answer and blanks after it until the gateway has had enough.
    private Act flood(String name, String framing, String piece) {
        return new Act(name, call -> {
            long begun = System.nanoTime();
            try {
                call.send(call.head(200, framing));
                String body = call.said(Word.DELETED).body();
                call.send(framing.startsWith("T") ? Acts.chunk(body) : body);
                for (long sent = 0; sent < GIB; sent += piece.length()) {
                    call.send(piece);
                }
            } finally {
                cut.add(Duration.ofNanos(System.nanoTime() - begun));
            }
        });
    }

    /// Sends something, and waits until the gateway has had enough.
    private Act cut(String name, Provider.Script script) {
        return new Act(name, call -> {
            long begun = System.nanoTime();
            try {
                script.play(call);
                call.stall();
            } finally {
                cut.add(Duration.ofNanos(System.nanoTime() - begun));
            }
        });
    }

    private static String headed(Call call, String headers) {
        String body = call.said(Word.DELETED).body();
        return call.head(200, "Content-Length: " + body.getBytes(UTF_8).length, headers) + body;
    }

    private static void deep(Call call) throws IOException {
        boolean xml = call.request().path().endsWith(".xml");
        String body = xml
                ? "<a>".repeat(DEPTH) + "</a>".repeat(DEPTH)
                : "{\"a\":" + "[".repeat(DEPTH) + "]".repeat(DEPTH) + ",\"id\":" + call.id() + "}";
        call.send(call.head(200, "Content-Length: " + body.length()) + body);
    }

    private static void encoded(Call call, String encoding, byte[] body) throws IOException {
        call.send(call.head(200, "Content-Length: " + body.length, "Content-Encoding: " + encoding));
        call.send(body);
    }

    @FunctionalInterface
    private interface Zip {
        OutputStream to(OutputStream out) throws IOException;
    }

    private static byte[] bomb(Zip zip) throws IOException {
        var out = new ByteArrayOutputStream();
        try (OutputStream zipping = zip.to(out)) {
            byte[] mebibyte = new byte[LIMIT];
            for (int i = 0; i < BOMB_MIB; i++) {
                zipping.write(mebibyte);
            }
        }
        return out.toByteArray();
    }

    private static byte[] zipped(byte[] body) throws IOException {
        var out = new ByteArrayOutputStream();
        try (var zipping = new GZIPOutputStream(out)) {
            zipping.write(body);
        }
        return out.toByteArray();
    }

    private static void claims(Answered each, String claim) {
        assertThat(each.told().claim()).as("%s", each).isEqualTo(claim);
    }
}
