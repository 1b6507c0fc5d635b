package io.unpost.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.unpost.gateway.Provider.Script;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// An answer that is lost, cut or wrong never becomes a claim that the provider's ledger does not bear out.
@Timeout(120)
final class LostAnswerTest {

    private static final int MANY = 300;
    private static final String CHUNKED = "Transfer-Encoding: chunked";
    private static final AtomicInteger IDS = new AtomicInteger(1_000_000);

    private static final List<Loss> LOSSES = List.of(
            new Loss("RST", Call::reset),
            new Loss("FIN", Call::close),
            new Loss("RST within the headers", call -> {
                call.send("HTTP/1.1 200 OK\r\nContent-Le");
                call.reset();
            }),
            new Loss("half a body, framed by close", call -> call.answerUntilClose(200, half(call))),
            new Loss("half a body, framed by close, then RST", call -> {
                call.send(call.head(200, "Connection: close") + half(call));
                call.reset();
            }),
            new Loss("a whole body, framed by close, then RST", call -> {
                call.send(call.head(200, "Connection: close") + Tweets.tweet(call.id()));
                call.reset();
            }),
            new Loss("short of its Content-Length", call -> {
                call.send(call.head(200, "Content-Length: 9999") + Tweets.tweet(call.id()));
                call.close();
            }),
            new Loss("no last chunk", call -> {
                call.send(call.head(200, CHUNKED) + chunk(Tweets.tweet(call.id())));
                call.close();
            }),
            new Loss("a cut chunk", call -> {
                call.send(call.head(200, CHUNKED) + "fff\r\n" + Tweets.tweet(call.id()));
                call.close();
            }),
            new Loss("half a body that was counted again", call -> call.answer(200, half(call))),
            new Loss("another id", call -> call.answer(200, Tweets.tweet("1" + call.id()))),
            new Loss("two ids", call -> call.answer(200, twoIds(call.id()))),
            new Loss("the id only deeper down", call -> call.answer(200, nested(call.id()))),
            new Loss("nothing", call -> call.answer(200, "")),
            new Loss("204", call -> call.answer(204, "")),
            new Loss("a page", call -> call.answer(200, Tweets.html("Twitter"))),
            new Loss("200 with an error", call -> call.answer(200, Tweets.error(131))),
            new Loss("200 with an unknown error", call -> call.answer(200, Tweets.error(98765))),
            new Loss("a tweet and an error", call -> call.answer(200, tweetAndError(call.id()))),
            new Loss("500", call -> call.answer(500, Tweets.error(131))),
            new Loss("502", call -> call.answer(502, Tweets.html("Bad gateway"))),
            new Loss("503", call -> call.answer(503, Tweets.html("Over capacity"))),
            new Loss("504 with the code of what is absent", call -> call.answer(504, Tweets.error(144))),
            new Loss("302", call -> call.answer(302, Tweets.tweet(call.id()), "Location: /elsewhere")),
            new Loss("408", call -> call.answer(408, Tweets.html("Request timeout"))),
            new Loss("another protocol", call -> call.send("I am a teapot\r\n\r\n")));

    /// What proves nothing about an earlier request.
    private static final List<Loss> UNSETTLING = List.of(
            new Loss("404, code 34", call -> call.answer(404, Tweets.error(34))),
            new Loss("404, a page", call -> call.answer(404, Tweets.html("Not found"))),
            new Loss("404, code 144 cut off", call -> call.answerUntilClose(404, "{\"errors\":[{\"code\":144")),
            new Loss("404, codes 144 and 999", call -> call.answer(404, """
                {"errors":[{"code":144,"message":"a"},{"code":999,"message":"b"}]}\
                """)),
            new Loss("404, code 421", call -> call.answer(404, Tweets.error(421))),
            new Loss("401, code 32", call -> call.answer(401, Tweets.error(32))),
            new Loss("403, code 183", call -> call.answer(403, Tweets.error(183))),
            new Loss("403, code 64", call -> call.answer(403, Tweets.error(64))),
            new Loss("429, code 88", call -> call.answer(429, Tweets.error(88))),
            new Loss("410, code 251", call -> call.answer(410, Tweets.error(251))),
            new Loss("503, code 130", call -> call.answer(503, Tweets.error(130))),
            new Loss("400, a page", call -> call.answer(400, Tweets.html("Bad request"))));

    @TempDir
    private static Path folder;

    private static Provider provider;
    private static Gateway gateway;

    /// A way in which an answer comes to nothing.
    private record Loss(String name, Script script) {

        /// The one of these that befalls this id.
        static Loss of(List<Loss> losses, String id) {
            return losses.get(Integer.parseInt(id) % losses.size());
        }
    }

    @BeforeAll
    static void start() throws IOException {
        provider = new Provider();
        gateway = Gateway.sidecar(folder, Gateway.accounts(provider, Map.of("usual", "", "once", "attempts: 1")));
    }

    @AfterAll
    static void stop() throws IOException {
        gateway.close();
        provider.close();
    }

    @Test
    void onceLostIsDeletedByAbsence() throws Exception {
        provider.does(call -> {
            if (call.commit()) {
                Loss.of(LOSSES, call.id()).script().play(call);
            } else {
                call.answer(404, Tweets.error(144));
            }
        });

        Map<String, Told> told = gateway.deleteAll("usual", ids(MANY));

        assertThat(claimsByLoss(LOSSES, told)).hasSameSizeAs(LOSSES).allSatisfy(onlyClaim("deleted by absence"));
        assertThat(told.keySet()).allMatch(id -> provider.sends(id) == 2).allMatch(provider.ledger()::containsKey);
        Truth.isTold(gateway, provider, told);
    }

    @Test
    void alwaysLostIsUnknown() throws Exception {
        provider.does(call -> {
            call.commit();
            Loss.of(LOSSES, call.id()).script().play(call);
        });

        Map<String, Told> told = gateway.deleteAll("usual", ids(MANY));

        assertThat(claimsByLoss(LOSSES, told)).hasSameSizeAs(LOSSES).allSatisfy(onlyClaim("outcome_unknown"));
        assertThat(told.values()).allSatisfy(answer -> {
            assertThat(answer.status()).isEqualTo(504);
            assertThat(answer.at("/outcome")).isEqualTo("unknown");
            assertThat(answer.at("/mayBeGone")).isEqualTo("true");
            assertThat(answer.at("/retryable")).isEqualTo("true");
        });
        assertThat(told.keySet()).allMatch(id -> provider.sends(id) == 3);
        Truth.isTold(gateway, provider, told);
    }

    @Test
    void onceLostBeforeTheDeleteIsDeletedByEcho() throws Exception {
        provider.does(call -> {
            if (call.first()) {
                Loss.of(LOSSES, call.id()).script().play(call);
            } else {
                call.obey();
            }
        });

        Map<String, Told> told = gateway.deleteAll("usual", ids(MANY));

        assertThat(claimsByLoss(LOSSES, told)).hasSameSizeAs(LOSSES).allSatisfy(onlyClaim("deleted by echo"));
        assertThat(told.keySet()).allMatch(id -> provider.sends(id) == 2);
        Truth.isTold(gateway, provider, told);
    }

    /// Whatever follows a send that may have been done, but for a proof, leaves it open: done then or not.
    @Test
    void nothingButAProofSettlesWhatMayHaveBeenDone() throws Exception {
        provider.does(call -> {
            if (!call.first()) {
                Loss.of(UNSETTLING, call.id()).script().play(call);
                return;
            }
            if (call.id().hashCode() % 2 == 0) {
                call.commit();
            }
            call.answer(502, Tweets.html("Bad gateway"));
        });

        Map<String, Told> told = gateway.deleteAll("usual", ids(MANY));

        assertThat(claimsByLoss(UNSETTLING, told)).hasSameSizeAs(UNSETTLING).allSatisfy(onlyClaim("outcome_unknown"));
        Truth.isTold(gateway, provider, told);
    }

    /// A network that breaks in any way, at any time, for hundreds of deletes at once.
    @Test
    void mixtureOfFaultsIsToldTruly() throws Exception {
        provider.does(call -> {
            // The nonce makes it another chance each time.
            int chance = Math.floorMod(call.request().header("Authorization").hashCode(), 1000);
            Script fault = LOSSES.get(chance % LOSSES.size()).script();
            if (chance < 350) {
                call.commit();
                fault.play(call);
            } else if (chance < 600) {
                fault.play(call);
            } else {
                call.obey();
            }
        });

        Map<String, Told> told = gateway.deleteAll("usual", ids(2 * MANY));

        assertThat(told.values().stream().map(Told::claim))
                .contains("deleted by echo", "deleted by absence", "outcome_unknown");
        Truth.isTold(gateway, provider, told);
    }

    static Stream<Named<Cut>> cuts() {
        return Stream.of(
                Named.of("framed by close", (call, part, _) -> call.answerUntilClose(200, part)),
                Named.of("short of its length", (call, part, whole) -> {
                    call.send(call.head(200, "Content-Length: " + whole.getBytes(UTF_8).length) + part);
                    call.close();
                }),
                Named.of("counted again", (call, part, _) -> call.answer(200, part)),
                Named.of("chunked, without the last chunk", (call, part, _) -> {
                    call.send(call.head(200, CHUNKED) + chunk(part));
                    call.close();
                }),
                Named.of(
                        "chunked, with the last chunk",
                        (call, part, _) -> call.send(call.head(200, CHUNKED) + chunk(part) + "0\r\n\r\n")));
    }

    @FunctionalInterface
    interface Cut {
        void send(Call call, String part, String whole) throws IOException;
    }

    @ParameterizedTest
    @MethodSource("cuts")
    void bodyCutAnywhereConfirmsNothing(Cut cut) throws Exception {
        int length = Tweets.tweet("1000000").length();
        int firstId = IDS.getAndAdd(length);
        provider.does(call -> {
            String whole = Tweets.tweet(call.id());
            cut.send(call, whole.substring(0, Integer.parseInt(call.id()) - firstId), whole);
        });

        Map<String, Told> told = gateway.deleteAll(
                "once", IntStream.range(firstId, firstId + length).mapToObj(Integer::toString));

        assertThat(told.values()).hasSize(length).extracting(Told::claim).containsOnly("outcome_unknown");
        Truth.isTold(gateway, provider, told);
    }

    /// Every claim that was made, by what had happened.
    private static Map<String, Set<String>> claimsByLoss(List<Loss> losses, Map<String, Told> told) {
        return told.entrySet().stream()
                .collect(Collectors.groupingBy(
                        entry -> Loss.of(losses, entry.getKey()).name(),
                        Collectors.mapping(entry -> entry.getValue().claim(), Collectors.toSet())));
    }

    private static BiConsumer<String, Set<String>> onlyClaim(String claim) {
        return (loss, claims) -> assertThat(claims).as(loss).containsExactly(claim);
    }

    private static Stream<String> ids(int count) {
        int first = IDS.getAndAdd(count);
        return IntStream.range(first, first + count).mapToObj(Integer::toString);
    }

    private static String half(Call call) {
        String tweet = Tweets.tweet(call.id());
        return tweet.substring(0, tweet.length() / 2);
    }

    private static String chunk(String text) {
        int bytes = text.getBytes(UTF_8).length;
        return bytes == 0 ? "" : Integer.toHexString(bytes) + "\r\n" + text + "\r\n";
    }

    private static String twoIds(String id) {
        return """
            {"id_str":"%s","id":%s,"id_str":"%s"}\
            """.formatted(id, id, id);
    }

    private static String nested(String id) {
        return """
            {"retweeted_status":{"id":%s,"id_str":"%s"},"user":{"id_str":"%s"}}\
            """.formatted(id, id, id);
    }

    private static String tweetAndError(String id) {
        return """
            {"id":%s,"id_str":"%s","errors":[{"code":131,"message":"Internal error"}]}\
            """.formatted(id, id);
    }
}
