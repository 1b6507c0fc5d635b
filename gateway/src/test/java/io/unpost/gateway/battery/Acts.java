package io.unpost.gateway.battery;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.unpost.gateway.Api.Word;
import io.unpost.gateway.Call;
import io.unpost.gateway.Tweets;
import io.unpost.gateway.Weibos;
import io.unpost.gateway.battery.Fault.Act;
import java.io.IOException;
import java.time.Duration;
import java.util.stream.Stream;

/// What providers do wrong. None of it confirms a delete in any form.
final class Acts {

    static final Act RST = new Act("RST", Call::reset);
    static final Act FIN = new Act("FIN", Call::close);
    static final Act STALL = new Act("no byte", Call::stall);

    /// A not-found that may mean other things, in the provider's words.
    static final Act NOT_FOUND = new Act("an ambiguous not-found", call -> {
        String path = call.request().path();
        String text = "40015:Error: not your own comment!";
        if (path.startsWith("/1.1/")) {
            call.answer(404, Tweets.error(34));
        } else {
            call.answer(
                    400, path.endsWith(".xml") ? Weibos.xmlError(path, 400, text) : Weibos.jsonError(path, 400, text));
        }
    });

    private static final String CHUNKED = "Transfer-Encoding: chunked";

    private Acts() {}

    static Act drip(String name, String head, String text, Duration pause) {
        return new Act(name, call -> {
            call.send(head);
            // A sleep here is the fault itself, not a wait for the other side.
            while (true) {
                call.send(text);
                Thread.sleep(pause);
            }
        });
    }

    /// A page, as a proxy or a server that fails gives it.
    static Act page(int status, String... headers) {
        return new Act("page with " + status, call -> call.answer(status, Tweets.html("Whatever"), headers));
    }

    /// What the provider would say, under another status.
    static Act said(int status, Word word, String... headers) {
        return new Act(
                word + " with " + status,
                call -> call.answer(status, call.said(word).body(), headers));
    }

    /// An answer that points elsewhere.
    static Act redirect(int status, String location) {
        return new Act(
                status + " to " + location,
                call -> call.answer(status, call.said(Word.DELETED).body(), "Location: " + location));
    }

    /// Connections that end where none should.
    static Stream<Act> cuts() {
        return Stream.of(
                RST,
                FIN,
                new Act("RST within the headers", call -> {
                    call.send("HTTP/1.1 200 OK\r\nContent-Le");
                    call.reset();
                }),
                new Act("FIN within the headers", call -> {
                    call.send("HTTP/1.1 200 OK\r\nContent-Le");
                    call.close();
                }),
                new Act("a whole body, framed by close, then RST", call -> {
                    call.send(call.head(200, "Connection: close") + body(call));
                    call.reset();
                }));
    }

    /// Bodies that are shorter than they say.
    static Stream<Act> truncated() {
        return Stream.of(
                new Act("half a body, framed by close", call -> {
                    call.send(call.head(200, "Connection: close") + half(call));
                    call.close();
                }),
                new Act("half a body, framed by close, then RST", call -> {
                    call.send(call.head(200, "Connection: close") + half(call));
                    call.reset();
                }),
                new Act("half a body, counted again", call -> counted(call, half(call), 0)),
                new Act("a body one byte short", call -> {
                    counted(call, body(call), 1);
                    call.close();
                }),
                new Act("no last chunk", call -> {
                    call.send(call.head(200, CHUNKED) + chunk(body(call)));
                    call.close();
                }),
                new Act("a cut chunk", call -> {
                    call.send(call.head(200, CHUNKED) + "fffff\r\n" + body(call));
                    call.close();
                }),
                new Act(
                        "half a body in all its chunks",
                        call -> call.send(call.head(200, CHUNKED) + chunk(half(call)) + "0\r\n\r\n")));
    }

    /// Answers that came whole, and prove nothing.
    static Stream<Act> nonsense() {
        return Stream.of(
                new Act("nothing", call -> call.answer(200, "")),
                new Act("another protocol", call -> {
                    call.send("I am a teapot\r\n\r\n");
                    call.close();
                }),
                // Whatever it holds, it is repeated: credentials too.
                new Act(
                        "the request itself",
                        call -> call.answer(
                                200,
                                Tweets.html(
                                        call.request().head() + call.request().body()))),
                new Act("an error that nobody knows", call -> call.answer(200, unknown(call))),
                page(200),
                page(302, "Location: /elsewhere"),
                redirect(302, "/elsewhere"),
                redirect(307, "http://127.0.0.1:9/"),
                page(408),
                page(500),
                page(502),
                page(503),
                page(504),
                said(500, Word.DELETED),
                said(503, Word.GONE),
                said(504, Word.GONE));
    }

    /// Every way in which an answer comes to nothing.
    static Stream<Act> losses() {
        return Stream.of(cuts(), truncated(), nonsense()).flatMap(acts -> acts);
    }

    /// Successes that are about something else, in forms that show what they are about.
    static Stream<Act> wrongIds() {
        return Stream.of(
                new Act("another id", call -> call.answer(200, named(call, "9" + call.id()))),
                new Act(
                        "the beginning of the id",
                        call -> call.answer(200, named(call, call.id().substring(1)))),
                new Act("no id", call -> call.answer(200, named(call, ""))),
                new Act("the id only deeper down", call -> {
                    String body = body(call);
                    counted(call, body.startsWith("{") ? "{\"a\":" + body + "}" : xml(call, "<a>", "</a>"), 0);
                }),
                begins("two ids", "\"id\":7,\"id_str\":\"7\",", "<id>7</id>"),
                begins("its id twice", "\"id\":%1$s,\"id_str\":\"%1$s\",", "<id>%1$s</id>"),
                begins(
                        "an id beside an error",
                        "\"errors\":[{\"code\":131}],\"error\":\"40028:x\",",
                        "<error>40028:x</error>"),
                new Act("204", call -> call.answer(204, "")));
    }

    /// A success that begins with something else, the id in its place.
    private static Act begins(String name, String json, String xml) {
        return new Act(name, call -> {
            String body = body(call);
            String more = (body.startsWith("{") ? json : xml).formatted(call.id());
            counted(call, body.replaceFirst("\\{|<[a-z_]+>", "$0" + more), 0);
        });
    }

    private static String named(Call call, String id) {
        return body(call).replace(call.id(), id);
    }

    private static String xml(Call call, String start, String end) {
        return start + body(call).replaceFirst("^<\\?[^>]*>", "") + end;
    }

    /// What proves nothing about an earlier request, whatever the provider.
    static Stream<Act> unsettling() {
        return Stream.of(
                new Act("somebody else's", call -> call.say(Word.FOREIGN)),
                new Act("a limit", call -> call.say(Word.LIMITED)),
                new Act("400, empty", call -> call.answer(400, "")),
                page(400),
                page(401),
                page(403),
                page(404),
                page(410),
                page(429),
                new Act("what is gone, cut off", call -> {
                    String gone = call.said(Word.GONE).body().strip();
                    call.send(call.head(400, "Connection: close") + gone.substring(0, gone.length() - 3));
                    call.close();
                }));
    }

    /// What proves nothing about an earlier request to Twitter.
    static Stream<Act> unsettlingOfTwitter() {
        Stream<Act> codes = Stream.of(
                error(404, 34), error(404, 421), error(401, 32), error(403, 64), error(410, 251), error(503, 130));
        return Stream.concat(codes, Stream.of(new Act("codes 144 and 999", call -> call.answer(404, """
            {"errors":[{"code":144,"message":"a"},{"code":999,"message":"b"}]}\
            """))));
    }

    private static Act error(int status, int code) {
        return new Act(status + ", code " + code, call -> call.answer(status, Tweets.error(code)));
    }

    private static String unknown(Call call) {
        return call.said(Word.GONE).body().replaceFirst("(?<=:)(?:144|34)(?=,)|400[13][01](?=:)", "49999");
    }

    /// Without blanks at its end, which nobody would miss.
    private static String body(Call call) {
        return call.said(Word.DELETED).body().strip();
    }

    private static String half(Call call) {
        String body = body(call);
        return body.substring(0, body.length() / 2);
    }

    /// Not noted as an answer, since it is none.
    private static void counted(Call call, String body, int missing) throws IOException {
        call.send(call.head(200, "Content-Length: " + (body.getBytes(UTF_8).length + missing)) + body);
    }

    static String chunk(String text) {
        int bytes = text.getBytes(UTF_8).length;
        return bytes == 0 ? "" : Integer.toHexString(bytes) + "\r\n" + text + "\r\n";
    }
}
