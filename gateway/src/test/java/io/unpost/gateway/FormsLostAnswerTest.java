package io.unpost.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.unpost.gateway.Api.Word;
import io.unpost.gateway.Provider.Script;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// In no form does an answer that is lost, cut or wrong become a claim that the provider's ledger does not bear out.
@Timeout(120)
final class FormsLostAnswerTest {

    private static final List<Loss> LOSSES = List.of(
            new Loss("RST", Call::reset),
            new Loss("FIN", Call::close),
            new Loss("RST within the headers", call -> {
                call.send("HTTP/1.1 200 OK\r\nContent-Le");
                call.reset();
            }),
            new Loss("half a body, framed by close", call -> call.answerUntilClose(200, half(call))),
            new Loss("half a body that was counted again", call -> call.answer(200, half(call))),
            new Loss("short of its Content-Length", call -> {
                String body = call.said(Word.DELETED).body();
                call.send(call.head(200, "Content-Length: " + (body.getBytes(UTF_8).length + 1)) + body);
                call.close();
            }),
            new Loss("nothing", call -> call.answer(200, "")),
            new Loss("a page", call -> call.answer(200, Tweets.html("Welcome"))),
            new Loss("200 with an error that nobody knows", call -> {
                String gone = call.said(Word.GONE).body();
                call.answer(200, gone.replaceFirst("(?<=:)(?:144|34)(?=,)|400[13][01](?=:)", "49999"));
            }),
            new Loss("500", call -> call.answer(500, call.said(Word.DELETED).body())),
            new Loss("502", call -> call.answer(502, Tweets.html("Bad gateway"))),
            new Loss(
                    "503 with the error of what is gone",
                    call -> call.answer(503, call.said(Word.GONE).body())),
            new Loss("302", call -> call.answer(302, call.said(Word.DELETED).body(), "Location: /elsewhere")));

    /// What proves nothing about an earlier request.
    private static final List<Loss> UNSETTLING = List.of(
            new Loss("somebody else's", call -> call.say(Word.FOREIGN)),
            new Loss("a limit", call -> call.say(Word.LIMITED)),
            new Loss("404, a page", call -> call.answer(404, Tweets.html("Not found"))),
            new Loss("401, a page", call -> call.answer(401, Tweets.html("Unauthorized"))),
            new Loss("400, empty", call -> call.answer(400, "")),
            new Loss("what is gone, cut off", call -> {
                String body = call.said(Word.GONE).body();
                call.answerUntilClose(400, body.substring(0, body.length() - 3));
            }));

    @TempDir
    private static Path folder;

    private static Provider twitter;
    private static Provider weibo;
    private static Gateway gateway;

    /// A way in which an answer comes to nothing.
    private record Loss(String name, Script script) {}

    /// What befalls an id.
    private record Case(Form form, Loss loss) {}

    @BeforeAll
    static void start() throws IOException {
        twitter = new Provider();
        weibo = Provider.weibo();
        gateway = Gateway.sidecar(folder, Form.accounts(twitter, weibo, ""));
    }

    @AfterAll
    static void stop() throws IOException {
        gateway.close();
        twitter.close();
        weibo.close();
    }

    /// What is gone afterwards is our doing only where the provider's words for that can mean nothing else.
    @Test
    void onceLostIsDeletedByAbsenceWhereThatIsDefinite() throws Exception {
        Map<String, Case> cases = cases(LOSSES);
        play(
                (call, loss) -> {
                    if (call.commit()) {
                        loss.script().play(call);
                    } else {
                        call.say(Word.GONE);
                    }
                },
                cases);

        expect(cases, form -> form.gone().equals("already_gone") ? "deleted by absence" : "outcome_unknown");
    }

    @Test
    void onceLostBeforeTheDeleteIsDeleted() throws Exception {
        Map<String, Case> cases = cases(LOSSES);
        play(
                (call, loss) -> {
                    if (call.first()) {
                        loss.script().play(call);
                    } else {
                        call.obey();
                    }
                },
                cases);

        expect(cases, form -> "deleted by " + form.evidence());
    }

    @Test
    void alwaysLostIsUnknown() throws Exception {
        Map<String, Case> cases = cases(LOSSES);
        play(
                (call, loss) -> {
                    call.commit();
                    loss.script().play(call);
                },
                cases);

        expect(cases, _ -> "outcome_unknown");
        assertThat(cases)
                .allSatisfy((id, befell) ->
                        assertThat(befell.form().at(twitter, weibo).sends(id)).isEqualTo(3));
    }

    /// Whatever follows a send that may have been done, but for a proof, leaves it open: done then or not.
    @Test
    void nothingButAProofSettlesWhatMayHaveBeenDone() throws Exception {
        Map<String, Case> cases = cases(UNSETTLING);
        play(
                (call, loss) -> {
                    if (!call.first()) {
                        loss.script().play(call);
                        return;
                    }
                    if (call.id().hashCode() % 2 == 0) {
                        call.commit();
                    }
                    call.close();
                },
                cases);

        expect(cases, _ -> "outcome_unknown");
    }

    static Stream<Form> itemised() {
        // One method and scheme stand for the others, whose answers are the same.
        return Form.all()
                .filter(form -> form.isOfTwitter()
                        ? form.kind().equals("reposts")
                        : form.account().contains("basic-post") && !form.kind().equals("reposts"));
    }

    @ParameterizedTest
    @MethodSource("itemised")
    void bodyCutAnywhereConfirmsNothing(Form form) throws Exception {
        Provider provider = form.at(twitter, weibo);
        var lengths = new LinkedHashMap<String, Integer>();
        provider.does(call -> {
            String body = call.said(Word.DELETED).body().strip();
            call.answer(200, body.substring(0, Math.min(body.length() - 1, requireNonNull(lengths.get(call.id())))));
        });
        for (int length = 0; length < 1_200; length += 47) {
            lengths.put(form.newId(), length);
        }

        Map<String, Told> told = gateway.deleteAllAt(lengths.keySet().stream().map(id -> form.path(id) + "?raw=true"));

        assertThat(told.values()).extracting(Told::claim).containsOnly("outcome_unknown");
    }

    /// The tweet that was named may be no retweet, and then nothing was done: now or before.
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void sameTweetAfterALostAnswerLeavesItOpen(boolean done) {
        Form reposts = Form.ofTwitter().get(1);
        String id = reposts.newId();
        twitter.does(call -> {
            if (!call.first()) {
                call.answer(200, Tweets.tweet(call.id()));
                return;
            }
            if (done) {
                call.commit();
            }
            call.reset();
        });

        Told told = gateway.deleteAt(reposts.path(id));

        assertThat(told.status()).isEqualTo(504);
        assertThat(told.what()).isEqualTo("outcome_unknown");
        assertThat(told.at("/outcome")).isEqualTo("unknown");
        assertThat(told.at("/mayBeGone")).isEqualTo("true");
        assertThat(told.at("/detail")).contains("may have reached the provider", "by its own id");
        assertThat(told.at("/provider/status")).isEqualTo("200");
        assertThat(twitter.sends(id)).isEqualTo(2);
    }

    @FunctionalInterface
    private interface Play {
        void play(Call call, Loss loss) throws Exception;
    }

    private static Map<String, Case> cases(List<Loss> losses) {
        var cases = new LinkedHashMap<String, Case>();
        Form.all().forEach(form -> losses.forEach(loss -> cases.put(form.newId(), new Case(form, loss))));
        return cases;
    }

    private static void play(Play play, Map<String, Case> cases) {
        Script script =
                call -> play.play(call, requireNonNull(cases.get(call.id())).loss());
        twitter.does(script);
        weibo.does(script);
    }

    private static void expect(Map<String, Case> cases, Function<Form, String> claim) throws Exception {
        Map<String, Told> told = gateway.deleteAllAt(
                cases.entrySet().stream().map(each -> each.getValue().form().path(each.getKey())));

        assertThat(told).hasSameSizeAs(cases).allSatisfy((id, answer) -> {
            Case befell = requireNonNull(cases.get(id));
            assertThat(answer.claim()).as(befell + " " + answer.body()).isEqualTo(claim.apply(befell.form()));
        });
        Map<Boolean, Map<String, Told>> byProvider = told.entrySet().stream()
                .collect(Collectors.partitioningBy(
                        each -> requireNonNull(cases.get(each.getKey())).form().isOfTwitter(),
                        Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue)));
        Truth.isTold(gateway, twitter, requireNonNull(byProvider.get(true)));
        Truth.isTold(gateway, weibo, requireNonNull(byProvider.get(false)));
    }

    private static String half(Call call) {
        String body = call.said(Word.DELETED).body();
        return body.substring(0, body.length() / 2);
    }
}
