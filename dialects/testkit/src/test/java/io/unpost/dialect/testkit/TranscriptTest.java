package io.unpost.dialect.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.unpost.dialect.DeleteCommand;
import io.unpost.dialect.Kind;
import io.unpost.dialect.WireRequest;
import io.unpost.dialect.WireRequest.Parameter;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TranscriptTest {

    private static final String WHOLE = """
        # What it shows.
        kind: posts
        id: 20
        options: format=xml, method=delete
        received: 2020-01-02T03:04:05Z
        expect: Refused NOT_OWNER

        POST /a/20.json?b=c%20d&e=
        f=%2B&g=h
        i=j

        HTTP/1.1 403 Forbidden
        Content-Type: text/plain
        X-Y: 1
        x-y: 2

        two lines

        and an empty one
        """;

    @Test
    void wholeTranscriptIsRead() {
        Transcript transcript = transcript(WHOLE);
        assertThat(transcript.command()).isEqualTo(new DeleteCommand(Kind.POSTS, "20"));
        assertThat(transcript.options()).isEqualTo(Map.of("format", "xml", "method", "delete"));
        assertThat(transcript.receivedAt()).isEqualTo(Instant.parse("2020-01-02T03:04:05Z"));
        assertThat(transcript.expectation()).isEqualTo("Refused NOT_OWNER");
        assertThat(transcript.request())
                .isEqualTo(new WireRequest(
                        WireRequest.Method.POST,
                        "/a/20.json",
                        List.of(new Parameter("b", "c d"), new Parameter("e", "")),
                        List.of(new Parameter("f", "+"), new Parameter("g", "h"), new Parameter("i", "j"))));
        assertThat(transcript.status()).isEqualTo(403);
        assertThat(transcript.headers()).containsEntry("x-y", "1, 2").containsEntry("content-length", "27");
        assertThat(transcript.body()).asString(UTF_8).isEqualTo("two lines\n\nand an empty one");
    }

    @Test
    void lineEndsOfTheOtherKindAreReadToo() {
        Transcript transcript = transcript(WHOLE.replace("\n", "\r\n"));
        assertThat(transcript.request()).isEqualTo(transcript(WHOLE).request());
        assertThat(transcript.headers()).containsEntry("content-type", "text/plain");
    }

    @Test
    void answerWithoutABodyEndsWithItsHeaders() {
        Transcript transcript = transcript(answering("HTTP/1.1 200 OK"));
        assertThat(transcript.body()).isEmpty();
        assertThat(transcript.headers()).containsExactly(Map.entry("content-length", "0"));
    }

    @Test
    void lengthIsNotAddedWhereAServerSendsNone() {
        assertThat(transcript(answering("HTTP/1.1 204 No Content")).headers()).isEmpty();
        assertThat(transcript(answering("HTTP/1.1 200 OK\nTransfer-Encoding: chunked\n\n{}"))
                        .headers())
                .doesNotContainKey("content-length");
    }

    @Test
    void largerLengthThanTheBodyIsACutOffAnswer() {
        assertThat(transcript(answering("HTTP/1.1 200 OK\nContent-Length: 3\n\n{}"))
                        .cutOff())
                .isTrue();
        assertThat(transcript(answering("HTTP/1.1 200 OK\nContent-Length: 2\n\n{}"))
                        .cutOff())
                .isFalse();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        kind: posts                      | kind posts             | t.http:2: a fact is 'name: value'
        kind: posts                      | kind: Posts            | t.http:2: a kind is 1 to 31 of a-z, 0-9 and -, a letter first
        id: 20                           | # no id                | t.http:7: the fact 'id' is missing
        id: 20                           | kind: posts            | t.http:3: kind stands twice
        id: 20                           | colour: red            | t.http:3: the facts are kind, id, expect, options, received
        format=xml                       | xml                    | t.http:4: options are 'name=value, name=value'
        2020-01-02T03:04:05Z                    | yesterday              | t.http:5: received is an instant such as 2026-11-23T18:25:43Z
        Refused NOT_OWNER                | Perhaps                | t.http:6: 'Perhaps' is no verdict
        Refused NOT_OWNER                | Throttled soon         | t.http:6: 'Throttled soon' is no verdict
        POST /a                          | PATCH /a               | t.http:8: a request begins with 'POST /path' or 'DELETE /path'
        POST /a                          | POST /../a             | t.http:8: a path is absolute, percent-encoded, without empty or dot segments
        i=j                              | i                      | t.http:10: parameters are 'name=value', percent-encoded
        i=j                              | i=%GG                  | t.http:10: parameters are 'name=value', percent-encoded
        HTTP/1.1 403 Forbidden           | 403                    | t.http:12: a response begins with 'HTTP/1.1 200 OK'
        X-Y: 1                           | X-Y                    | t.http:14: a header is 'Name: value'
        X-Y: 1                           | Content-Length: many   | t.http:16: content-length is a number
        X-Y: 1                           | Content-Length: 2      | t.http:16: the body has 27 bytes
        """)
    void mistakeIsNamedWithItsLine(String right, String wrong, String error) {
        assertThatThrownBy(() -> transcript(WHOLE.replace(right, wrong)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(error);
    }

    @Test
    void unknownReasonIsNamedWithThoseThereAre() {
        assertThatThrownBy(() -> transcript(WHOLE.replace("NOT_OWNER", "BAD_MOOD")))
                .hasMessageStartingWith("t.http:6: the reasons are [INVALID_REQUEST, ");
    }

    @Test
    void emptyFileIsNoTranscript() {
        assertThatThrownBy(() -> transcript("")).hasMessageStartingWith("t.http:1: ");
    }

    private static String answering(String response) {
        return "kind: posts\nid: 20\nexpect: Faulted\n\nDELETE /a/20\n\n" + response;
    }

    private static Transcript transcript(String text) {
        return Transcript.of("t.http", text.getBytes(UTF_8));
    }
}
