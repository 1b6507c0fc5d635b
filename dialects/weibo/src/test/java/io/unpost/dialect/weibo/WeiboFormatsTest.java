package io.unpost.dialect.weibo;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.unpost.dialect.DeleteCommand;
import io.unpost.dialect.Kind;
import io.unpost.dialect.Outcome.Verdict;
import io.unpost.dialect.WireResponse;
import io.unpost.dialect.testkit.Transcript;
import java.util.Map;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/// What Weibo says is the same in both of its formats.
class WeiboFormatsTest {

    /// The program a status was sent with: in XML an element, in JSON markup inside a string.
    record Client(String name, String url) {}

    @Property(tries = 500)
    void statusIsTheSameInJsonAndXml(
            @ForAll("ids") String id,
            @ForAll("kinds") Kind kind,
            @ForAll("fields") Map<String, String> status,
            @ForAll("fields") Map<String, String> author,
            @ForAll("clients") Client client) {
        String owner = kind.equals(Kind.MESSAGES) ? "sender" : "user";
        String json = "{\"id\":" + id + "," + json(status) + "\"source\":\"<a href=\\\"" + quoted(escaped(client.url()))
                + "\\\" rel=\\\"nofollow\\\">" + quoted(escaped(client.name())) + "</a>\",\"" + owner + "\":{"
                + json(author)
                + "\"id\":7}}";
        String xml = "<status>" + xml(status) + "<" + owner + "><id>7</id>" + xml(author) + "</" + owner
                + "><source><a href=\"" + escaped(client.url()) + "\">" + escaped(client.name())
                + "</a></source><id>" + id + "</id></status>";

        Verdict read = decode(kind, id, 200, json);

        assertThat(Transcript.words(read)).isEqualTo("Deleted echo");
        assertThat(((Verdict.Deleted) read).item()).isNotNull();
        assertThat(decode(kind, id, 200, xml)).isEqualTo(read);
    }

    @Property(tries = 500)
    void errorIsTheSameInJsonAndXml(
            @ForAll("kinds") Kind kind,
            @ForAll("statuses") int status,
            @ForAll("codes") String code,
            @ForAll("texts") String text) {
        Map<String, String> error = Map.of("error_code", Integer.toString(status), "error", code + text);

        Verdict read = decode(kind, "20", status, "{" + json(error) + "\"request\":\"/x\"}");

        assertThat(Transcript.words(read)).doesNotStartWith("Deleted");
        assertThat(decode(kind, "20", status, "<hash><request>/x</request>" + xml(error) + "</hash>"))
                .isEqualTo(read);
    }

    @Provide
    Arbitrary<String> ids() {
        return Arbitraries.longs().greaterOrEqual(1).map(String::valueOf);
    }

    @Provide
    Arbitrary<Kind> kinds() {
        return Arbitraries.of(Kind.POSTS, Kind.REPOSTS, Kind.MESSAGES);
    }

    @Provide
    Arbitrary<Integer> statuses() {
        return Arbitraries.oneOf(
                Arbitraries.of(200, 400, 401, 402, 403), Arbitraries.integers().between(200, 599));
    }

    @Provide
    Arbitrary<String> codes() {
        Arbitrary<Integer> any = Arbitraries.integers().between(40_000, 40_400);
        return Arbitraries.oneOf(Arbitraries.just(""), any.map(code -> code + ":Error: "), any.map(code -> code + ":"));
    }

    @Provide
    Arbitrary<Map<String, String>> fields() {
        Arbitrary<String> names = Arbitraries.of(
                "text",
                "created_at",
                "in_reply_to_status_id",
                "in_reply_to_user_id",
                "screen_name",
                "name",
                "url",
                "profile_image_url",
                "verified",
                "protected",
                "geo");
        Arbitrary<String> values = Arbitraries.oneOf(
                texts(),
                Arbitraries.of("true", "false", "0", "1", "", "Thu Dec 02 15:09:11 +0800 2010", "20", "007", "null"));
        return Arbitraries.maps(names, values).ofMaxSize(11);
    }

    @Provide
    Arbitrary<Client> clients() {
        Arbitrary<String> line =
                texts().map(text -> text.replaceAll("\\p{Cntrl}", "")).filter(text -> !text.isBlank());
        return Combinators.combine(line, line).as(Client::new);
    }

    /// Whatever XML can hold; others than these characters it cannot.
    @Provide
    Arbitrary<String> texts() {
        Arbitrary<String> odd = Arbitraries.of("<>&\"'];:/\\{} \t\n\raZ0中\uD83D\uDE00"
                        .codePoints()
                        .mapToObj(Character::toString)
                        .toList())
                .list()
                .ofMaxSize(12)
                .map(all -> String.join("", all));
        Arbitrary<String> any = Arbitraries.strings()
                .withCharRange(' ', '\uD7FF')
                .withCharRange('\uE000', '\uFFFD')
                .ofMaxLength(20);
        return Arbitraries.oneOf(odd, any);
    }

    private static Verdict decode(Kind kind, String id, int status, String body) {
        byte[] bytes = body.getBytes(UTF_8);
        var framing = Map.of("Content-Length", Integer.toString(bytes.length));
        var response = new WireResponse(status, framing, bytes, Transcript.RECEIVED_AT);
        return new WeiboDialect().decode(new DeleteCommand(kind, id), response);
    }

    private static String json(Map<String, String> fields) {
        return fields.entrySet().stream()
                .map(field -> "\"" + field.getKey() + "\":\"" + quoted(field.getValue()) + "\",")
                .collect(Collectors.joining());
    }

    private static String quoted(String text) {
        return text.chars()
                .mapToObj(one ->
                        one < ' ' || one == '"' || one == '\\' ? "\\u%04x".formatted(one) : Character.toString(one))
                .collect(Collectors.joining());
    }

    private static String xml(Map<String, String> fields) {
        return fields.entrySet().stream()
                .map(field -> "<" + field.getKey() + ">" + escaped(field.getValue()) + "</" + field.getKey() + ">")
                .collect(Collectors.joining());
    }

    /// In XML and in HTML alike.
    private static String escaped(String text) {
        return text.chars()
                .mapToObj(one -> switch (one) {
                    case '&' -> "&amp;";
                    case '<' -> "&lt;";
                    case '>' -> "&gt;";
                    case '"' -> "&quot;";
                    case '\t', '\n', '\r' -> "&#" + one + ";";
                    default -> Character.toString(one);
                })
                .collect(Collectors.joining());
    }
}
