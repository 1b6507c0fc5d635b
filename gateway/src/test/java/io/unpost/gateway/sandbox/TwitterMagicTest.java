package io.unpost.gateway.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.SocketException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;

class TwitterMagicTest {

    private static final String GONE = "404 {\"errors\":[{\"code\":144,";

    private static final List<String> CODED = List.of(
            "400044", "400215", "401032", "401089", "401135", "401136", "401416", "403038", "403063", "403064",
            "403087", "403092", "403093", "403099", "403179", "403183", "403185", "403220", "403226", "403261",
            "403326", "403453", "404034", "404144", "404421", "404422", "410068", "410251", "420088", "429088",
            "4290881", "500131", "503130");
    private static final List<String> UNCODED = List.of(
            "200000", "200001", "200002", "200131", "302000", "401000", "4010891", "403000", "404000", "500000",
            "502000", "503000", "504000");
    private static final List<String> DELETING =
            List.of("5030001", "5031301", "900001", "900002", "900003", "900004", "900005", "900008");
    private static final List<String> SILENT = List.of("900006", "900007", "900009");

    private static SandboxServer server;

    @BeforeAll
    static void start() {
        server = SandboxServer.open();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @BeforeEach
    void reset() {
        server.send("POST", "/sandbox/reset");
    }

    @Test
    void everyMagicIdIsTriedHere() {
        List<String> tried = Stream.of(CODED.stream(), UNCODED.stream(), DELETING.stream(), SILENT.stream())
                .flatMap(ids -> ids)
                .toList();

        assertThat(TwitterMagic.TWEETS).extracting(Magic::id).containsExactlyInAnyOrderElementsOf(tried);
    }

    @ParameterizedTest
    @FieldSource("CODED")
    void codedErrorIsSaidEveryTime(String id) {
        String status = id.substring(0, 3);
        int code = Integer.parseInt(id.substring(3, 6));
        for (int call = 0; call < 2; call++) {
            HttpResponse<String> answer = server.destroy(id);
            assertThat(said(answer))
                    .startsWith(status + " {\"errors\":[{\"code\":" + code + ",\"message\":\"")
                    .endsWith("\"}]}");
            assertThat(answer.headers().firstValue("status").orElseThrow()).startsWith(status + " ");
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        200000  | 200 <!DOCTYPE html>
        200001  | 200 {"created_at":"Mon Feb 15 13:00:00 +0000 2021","id":1015,"id_str":"1015"
        200131  | 200 {"errors":[{"code":131,
        302000  | 302 <!DOCTYPE html>
        401000  | 401 {"request":"/1.1/statuses/destroy/401000.json","error":"Read-only application cannot POST."}
        4010891 | 401 {"errors":[{"message":"Error processing your OAuth request: Read-only application cannot POST"
        403000  | 403 {"errors":"You are not allowed to delete this Tweet."}
        404000  | 404 {"error":"Not Found","request":"/1.1/statuses/destroy/404000.json"}
        500000  | 500 <!DOCTYPE html>
        502000  | 502 <!DOCTYPE html>
        503000  | 503 <!DOCTYPE html>
        504000  | 504 <!DOCTYPE html>
        """)
    void otherAnswerIsGivenEveryTime(String id, String beginning) {
        assertThat(UNCODED).contains(id);
        assertThat(said(server.destroy(id))).startsWith(beginning);
        assertThat(said(server.destroy(id))).startsWith(beginning);
    }

    @Test
    void emptyAnswerIsGivenEveryTime() {
        assertThat(said(server.destroy("200002"))).isEqualTo("200");
        assertThat(said(server.destroy("200002"))).isEqualTo("200");
    }

    @Test
    void tweetThatAnotherIsMistakenForIsStillThere() {
        server.destroy("200001");
        assertThat(server.destroy("1015").statusCode()).isEqualTo(200);
    }

    @Test
    void redirectLeadsToAPage() {
        String location =
                server.destroy("302000").headers().firstValue("location").orElseThrow();

        assertThat(server.send("GET", location).statusCode()).isEqualTo(200);
    }

    @Test
    void rateLimitTellsWhenItEnds() {
        assertThat(server.destroy("429088").headers().map())
                .containsEntry("retry-after", List.of("900"))
                .containsEntry("x-rate-limit-limit", List.of("300"))
                .containsEntry("x-rate-limit-remaining", List.of("0"))
                .containsEntry("x-rate-limit-reset", List.of(Long.toString(StandingTime.NOW.getEpochSecond() + 900)));
        assertThat(server.destroy("4290881").headers().map()).doesNotContainKeys("retry-after", "x-rate-limit-reset");
        assertThat(server.destroy("420088").headers().map()).containsEntry("retry-after", List.of("60"));
    }

    @Test
    void errorMayHideADelete() {
        assertThat(said(server.destroy("5030001"))).startsWith("503 <!DOCTYPE html>");
        assertThat(said(server.destroy("5030001"))).startsWith(GONE);
    }

    @Test
    void overCapacityPasses() {
        assertThat(said(server.destroy("5031301"))).startsWith("503 {\"errors\":[{\"code\":130,");
        assertThat(said(server.destroy("5031301"))).startsWith("200 ");
        assertThat(said(server.destroy("5031301"))).startsWith(GONE);
    }

    @Test
    void answerIsLostAfterADelete() throws IOException {
        assertThat(server.destroyRaw("900001")).isEmpty();
        assertThat(said(server.destroy("900001"))).startsWith(GONE);
    }

    @Test
    void answerIsCutOffAfterADelete() throws IOException {
        String[] answer = server.destroyRaw("900002").split("\r\n\r\n", 2);

        int announced = Integer.parseInt(answer[0].replaceAll("(?s).*content-length: ([0-9]+).*", "$1"));
        assertThat(answer[0]).startsWith("HTTP/1.1 200 OK\r\n");
        assertThat(answer[1]).startsWith("{\"created_at\":").hasSize(announced / 2);
        assertThat(said(server.destroy("900002"))).startsWith(GONE);
    }

    @Test
    void answerWithoutALengthIsCutOffAfterADelete() throws IOException {
        String[] answer = server.destroyRaw("900003").split("\r\n\r\n", 2);

        assertThat(answer[0]).contains("connection: close").doesNotContain("content-length", "transfer-encoding");
        assertThat(answer[1]).startsWith("{\"created_at\":").doesNotEndWith("}").hasSizeGreaterThan(900);
        assertThat(said(server.destroy("900003"))).startsWith(GONE);
    }

    @ParameterizedTest
    @CsvSource({"900004, 2", "900005, 5"})
    void answerComesLateAfterADelete(String id, long seconds) throws Exception {
        CompletableFuture<HttpResponse<String>> late = server.destroyLater(id);
        StandingTime.Paused pause = server.nextPause();

        assertThat(pause.duration()).isEqualTo(Duration.ofSeconds(seconds));
        assertThat(late).isNotDone();
        assertThat(said(server.destroy(id))).startsWith(GONE);
        pause.done().complete(null);
        assertThat(said(late.get(StandingTime.PATIENCE.toSeconds(), TimeUnit.SECONDS)))
                .startsWith("200 ");
    }

    @Test
    void connectionEndsWithoutADelete() throws IOException {
        assertThat(server.destroyRaw("900006")).isEmpty();
        assertThat(server.destroyRaw("900006")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void connectionIsResetWithoutADelete(int time) {
        assertThatThrownBy(() -> server.destroyRaw("900007"))
                .as("time %d", time)
                .isInstanceOf(SocketException.class)
                .hasMessageContaining("reset");
    }

    @Test
    void connectionEndsOnce() throws IOException {
        assertThat(server.destroyRaw("900008")).isEmpty();
        assertThat(said(server.destroy("900008"))).startsWith("200 ");
        assertThat(said(server.destroy("900008"))).startsWith(GONE);
    }

    @Test
    void silenceEndsWithTheConnection() throws Exception {
        CompletableFuture<String> silent = CompletableFuture.supplyAsync(() -> raw("900009"));
        StandingTime.Paused pause = server.nextPause();

        assertThat(pause.duration()).isEqualTo(Duration.ofSeconds(30));
        assertThat(server.destroy("1001").statusCode()).isEqualTo(200);
        assertThat(silent).isNotDone();
        pause.done().complete(null);
        assertThat(silent.get(StandingTime.PATIENCE.toSeconds(), TimeUnit.SECONDS))
                .isEmpty();
    }

    private static String raw(String id) {
        try {
            return server.destroyRaw(id);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static String said(HttpResponse<String> answer) {
        return (answer.statusCode() + " " + answer.body()).strip();
    }
}
