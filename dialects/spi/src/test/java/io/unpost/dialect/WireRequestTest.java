package io.unpost.dialect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.unpost.dialect.WireRequest.Parameter;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WireRequestTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/a",
                "/1.1/statuses/destroy/20.json",
                "/a%2F..%2Fb",
                "/...",
                "/.a",
                "/a.",
                "/a:b@c;d=e",
                "/%00",
                "/..."
            })
    void pathOfEncodedSegmentsIsTaken(String path) {
        assertThat(WireRequest.post(path).path()).isEqualTo(path);
        assertThat(WireRequest.delete(path).method()).isEqualTo(WireRequest.Method.DELETE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "/",
                "a",
                "//a",
                "/a/",
                "/a//b",
                "/.",
                "/..",
                "/a/../b",
                "/a/./b",
                "/a/..",
                "/a b",
                "/a?b",
                "/a#b",
                "/a%",
                "/a%2",
                "/a%2f",
                "/a%GG",
                "/a\\b",
                "/a\n",
                "/a\r\nX: y",
                "/a\0",
                "/\u00E9",
                "/\uFF0E\uFF0E",
                "http://example.org/a",
                "/a|b",
                "/a\"b",
                "/a<b>",
                "/{id}"
            })
    void pathThatCouldLeaveItsPlaceIsRefused(String path) {
        assertThatThrownBy(() -> WireRequest.post(path))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("a path is absolute, percent-encoded, without empty or dot segments");
    }

    @Test
    void longPathIsNoError() {
        String plain = "/" + "a".repeat(1_000_000);
        String encoded = "/" + "%2F".repeat(1_000_000);
        assertThat(WireRequest.post(plain).path()).isEqualTo(plain);
        assertThat(WireRequest.post(encoded).path()).isEqualTo(encoded);
    }

    @Test
    void parametersCannotBeChangedLater() {
        List<Parameter> form = new ArrayList<>(List.of(new Parameter("a", "b")));
        var request = new WireRequest(WireRequest.Method.POST, "/a", List.of(), form);
        form.clear();
        assertThat(request.form()).containsExactly(new Parameter("a", "b"));
    }
}
