package io.unpost.gateway.battery;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.unpost.gateway.Api.Word;
import io.unpost.gateway.Call;
import io.unpost.gateway.Form;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/// Answers that are whole or look so, and are not what they seem.
@Tag("battery")
@Timeout(600)
@ExtendWith(Battery.Resolver.class)
final class WrongAnswersTest {

    private static final List<Form> ITEMISED = Form.all()
            .filter(form -> form.itemised()
                    && (form.isOfTwitter()
                            || (form.account().startsWith("weibo-basic-post-")
                                    && !form.kind().equals("reposts"))))
            .toList();
    /// Those whose answers name what was deleted.
    private static final List<Form> NAMED =
            ITEMISED.stream().filter(form -> form.evidence().equals("echo")).toList();
    /// Bytes, as many as any body here has at least.
    private static final int LONGEST_BODY = 1_300;

    /// Sends the beginning of a body.
    @FunctionalInterface
    private interface Cut {
        void send(Call call, byte[] whole, byte[] part) throws IOException;
    }

    private static final List<Cut> CUTS = List.of(
            // Framed by close.
            (call, _, part) -> {
                call.send(call.head(200, "Connection: close"));
                call.send(part);
                call.close();
            },
            // Short of its length.
            (call, whole, part) -> {
                call.send(call.head(200, "Content-Length: " + whole.length));
                call.send(part);
                call.close();
            },
            // Counted again.
            (call, _, part) -> {
                call.send(call.head(200, "Content-Length: " + part.length));
                call.send(part);
            },
            // Without the last chunk.
            (call, _, part) -> {
                chunk(call, part);
                call.close();
            },
            // With the last chunk.
            (call, _, part) -> {
                chunk(call, part);
                call.send("0\r\n\r\n");
            });

    private static void chunk(Call call, byte[] part) throws IOException {
        call.send(call.head(200, "Transfer-Encoding: chunked"));
        if (part.length > 0) {
            call.send(Integer.toHexString(part.length) + "\r\n");
            call.send(part);
            call.send("\r\n");
        }
    }

    /// Ids of one form follow each other, so that each place is cut at, also within a character; under load, in each
    /// framing.
    @Test
    void bodyCutAtAnyPlaceConfirmsNothing(Battery battery) throws Exception {
        Load load = Load.of(ITEMISED, ITEMISED.size() * battery.scaled(LONGEST_BODY))
                .of(100);
        battery.row("body cut at each byte", load, row -> {
            var longest = new AtomicInteger();
            row.does(call -> {
                if (call.commit()) {
                    byte[] whole = body(call).getBytes(UTF_8);
                    longest.accumulateAndGet(whole.length, Math::max);
                    cut(call, whole, row.seed());
                } else {
                    call.obey();
                }
            });

            assertThat(row.deleteAll()).allSatisfy(each -> claims(each, "deleted by absence"));
            assertThat(longest).hasValueBetween(1, LONGEST_BODY);
        });
    }

    /// From nothing to all but the last byte.
    private static void cut(Call call, byte[] whole, long seed) throws IOException {
        long id = Long.parseLong(call.id());
        int at = (int) (id % whole.length);
        // Another one for the same place the next time, and for the next place.
        int framing = (int) Math.floorMod(seed + at + id / whole.length, (long) CUTS.size());
        CUTS.get(framing).send(call, whole, Arrays.copyOf(whole, at));
    }

    @Test
    void truncatedAnswerIsAskedForAgain(Battery battery) throws Exception {
        battery.row("truncated answer", Load.ofPosts(battery.scaled(300)).of(100), row -> {
            row.does(Faults.once(row.seed(), Fault.each(When.AFTER_COMMIT, Acts.truncated())));

            assertThat(row.deleteAll()).allSatisfy(each -> claims(each, "deleted by absence"));
        });
    }

    @Test
    void mutatedBodyConfirmsNothingButItsOwnId(Battery battery) throws Exception {
        Load load = Load.ofPosts(Load.POSTS.size() * battery.scaled(300)).of(100);
        battery.row("mutated body", load, row -> {
            row.namesOthers();
            row.does(call -> {
                if (call.commit()) {
                    call.answerDamaged(200, Mutation.of(row.seed(), call.id(), body(call)));
                } else {
                    call.obey();
                }
            });

            List<Answered> all = row.deleteAll();
            assertThat(all).allSatisfy(each -> {
                if (Mutation.mayConfirm(each.operation().id())) {
                    assertThat(each.told().claim()).as("%s", each).isIn("deleted by echo", "deleted by absence");
                } else {
                    claims(each, "deleted by absence");
                }
            });
            assertThat(all.stream().map(each -> each.told().claim())).contains("deleted by echo", "deleted by absence");
        });
    }

    @Test
    void wrongIdConfirmsNothing(Battery battery) throws Exception {
        List<Fault> faults = Fault.each(When.BEFORE_COMMIT, Acts.wrongIds());
        Load load = Load.of(NAMED, battery.scaled(200)).of(100);
        battery.row("success that names another id, always", load, row -> {
            var script = Faults.always(row.seed(), faults);
            row.namesOthers();
            row.does(script);
            List<Answered> all = row.deleteAll();

            assertThat(all).allSatisfy(each -> claims(each, "outcome_unknown"));
            long others = all.stream()
                    .flatMap(each -> IntStream.rangeClosed(
                                    1, Integer.parseInt(each.told().at("/attempts")))
                            .mapToObj(number ->
                                    script.fault(each.operation().id(), number).orElseThrow()))
                    .filter(fault -> fault.act().name().equals("another id"))
                    .count();
            assertThat(others).isPositive();
            double alarms = row.metrics()
                    .lines()
                    .filter(line -> line.startsWith("unpost_mismatches_total{"))
                    .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' '))))
                    .sum();
            assertThat(alarms).isGreaterThanOrEqualTo((double) others);
        });
    }

    @Test
    void wrongIdIsAskedForAgain(Battery battery) throws Exception {
        List<Fault> faults = Fault.each(When.AFTER_COMMIT, Acts.wrongIds());
        Load load = Load.of(NAMED, battery.scaled(200)).of(100);
        battery.row("success that names another id, once", load, row -> {
            row.namesOthers();
            row.does(Faults.once(row.seed(), faults));

            assertThat(row.deleteAll()).allSatisfy(each -> claims(each, "deleted by absence"));
        });
    }

    private static String body(Call call) {
        return call.said(Word.DELETED).body().strip();
    }

    private static void claims(Answered each, String claim) {
        assertThat(each.told().claim()).as("%s", each).isEqualTo(claim);
    }
}
