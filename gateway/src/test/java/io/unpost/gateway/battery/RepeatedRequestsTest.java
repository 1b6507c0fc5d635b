package io.unpost.gateway.battery;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.TextNode;
import io.unpost.gateway.Api.Word;
import io.unpost.gateway.Call;
import io.unpost.gateway.Form;
import io.unpost.gateway.Provider;
import io.unpost.gateway.Told;
import io.unpost.gateway.Tweets;
import io.unpost.gateway.Weibos;
import java.io.IOException;
import java.net.URLEncoder;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.regex.Matcher;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/// Providers that repeat what they were asked, credentials and all, where callers get to see it.
@Tag("battery")
@Timeout(600)
@ExtendWith(Battery.Resolver.class)
final class RepeatedRequestsTest {

    private static final int AT_ONCE = 50;
    private static final String RAW = "?raw=true";
    private static final List<Form> ITEMISED = Form.all().filter(Form::itemised).toList();

    /// A place for the request in an answer.
    ///
    /// @param what is told of such an answer: an outcome or a code
    /// @param shown where in that the place is seen; empty where only the raw body shows it
    private record Place(String what, String shown, Provider.Script script) {}

    private static final List<Place> PLACES = List.of(
            new Place("not_owner", "/provider/message", RepeatedRequestsTest::inAnErrorsText),
            new Place("invalid_request", "/provider/code", RepeatedRequestsTest::inAnErrorsCode),
            new Place(
                    "outcome_unknown",
                    "/detail",
                    call -> redirect(call, request(call).replaceAll("\\s+", " "))),
            new Place("outcome_unknown", "/detail", call -> redirect(call, URLEncoder.encode(request(call), UTF_8))),
            new Place("deleted", "/item/author/handle", RepeatedRequestsTest::inAnItem),
            new Place("outcome_unknown", "", call -> call.answer(200, Tweets.html(request(call)))));

    /// The first half is asked for with the raw body.
    @Test
    void requestThatIsRepeatedIsShownWithoutItsSecrets(Battery battery) throws Exception {
        Load load = Load.of(ITEMISED, ITEMISED.size() * PLACES.size() * battery.scaled(2));
        battery.row("answer that repeats the request", load, row -> {
            row.does(call -> place(call.id()).script().play(call));
            List<Operation> all = row.all();

            List<Answered> raw = asked(row, all.subList(0, all.size() / 2), RAW);
            List<Answered> usual = asked(row, all.subList(all.size() / 2, all.size()), "");

            assertThat(raw).allSatisfy(each -> shows(each, "/provider/body"));
            assertThat(usual)
                    .allSatisfy(each -> shows(each, place(each.operation().id()).shown()));
        });
    }

    /// Asks for these, some at once.
    private static List<Answered> asked(Row row, List<Operation> operations, String query) throws Exception {
        var answered = new ArrayList<Answered>();
        for (int at = 0; at < operations.size(); at += AT_ONCE) {
            Instant from = Instant.now();
            Map<Operation, Future<Told>> told = new LinkedHashMap<>();
            for (Operation operation : operations.subList(at, Math.min(at + AT_ONCE, operations.size()))) {
                row.asked(operation);
                told.put(operation, row.gateway().deleteLaterAt(operation.path() + query));
            }
            for (var each : told.entrySet()) {
                answered.add(new Answered(each.getKey(), each.getValue().get(), from, Instant.now()));
            }
        }
        row.told(answered);
        return answered;
    }

    /// Ids of one form follow each other, so that each place has its turn.
    private static Place place(String id) {
        return PLACES.get((int) (Long.parseLong(id) % PLACES.size()));
    }

    /// Every row looks for secrets; that none is found says something where the rest of the request is.
    private static void shows(Answered each, String pointer) {
        assertThat(each.told().what())
                .as("%s", each)
                .isEqualTo(place(each.operation().id()).what());
        if (!pointer.isEmpty()) {
            assertThat(each.told().at(pointer).toLowerCase(Locale.ROOT))
                    .as("%s", each)
                    .contains("authorization", "***");
        }
        String pair = each.operation().account() + "." + Provider.USER + ":" + Provider.PASSWORD;
        assertThat(each.told().body()).doesNotContain(Base64.getEncoder().encodeToString(pair.getBytes(UTF_8)));
    }

    private static String request(Call call) {
        return call.request().head() + call.request().body();
    }

    private static void inAnErrorsText(Call call) throws IOException {
        String path = call.request().path();
        String text = escaped(call);
        if (isOfTwitter(call)) {
            call.answer(403, Tweets.error(183).replace(Tweets.message(183), text));
        } else {
            call.answer(
                    400,
                    isXml(call)
                            ? Weibos.xmlError(path, 400, "40036:" + text)
                            : Weibos.jsonError(path, 400, "40036:" + text));
        }
    }

    private static void inAnErrorsCode(Call call) throws IOException {
        String path = call.request().path();
        String text = escaped(call);
        if (isOfTwitter(call)) {
            call.answer(400, Tweets.error(183).replace(":183,", ":\"" + text + "\","));
        } else {
            call.answer(
                    400,
                    isXml(call)
                            ? Weibos.xmlError(path, 400, "No").replace(">400<", ">" + text + "<")
                            : Weibos.jsonError(path, 400, "No").replace("\"400\"", "\"" + text + "\""));
        }
    }

    private static void redirect(Call call, String location) throws IOException {
        call.answer(302, Tweets.html(request(call)), "Location: http://127.0.0.1:9/" + location);
    }

    /// As the author's name.
    private static void inAnItem(Call call) throws IOException {
        String text = Matcher.quoteReplacement(escaped(call));
        String body = call.said(Word.DELETED).body();
        call.commit();
        call.answer(200, body.replaceFirst("(\"screen_name\":\"|<screen_name>)[a-z]+", "$1" + text));
    }

    private static boolean isOfTwitter(Call call) {
        return call.request().path().startsWith("/1.1/");
    }

    private static boolean isXml(Call call) {
        return call.request().path().endsWith(".xml");
    }

    /// The request as a string in the format of the answer, without what encloses it.
    private static String escaped(Call call) {
        String request = request(call);
        if (isXml(call)) {
            return request.replace("&", "&amp;").replace("<", "&lt;").replace("\"", "&quot;");
        }
        String quoted = TextNode.valueOf(request).toString();
        return quoted.substring(1, quoted.length() - 1);
    }
}
