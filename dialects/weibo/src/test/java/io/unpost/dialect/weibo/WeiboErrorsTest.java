package io.unpost.dialect.weibo;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.unpost.dialect.DeleteCommand;
import io.unpost.dialect.Kind;
import io.unpost.dialect.WireResponse;
import io.unpost.dialect.testkit.Transcript;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WeiboErrorsTest {

    private static final List<Kind> KINDS = List.of(Kind.POSTS, Kind.REPOSTS, Kind.MESSAGES);

    /// Every code that a delete of a status or message can meet and that means the same for both, with the status
    /// Weibo documents for it.
    @ParameterizedTest
    @CsvSource({
        "40001, 400, Refused INVALID_REQUEST",
        "40002, 400, Refused NOT_OWNER",
        "40007, 400, Refused REFUSED",
        "40015, 400, NotFound",
        "40016, 400, Refused INVALID_REQUEST",
        "40019, 400, Refused INVALID_REQUEST",
        "40021, 400, Refused NOT_OWNER",
        "40022, 400, Refused CREDENTIALS_REJECTED",
        "40028, 400, Refused REFUSED",
        "40036, 400, Refused NOT_OWNER",
        "40037, 400, Refused REFUSED",
        "40038, 400, Refused REFUSED",
        "40040, 400, Refused PERMISSION_MISSING",
        "40042, 400, Refused CREDENTIALS_REJECTED",
        "40044, 400, Refused CREDENTIALS_REJECTED",
        "40053, 400, Refused NOT_OWNER",
        "40054, 400, Refused INVALID_REQUEST",
        "40060, 400, Faulted",
        "40070, 400, Refused PERMISSION_MISSING",
        "40072, 400, Refused CREDENTIALS_REJECTED",
        "40085, 400, Refused PERMISSION_MISSING",
        "40101, 401, Refused CREDENTIALS_REJECTED",
        "40102, 401, Refused CREDENTIALS_REJECTED",
        "40103, 401, Refused CREDENTIALS_REJECTED",
        "40104, 401, Refused CLOCK_REJECTED",
        "40105, 401, Faulted",
        "40106, 401, Refused CREDENTIALS_REJECTED",
        "40107, 401, Refused CREDENTIALS_REJECTED",
        "40108, 401, Refused CREDENTIALS_REJECTED",
        "40109, 401, Refused CREDENTIALS_REJECTED",
        "40110, 401, Refused CREDENTIALS_REJECTED",
        "40111, 401, Refused CREDENTIALS_REJECTED",
        "40112, 401, Refused CREDENTIALS_REJECTED",
        "40113, 401, Refused CREDENTIALS_REJECTED",
        "40114, 401, Refused CREDENTIALS_REJECTED",
        "40302, 403, Refused CREDENTIALS_REJECTED",
        "40304, 403, Throttled",
        "40305, 403, Throttled",
        "40306, 403, Throttled",
        "40307, 403, Refused REFUSED",
        "40308, 403, Throttled",
        "40309, 403, Refused CREDENTIALS_REJECTED",
        "40312, 403, Throttled",
        "40313, 403, Refused ACCOUNT_LOCKED",
        "40314, 403, Refused PERMISSION_MISSING"
    })
    void codeDecidesInEachShapeAndBeforeTheStatus(String code, int status, String verdict) {
        for (Kind kind : KINDS) {
            codeDecides(kind, code, status, verdict);
        }
    }

    /// A code of statuses about a message, or the other way round, does not say that the target itself is absent.
    @ParameterizedTest
    @CsvSource({
        "posts,    40031, AlreadyGone",
        "reposts,  40031, AlreadyGone",
        "messages, 40031, NotFound",
        "posts,    40010, NotFound",
        "reposts,  40010, NotFound",
        "messages, 40010, AlreadyGone"
    })
    void absenceIsDefiniteInTheKindsOwnCodeAlone(String kind, String code, String verdict) {
        codeDecides(new Kind(kind), code, 400, verdict);
    }

    private static void codeDecides(Kind kind, String code, int status, String verdict) {
        for (String body : errors(code + ":Error: too much!", status)) {
            assertThat(words(kind, status, body)).as("%s: %s", kind, body).isEqualTo(verdict);
            assertThat(words(kind, 418, body)).as("418: %s", body).isEqualTo(verdict);
            assertThat(words(kind, 200, body)).as("200: %s", body).isEqualTo(verdict);
            for (int unbelieved : new int[] {301, 304, 500, 502, 503}) {
                assertThat(words(kind, unbelieved, body))
                        .as("%d: %s", unbelieved, body)
                        .isEqualTo("Faulted");
            }
        }
        assertThat(words(kind, status, "{\"error_code\":" + code + ",\"error\":\"too much!\"}"))
                .as("the code in error_code")
                .isEqualTo(verdict);
    }

    /// An error in each shape and order that servers of this family write.
    private static List<String> errors(String error, int status) {
        String json = "\"error\":\"" + error + "\"";
        String xml = "<error>" + error + "</error>";
        return List.of(
                "{\"request\":\"/x.json\",\"error_code\":\"" + status + "\"," + json + "}",
                "{" + json + ",\"error_code\":" + status + ",\"request\":\"/x.json\"}",
                "{\"error_code\":\"" + status + "\"," + json + ",\"request\":\"/x.json\"}",
                "{" + json + "}",
                "<hash><request>/x.xml</request><error_code>" + status + "</error_code>" + xml + "</hash>",
                "<hash>" + xml + "<error_code>" + status + "</error_code><request>/x.xml</request></hash>",
                "<?xml version=\"1.0\"?>\n<hash>\n  " + xml + "\n  <request>/x.xml</request>\n</hash>\n",
                "<hash>" + xml + "</hash>");
    }

    @ParameterizedTest
    @CsvSource({
        "200, Faulted",
        "202, Faulted",
        "204, Faulted",
        "302, Faulted",
        "304, Faulted",
        "400, Refused INVALID_REQUEST",
        "401, Refused CREDENTIALS_REJECTED",
        "402, Refused ACCOUNT_LOCKED",
        "403, Refused REFUSED",
        "404, NotFound",
        "408, Faulted",
        "410, Refused ENDPOINT_RETIRED",
        "429, Throttled",
        "500, Faulted",
        "502, Faulted",
        "503, Faulted"
    })
    void statusDecidesWhereNoKnownCodeDoes(int status, String verdict) {
        var bodies = new ArrayList<String>();
        // 40310 and 40358 are in one client's table only, and nobody says what they mean.
        for (String unknown : List.of("40310", "40358", "40999", "50001", "20101", "4031", "403100")) {
            bodies.addAll(errors(unknown + ":Error: new!", status));
        }
        bodies.addAll(errors("new!", status));
        bodies.addAll(List.of("", "null", "<html><body>XID 5555</body></html>", "{\"error_code\":\"999\"}"));
        for (Kind kind : KINDS) {
            assertThat(bodies)
                    .allSatisfy(body -> assertThat(words(kind, status, body)).isEqualTo(verdict));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"40304", "40305", "40306", "40308", "40312"})
    void limitSaysHowLongWhereWeiboDoes(String code) {
        byte[] body = ("{\"error\":\"" + code + ":Error: x\"}").getBytes(UTF_8);
        var headers = Map.of("Retry-After", "90", "Content-Length", Integer.toString(body.length));
        var response = new WireResponse(403, headers, body, Transcript.RECEIVED_AT);
        assertThat(Transcript.words(new WeiboDialect().decode(command(Kind.POSTS), response)))
                .isEqualTo("Throttled 90s");
    }

    @Test
    void cutOffErrorLeavesTheStatus() {
        byte[] body = "{\"error\":\"40031:Error: x\"}".getBytes(UTF_8);
        var cut = new WireResponse(400, Map.of("Content-Length", "99"), body, Transcript.RECEIVED_AT);
        assertThat(Transcript.words(new WeiboDialect().decode(command(Kind.POSTS), cut)))
                .isEqualTo("Refused INVALID_REQUEST");
    }

    private static DeleteCommand command(Kind kind) {
        return new DeleteCommand(kind, "20");
    }

    private static String words(Kind kind, int status, String body) {
        byte[] bytes = body.getBytes(UTF_8);
        var framing = Map.of("Content-Length", Integer.toString(bytes.length));
        var response = new WireResponse(status, framing, bytes, Transcript.RECEIVED_AT);
        return Transcript.words(new WeiboDialect().decode(command(kind), response));
    }
}
