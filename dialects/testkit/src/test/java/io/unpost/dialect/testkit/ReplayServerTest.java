package io.unpost.dialect.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.unpost.dialect.WireRequest.Parameter;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ReplayServerTest {

    private static final Transcript DELETE = transcript("""
        kind: posts
        id: 20
        expect: Deleted echo

        POST /a/20.json?b=c%20d
        e=f

        HTTP/1.1 200 OK
        Content-Type: application/json
        X-Y: z

        {"id":20}
        """);
    private static final Transcript CUT = transcript("""
        kind: posts
        id: 21
        expect: Faulted

        POST /a/21.json

        HTTP/1.1 200 OK
        Content-Length: 100

        {"id":21}
        """);

    private final ReplayServer server = ReplayServer.start(List.of(DELETE, CUT), Set.of("app"));
    private final HttpClient client = HttpClient.newHttpClient();

    @AfterEach
    void close() {
        client.close();
        server.close();
    }

    @Test
    void fittingRequestGetsTheAnswer() throws Exception {
        HttpResponse<String> response = post("/a/20.json?b=c%20d", "e=f");
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.headers().firstValue("x-y")).contains("z");
        assertThat(response.body()).isEqualTo("{\"id\":20}");
    }

    @Test
    void credentialsAreNotCompared() throws Exception {
        assertThat(post("/a/20.json?app=key&b=c%20d&oauth_nonce=1", "oauth_token=2&e=f")
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void otherRequestGetsWhatDiffersFromEach() throws Exception {
        HttpResponse<String> response = post("/a/20.json?b=x", "");
        assertThat(response.statusCode()).isEqualTo(599);
        assertThat(response.body()).isEqualTo("""
            t.http: query is [b=x], not [b=c d]; form is [], not [e=f]
            t.http: path is /a/20.json, not /a/21.json; query is [b=x], not []
            """);
    }

    @Test
    void requestThatCannotBeReadIsDifferent() throws Exception {
        HttpResponse<String> response = post("/a/20.json", "nonsense");
        assertThat(response.statusCode()).isEqualTo(599);
        assertThat(response.body()).startsWith("unreadable request");
    }

    @Test
    void requestsAreRecorded() throws Exception {
        post("/a/2%30.json?b=c", "e=f&g=%26");
        assertThat(server.requests()).singleElement().satisfies(seen -> {
            assertThat(seen.method()).isEqualTo("POST");
            assertThat(seen.path()).isEqualTo("/a/2%30.json");
            assertThat(seen.query()).containsExactly(new Parameter("b", "c"));
            assertThat(seen.form()).containsExactly(new Parameter("e", "f"), new Parameter("g", "&"));
            assertThat(seen.headers()).containsEntry("authorization", "OAuth x");
        });
    }

    @Test
    void cutOffAnswerBreaksOff() {
        assertThatThrownBy(() -> post("/a/21.json", "")).isInstanceOf(IOException.class);
    }

    private HttpResponse<String> post(String target, String form) throws IOException, InterruptedException {
        return client.send(
                HttpRequest.newBuilder(URI.create(server.baseUri() + target))
                        .header("authorization", "OAuth x")
                        .POST(HttpRequest.BodyPublishers.ofString(form))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private static Transcript transcript(String text) {
        return Transcript.of("t.http", text.getBytes(UTF_8));
    }
}
