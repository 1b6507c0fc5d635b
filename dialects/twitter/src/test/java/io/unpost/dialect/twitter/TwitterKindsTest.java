package io.unpost.dialect.twitter;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.unpost.dialect.Deletable;
import io.unpost.dialect.Deletable.Visibility;
import io.unpost.dialect.DeleteCommand;
import io.unpost.dialect.Kind;
import io.unpost.dialect.Options;
import io.unpost.dialect.Outcome.Verdict;
import io.unpost.dialect.WireRequest;
import io.unpost.dialect.WireRequest.Parameter;
import io.unpost.dialect.WireResponse;
import io.unpost.dialect.testkit.Transcript;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TwitterKindsTest {

    private static final String LARGEST = "9223372036854775807";
    private static final String COLLECTION = "custom-390882285743898624";

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "posts,       20,                POST,   /1.1/statuses/destroy/20.json,            -,  tweet_mode",
                "reposts,     20,                POST,   /1.1/statuses/unretweet/20.json,          -,  tweet_mode",
                "messages,    20,                DELETE, /1.1/direct_messages/events/destroy.json, id, -",
                "collections, custom-39_08-x,    POST,   /1.1/collections/destroy.json,            id, -"
            })
    void eachKindHasACallOfItsOwn(
            String kind, String id, WireRequest.Method method, String path, String query, String form) {
        List<Parameter> inQuery = query == null ? List.of() : List.of(new Parameter(query, id));
        List<Parameter> inForm = form == null ? List.of() : List.of(new Parameter(form, "extended"));
        var command = new DeleteCommand(new Kind(kind), id);
        assertThat(new TwitterDialect().encode(command, Options.defaultsOf(List.of())))
                .isEqualTo(new WireRequest(method, path, inQuery, inForm));
    }

    @ParameterizedTest
    @CsvSource({
        "posts,       20 145344012 9223372036854775807 9999999999999999999, true",
        "reposts,     20 145344012 9223372036854775807 9999999999999999999, true",
        "messages,    20 938178981337088004 9223372036854775807,            true",
        "collections, custom-390882285743898624 custom-1 custom-a_B-9,      true",
        "posts,       007 0 12345678901234567890 -1 1.0 1e3 ２０ 1/2 ../1 20.json custom-1, false",
        "reposts,     007 0 12345678901234567890 -1 1.0 1e3 ２０ 1/2 ../1 20.json custom-1, false",
        "messages,    007 0 12345678901234567890 -1 1.0 1e3 ２０ 1/2 ../1 20.json custom-1, false",
        "collections, 20 custom custom- Custom-1 custom-1.json custom-1/2 custom-1&id=2 custom-２ xcustom-1, false"
    })
    void eachKindHasIdsOfItsOwn(String kind, String ids, boolean accepted) {
        assertThat(ids.split(" "))
                .allSatisfy(id -> assertThat(deletable(kind).accepts(id)).isEqualTo(accepted));
        assertThat(deletable(kind).accepts("")).isFalse();
    }

    @Test
    void collectionsNameHasALongestLength() {
        assertThat(deletable("collections").accepts("custom-" + "1".repeat(64))).isTrue();
        assertThat(deletable("collections").accepts("custom-" + "1".repeat(65))).isFalse();
        assertThat(deletable("collections").accepts("custom-1\n")).isFalse();
    }

    @Test
    void messageIsGoneFromOneViewOnly() {
        assertThat(new TwitterDialect().facts().deletables())
                .allSatisfy(one -> assertThat(one.visibility())
                        .isEqualTo(one.kind().equals(Kind.MESSAGES) ? Visibility.OWN_VIEW : Visibility.EVERYONE))
                .allSatisfy(one -> assertThat(one.grantedAs()).isEqualTo(one.kind()));
    }

    /// "No status with that ID" is definite of a status alone.
    @ParameterizedTest
    @CsvSource({
        "posts,       20,        AlreadyGone",
        "reposts,     20,        AlreadyGone",
        "messages,    20,        NotFound",
        "collections, custom-20, NotFound"
    })
    void noSuchStatusIsDefiniteOfTweetsAlone(String kind, String id, String verdict) {
        assertThat(words(kind, id, 404, "{\"errors\":[{\"code\":144,\"message\":\"No status found with that ID.\"}]}"))
                .isEqualTo(verdict);
        assertThat(words(kind, id, 404, "{\"errors\":[{\"code\":34,\"message\":\"That page does not exist.\"}]}"))
                .isEqualTo("NotFound");
        assertThat(words(kind, id, 404, "")).isEqualTo("NotFound");
        assertThat(words(kind, id, 403, "{\"errors\":[{\"code\":93}]}")).isEqualTo("Refused PERMISSION_MISSING");
    }

    @Test
    void messageIsGoneWithA204WhateverItsContentType() {
        var headers = Map.of("content-type", "text/html;charset=utf-8", "content-length", "0");
        var response = new WireResponse(204, headers, new byte[0], Transcript.RECEIVED_AT);
        Verdict verdict = new TwitterDialect().decode(new DeleteCommand(Kind.MESSAGES, "20"), response);
        assertThat(verdict).isEqualTo(Verdict.Deleted.acknowledged(null, verdict.says()));
    }

    /// What is accepted, transformed on the way, or a part, is no confirmation.
    @ParameterizedTest
    @ValueSource(ints = {201, 202, 203, 206, 207, 226})
    void otherSuccessThanA200ConfirmsNothing(int status) {
        assertThat(words("posts", "20", status, "{\"id_str\":\"20\"}")).isEqualTo("Faulted");
        assertThat(words("reposts", "21", status, "{\"id_str\":\"20\",\"text\":\"x\"}"))
                .isEqualTo("Faulted");
        assertThat(words("collections", "custom-1", status, "{\"destroyed\":true}"))
                .isEqualTo("Faulted");
    }

    @ParameterizedTest
    @ValueSource(ints = {200, 201, 202, 203, 205, 206, 299})
    void messageIsGoneWithNoOtherStatus(int status) {
        for (String body : List.of("", "{}", "{\"id\":\"20\"}", "{\"destroyed\":true}", "<html></html>")) {
            assertThat(words("messages", "20", status, body)).isEqualTo("Faulted");
        }
    }

    @Test
    void errorWithA204IsNoSuccess() {
        assertThat(words("messages", "20", 204, "{\"errors\":[{\"code\":34}]}")).isEqualTo("NotFound");
        assertThat(words("messages", "20", 204, "{\"errors\":[{\"code\":999}]}"))
                .isEqualTo("Faulted");
    }

    @ParameterizedTest
    @ValueSource(ints = {204, 205, 304})
    void onlyMessagesAreGoneWithoutABody(int status) {
        assertThat(words("posts", "20", status, "")).isEqualTo("Faulted");
        assertThat(words("reposts", "20", status, "")).isEqualTo("Faulted");
        assertThat(words("collections", COLLECTION, status, "")).isEqualTo("Faulted");
    }

    /// The provider's yes is one in each type in which it writes booleans; everything else is none.
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        {"destroyed":true}                          | Deleted acknowledged
        {"destroyed": true, "id":"custom-1"}        | Deleted acknowledged
        {"destroyed":"true"}                        | Deleted acknowledged
        {"destroyed":1}                             | Deleted acknowledged
        {"destroyed":true,"errors":[]}              | Deleted acknowledged
        {"destroyed":false}                         | Faulted
        {"destroyed":"false"}                       | Faulted
        {"destroyed":0}                             | Faulted
        {"destroyed":2}                             | Faulted
        {"destroyed":-1}                            | Faulted
        {"destroyed":null}                          | Faulted
        {"destroyed":""}                            | Faulted
        {"destroyed":"yes"}                         | Faulted
        {"destroyed":"true "}                       | Faulted
        {"destroyed":[true]}                        | Faulted
        {"destroyed":{"destroyed":true}}            | Faulted
        {"destroyed":true,"destroyed":true}         | Faulted
        {"destroyed":false,"destroyed":true}        | Faulted
        {"response":{"destroyed":true}}             | Faulted
        [{"destroyed":true}]                        | Faulted
        {"Destroyed":true}                          | Faulted
        {"deleted":true}                            | Faulted
        {"id":"custom-390882285743898624"}          | Faulted
        {}                                          | Faulted
        true                                        | Faulted
        {"destroyed":true                           | Faulted
        {"destroyed":true,"errors":[{"code":34}]}   | Faulted
        {"destroyed":true,"errors":"x"}             | Faulted
        {"destroyed":true,"error":"x"}              | Faulted
        {"destroyed":false,"errors":[{"code":34}]}  | Faulted
        """)
    void collectionIsGoneWithTheProvidersYesAlone(String body, String verdict) {
        assertThat(words("collections", COLLECTION, 200, body)).isEqualTo(verdict);
        assertThat(words("posts", LARGEST, 200, body)).isEqualTo("Faulted");
    }

    @ParameterizedTest
    @ValueSource(ints = {302, 404, 429, 500, 503})
    void yesWithAFailureIsNone(int status) {
        assertThat(words("collections", COLLECTION, status, "{\"destroyed\":true}"))
                .isEqualTo(words("collections", COLLECTION, status, ""));
    }

    private static Deletable deletable(String kind) {
        return new TwitterDialect()
                .facts().deletables().stream()
                        .filter(one -> one.kind().name().equals(kind))
                        .findFirst()
                        .orElseThrow();
    }

    private static String words(String kind, String id, int status, String body) {
        byte[] bytes = body.getBytes(UTF_8);
        var framing = Map.of("Content-Length", Integer.toString(bytes.length));
        var response = new WireResponse(status, framing, bytes, Transcript.RECEIVED_AT);
        return Transcript.words(new TwitterDialect().decode(new DeleteCommand(new Kind(kind), id), response));
    }
}
