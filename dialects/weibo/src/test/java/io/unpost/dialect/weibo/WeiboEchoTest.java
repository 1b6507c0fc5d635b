package io.unpost.dialect.weibo;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.unpost.dialect.Deletable;
import io.unpost.dialect.DeleteCommand;
import io.unpost.dialect.Kind;
import io.unpost.dialect.Options;
import io.unpost.dialect.Outcome.Verdict;
import io.unpost.dialect.WireRequest;
import io.unpost.dialect.WireResponse;
import io.unpost.dialect.testkit.Transcript;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What is asked for, and what shows that it is what came back.
class WeiboEchoTest {

    @ParameterizedTest
    @CsvSource({
        "posts,    1472669360, post,   json, POST,   /statuses/destroy/1472669360.json",
        "posts,    1472669360, post,   xml,  POST,   /statuses/destroy/1472669360.xml",
        "posts,    1472669360, delete, json, DELETE, /statuses/destroy/1472669360.json",
        "posts,    1472669360, delete, xml,  DELETE, /statuses/destroy/1472669360.xml",
        "reposts,  1472669360, post,   json, POST,   /statuses/destroy/1472669360.json",
        "reposts,  1472669360, delete, xml,  DELETE, /statuses/destroy/1472669360.xml",
        "messages, 3362712,    post,   json, POST,   /direct_messages/destroy/3362712.json",
        "messages, 3362712,    post,   xml,  POST,   /direct_messages/destroy/3362712.xml",
        "messages, 3362712,    delete, json, DELETE, /direct_messages/destroy/3362712.json",
        "messages, 3362712,    delete, xml,  DELETE, /direct_messages/destroy/3362712.xml"
    })
    void requestIsThePathAlone(
            String kind, String id, String method, String format, WireRequest.Method verb, String path) {
        var options = new Options(Map.of("method", method, "format", format));
        assertThat(new WeiboDialect().encode(new DeleteCommand(new Kind(kind), id), options))
                .isEqualTo(new WireRequest(verb, path, List.of(), List.of()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "20", "5612814510546515491", "9223372036854775807", "9999999999999999999"})
    void numberIsAnId(String id) {
        assertThat(new WeiboDialect().facts().deletables()).allMatch(deletable -> deletable.accepts(id));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "0",
                "007",
                "12345678901234567890",
                "-1",
                "+1",
                "1.0",
                "1e3",
                " 1",
                "1 ",
                "1\n",
                "２０",
                "abc",
                "custom-1",
                "../1",
                "1/2",
                "1.json"
            })
    void anythingElseIsNone(String id) {
        assertThat(new WeiboDialect().facts().deletables())
                .isNotEmpty()
                .noneMatch((Deletable deletable) -> deletable.accepts(id));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        {"id":20}                                                              | Deleted echo
        {"id":"20"}                                                            | Deleted echo
        {"id":20,"idstr":"21"}                                                 | Deleted echo
        {"id":21}                                                              | Mismatched
        {"id":20.0}                                                            | Faulted
        {"id":2e1}                                                             | Faulted
        {"id":"020"}                                                           | Faulted
        {"id":" 20"}                                                           | Faulted
        {"id":[20]}                                                            | Faulted
        {"id":{"id":20}}                                                       | Faulted
        {"id":20,"id":20}                                                      | Faulted
        {"id":null}                                                            | Faulted
        {"idstr":"20"}                                                         | Faulted
        {"mid":"20"}                                                           | Faulted
        {"text":"20"}                                                          | Faulted
        {"user":{"id":20}}                                                     | Faulted
        {"status":{"id":20}}                                                   | Faulted
        {"retweeted_status":{"id":20},"id":21}                                 | Mismatched
        [{"id":20}]                                                            | Faulted
        {"result":true}                                                        | Faulted
        20                                                                     | Faulted
        <status><id>20</id></status>                                           | Deleted echo
        <status><user><id>7</id></user><id>20</id></status>                    | Deleted echo
        <status><id>21</id></status>                                           | Mismatched
        <status><id>20</id><id>20</id></status>                                | Faulted
        <status><id><id>20</id></id></status>                                  | Faulted
        <status><user><id>20</id></user></status>                              | Faulted
        <status><id>21</id><retweeted_status><id>20</id></retweeted_status></status> | Mismatched
        <statuses><status><id>20</id></status></statuses>                      | Faulted
        <status><text>20</text></status>                                       | Faulted
        <id>20</id>                                                            | Faulted
        <status><id>20</id>                                                    | Faulted
        """)
    void onlyItsOwnIdConfirms(String body, String verdict) {
        for (Kind kind : List.of(Kind.POSTS, Kind.REPOSTS, Kind.MESSAGES)) {
            assertThat(words(kind, "20", body)).isEqualTo(verdict);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "9223372036854775807,   9223372036854775807,   Deleted echo",
        "9223372036854775807,   9223372036854775806,   Mismatched",
        "9223372036854775807,   9223372036854775808,   Mismatched",
        "9223372036854775807,   9223372036854776000,   Mismatched",
        "9223372036854775807,   9.223372036854775807E18, Faulted",
        "9223372036854775807,   -1,                    Faulted",
        "9007199254740993,      9007199254740993,      Deleted echo",
        "9007199254740993,      9007199254740992,      Mismatched"
    })
    void largeIdIsComparedToItsLastDigit(String asked, String answered, String verdict) {
        assertThat(words(Kind.POSTS, asked, "{\"id\":" + answered + "}")).isEqualTo(verdict);
        assertThat(words(Kind.POSTS, asked, "{\"id\":\"" + answered + "\"}")).isEqualTo(verdict);
        assertThat(words(Kind.POSTS, asked, "<status><id>" + answered + "</id></status>"))
                .isEqualTo(verdict);
    }

    /// What is accepted, transformed on the way, or a part, is no confirmation.
    @ParameterizedTest
    @ValueSource(ints = {201, 202, 203, 206, 207, 226})
    void otherSuccessThanA200ConfirmsNothing(int status) {
        for (String body : List.of("{\"id\":20}", "<status><id>20</id></status>")) {
            var framing = Map.of("Content-Length", Integer.toString(body.length()));
            var response = new WireResponse(status, framing, body.getBytes(UTF_8), Transcript.RECEIVED_AT);
            Verdict verdict = new WeiboDialect().decode(new DeleteCommand(Kind.POSTS, "20"), response);
            assertThat(verdict).isInstanceOf(Verdict.Faulted.class);
        }
    }

    private static String words(Kind kind, String id, String body) {
        byte[] bytes = body.getBytes(UTF_8);
        var framing = Map.of("Content-Length", Integer.toString(bytes.length));
        var response = new WireResponse(200, framing, bytes, Transcript.RECEIVED_AT);
        return Transcript.words(new WeiboDialect().decode(new DeleteCommand(kind, id), response));
    }
}
