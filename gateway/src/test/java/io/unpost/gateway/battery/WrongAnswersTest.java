package io.unpost.gateway.battery;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.unpost.gateway.Api.Word;
import io.unpost.gateway.Call;
import io.unpost.gateway.Form;
import io.unpost.gateway.battery.Fault.Act;
import java.util.List;
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
    /// Longer than any body here.
    private static final int LONGEST_BODY = 1_300;

    private static final List<Act> CUTS = List.of(
            new Act("framed by close", call -> {
                call.send(call.head(200, "Connection: close") + part(call));
                call.close();
            }),
            new Act("short of its length", call -> {
                call.send(call.head(200, "Content-Length: " + body(call).getBytes(UTF_8).length) + part(call));
                call.close();
            }),
            new Act(
                    "counted again",
                    call -> call.send(
                            call.head(200, "Content-Length: " + part(call).getBytes(UTF_8).length) + part(call))),
            new Act("chunked, without the last chunk", call -> {
                call.send(call.head(200, "Transfer-Encoding: chunked") + Acts.chunk(part(call)));
                call.close();
            }),
            new Act(
                    "chunked, with the last chunk",
                    call -> call.send(
                            call.head(200, "Transfer-Encoding: chunked") + Acts.chunk(part(call)) + "0\r\n\r\n")));

    /// Ids of one form follow each other, so that each place is cut at, and each framing meets each place after some
    /// seeds.
    @Test
    void bodyCutAtAnyPlaceConfirmsNothing(Battery battery) throws Exception {
        Load load = Load.of(ITEMISED, ITEMISED.size() * battery.scaled(LONGEST_BODY))
                .of(100);
        battery.row("body cut at each byte", load, row -> {
            row.does(Faults.once(row.seed(), Fault.each(When.AFTER_COMMIT, CUTS.stream())));

            assertThat(row.deleteAll()).allSatisfy(each -> claims(each, "deleted by absence"));
        });
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
            assertThat(all)
                    .allSatisfy(each -> assertThat(each.told().claim())
                            .as("%s", each)
                            .isIn("deleted by echo", "deleted by absence"));
            assertThat(all.stream().map(each -> each.told().claim())).contains("deleted by echo", "deleted by absence");
        });
    }

    @Test
    void wrongIdConfirmsNothing(Battery battery) throws Exception {
        List<Fault> faults = Fault.each(When.BEFORE_COMMIT, Acts.wrongIds());
        Load load = Load.ofPosts(battery.scaled(200)).of(100);
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
        battery.row(
                "success that names another id, once",
                Load.ofPosts(battery.scaled(200)).of(100),
                row -> {
                    row.namesOthers();
                    row.does(Faults.once(row.seed(), faults));

                    assertThat(row.deleteAll()).allSatisfy(each -> claims(each, "deleted by absence"));
                });
    }

    private static String body(Call call) {
        return call.said(Word.DELETED).body().strip();
    }

    /// From nothing to all but the last character.
    private static String part(Call call) {
        String body = body(call);
        return body.substring(0, (int) (Long.parseLong(call.id()) % body.length()));
    }

    private static void claims(Answered each, String claim) {
        assertThat(each.told().claim()).as("%s", each).isEqualTo(claim);
    }
}
