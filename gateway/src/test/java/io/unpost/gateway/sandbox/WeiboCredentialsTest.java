package io.unpost.gateway.sandbox;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.unpost.gateway.sandbox.Call.Parameter;
import io.unpost.gateway.sandbox.OAuth1Verifier.Keys;
import java.net.http.HttpResponse;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WeiboCredentialsTest {

    private static final String STATUS = "/sandbox/weibo/statuses/destroy/1472669360.json";
    private static final String SOURCE = "?source=demo-app-key";

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

    /// Nothing here deletes it but what says so.
    @AfterEach
    void statusIsStillThere() {
        int status = server.weibo("POST", "/statuses/destroy/1472669360.json").statusCode();
        assertThat(status).isEqualTo(200);
    }

    @Test
    void nobodyIsUnauthorized() throws Exception {
        for (String path : List.of(STATUS + SOURCE, STATUS.replace(".json", ".xml") + SOURCE)) {
            WeiboAnswer answer = WeiboAnswer.of(server.send("POST", path));
            assertThat(answer.status()).isEqualTo(401);
            assertThat(answer.at("error")).isEqualTo("authentication is required");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"Bearer x", "OAuth", "Basically ZGVtbw=="})
    void otherCredentialsAreNone(String authorization) {
        assertThat(server.send("POST", STATUS + SOURCE, "Authorization", authorization)
                        .statusCode())
                .isEqualTo(401);
    }

    @ParameterizedTest
    @ValueSource(strings = {"demo@unpost.example:wrong", "other:demo:password", "demo@unpost.example", ":"})
    void wrongPasswordIsForbidden(String userAndPassword) throws Exception {
        String authorization = "Basic " + Base64.getEncoder().encodeToString(userAndPassword.getBytes(UTF_8));

        assertThat(said(server.send("DELETE", STATUS + SOURCE, "Authorization", authorization)))
                .isEqualTo("403 40302:Error: auth faild!");
    }

    @ParameterizedTest
    @CsvSource({
        "'', 400 40022:Error: source paramter(appkey) is missing",
        "?source=, 400 40022:Error: source paramter(appkey) is missing",
        "?source=other, 401 40108:Error: consumer key unknown!"
    })
    void passwordNeedsTheAppKey(String query, String error) throws Exception {
        assertThat(said(server.send("POST", STATUS + query, "Authorization", SandboxServer.weiboPassword())))
                .isEqualTo(error);
    }

    @ParameterizedTest
    @ValueSource(strings = {"POST", "DELETE"})
    void appKeyMayBeInAForm(String method) {
        HttpResponse<String> answer = server.form(
                method,
                "/sandbox/weibo/statuses/destroy/2001.xml",
                Map.of("source", "demo-app-key"),
                SandboxServer.weiboPassword());

        assertThat(answer.statusCode()).isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource({
        "demo-app-key, demo-token, wrong, 0, 401 40107:Error: signature invalid!",
        "other, demo-token, demo-token-secret, 0, 401 40108:Error: consumer key unknown!",
        "demo-app-key, other, demo-token-secret, 0, 401 40113:Error: token rejected!",
        "demo-app-key, demo-token, demo-token-secret, 301, 401 40104:Error: timestamp refused!"
    })
    void wrongSignatureIsUnauthorized(String key, String token, String tokenSecret, long late, String error)
            throws Exception {
        var keys = new Keys(key, "demo-app-secret", token, tokenSecret);
        String authorization =
                JerseySigner.authorization("POST", server.at(STATUS).toString(), List.of(), keys, now() - late, "once");

        assertThat(said(server.send("POST", STATUS, "Authorization", authorization)))
                .isEqualTo(error);
    }

    @Test
    void signatureIsForOneMethod() throws Exception {
        String authorization = JerseySigner.authorization(
                "POST", server.at(STATUS).toString(), List.of(), WeiboImitation.KEYS, now(), "method");

        assertThat(said(server.send("DELETE", STATUS, "Authorization", authorization)))
                .startsWith("401 40107:");
    }

    @Test
    void nonceIsForOneCall() throws Exception {
        String path = "/sandbox/weibo/statuses/destroy/2100.json";
        String authorization = JerseySigner.authorization(
                "POST", server.at(path).toString(), List.of(), WeiboImitation.KEYS, now(), "replayed");

        assertThat(said(server.send("POST", path, "Authorization", authorization)))
                .startsWith("400 40036:");
        assertThat(said(server.send("POST", path, "Authorization", authorization)))
                .isEqualTo("401 40105:Error: nonce used!");
    }

    @ParameterizedTest
    @CsvSource({
        "POST, /statuses/destroy/2001.json",
        "DELETE, /statuses/destroy/2001.json",
        "POST, /statuses/destroy/2001.xml",
        "DELETE, /statuses/destroy/2001.xml",
        "POST, /direct_messages/destroy/4001.json",
        "DELETE, /direct_messages/destroy/4001.json",
        "POST, /direct_messages/destroy/4001.xml",
        "DELETE, /direct_messages/destroy/4001.xml"
    })
    void signatureOpensEveryRoute(String method, String path) {
        assertThat(server.weiboSigned(method, path, Map.of()).statusCode()).isEqualTo(200);
    }

    @Test
    void appKeyBesideASignatureIsSignedToo() {
        String path = "/sandbox/weibo/statuses/destroy/2001.json";
        String authorization = JerseySigner.authorization(
                "POST",
                server.at(path).toString(),
                List.of(new Parameter("source", "demo-app-key")),
                WeiboImitation.KEYS,
                now(),
                "source");

        assertThat(server.send("POST", path + SOURCE, "Authorization", authorization)
                        .statusCode())
                .isEqualTo(200);
    }

    private static long now() {
        return StandingTime.NOW.getEpochSecond();
    }

    private static String said(HttpResponse<String> answer) throws Exception {
        WeiboAnswer read = WeiboAnswer.of(answer);
        return read.status() + " " + read.at("error");
    }
}
