package io.unpost.dialect.weibo;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.unpost.dialect.DeleteCommand;
import io.unpost.dialect.Kind;
import io.unpost.dialect.Outcome.Verdict;
import io.unpost.dialect.WireResponse;
import io.unpost.dialect.testkit.Transcript;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WeiboErrorTextTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "40031:Error: target weibo does not exist!",
                "40031:target weibo does not exist!",
                "40031:Error:",
                "40031:",
                "  40031:Error: x",
                "\\t40031 : x",
                "40031：Error：x",
                "40031：微博不存在",
                "40031:Error: 40036:Error: not your own weibo!"
            })
    void codeIsTheNumberBeforeTheFirstColon(String error) {
        assertThat(words("{\"error_code\":\"400\",\"error\":\"" + error + "\"}"))
                .isEqualTo("AlreadyGone");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Error: 40031: x",
                "400311:x",
                "140031:x",
                "4003:x",
                "40031 x",
                "-40031:x",
                "４００３１:x",
                ":40031:",
                "target weibo does not exist!"
            })
    void otherNumberIsNoCode(String error) {
        assertThat(words("{\"error_code\":\"400\",\"error\":\"" + error + "\"}"))
                .isEqualTo("Refused INVALID_REQUEST");
    }

    @Test
    void oauthErrorsHaveAPrefixOfTheirOwn() {
        assertThat(words(401, "{\"error_code\":\"401\",\"error\":\"40111:Oauth Error: token expired!\"}"))
                .isEqualTo("Refused CREDENTIALS_REJECTED");
    }

    @Test
    void codeInTheTextComesBeforeTheOtherOne() {
        assertThat(words("{\"error_code\":40031,\"error\":\"40036:Error: not your own weibo!\"}"))
                .isEqualTo("Refused NOT_OWNER");
        assertThat(words("{\"error_code\":\"40031\",\"error\":\"target weibo does not exist!\"}"))
                .isEqualTo("AlreadyGone");
        assertThat(words("{\"error_code\":40031}")).isEqualTo("AlreadyGone");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "40028:操作过于频繁，请稍后再试",
                "40028:由于对方的隐私设置，你不能这样做",
                "40028：请不要发布相同的微博",
                "40028:Error: 你在黑名单中",
                "40028:Error: too frequent",
                "40028:Error: too frequent, try again later",
                "40028:Error: the ecosystem is blocked",
                "40028:不要太贪心哦，发一次就够啦。"
            })
    void refusalInWordsIsOne(String error) {
        assertThat(words("{\"error_code\":\"400\",\"error\":\"" + error + "\"}"))
                .isEqualTo("Refused REFUSED");
        assertThat(words("<hash><error_code>400</error_code><error>" + error + "</error></hash>"))
                .isEqualTo("Refused REFUSED");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "40028:Error: internal error!",
                "40028:INTERNAL ERROR",
                "40028:System error",
                "40028:系统繁忙，请稍后再试",
                "40028：内部错误",
                "40028:服务器繁忙",
                "40028",
                "40028 ",
                "40028:数据库错误",
                "40028:网络错误",
                "40028:未知错误",
                "40028:操作失败",
                "40028:请稍后再试",
                "40028:Error: server error",
                "40028:Error: unknown error",
                "40028:Error: service unavailable",
                "40028:Error: delete failed",
                "40028:Error: please try again later",
                "40028:Error: server busy",
                "40028:接口超时",
                "40028:Error: request timed-out, timeout",
                "40028:",
                "40028：",
                "40028: ",
                "40028:Error:",
                "40028:error: ",
                "40028：Error："
            })
    void internalErrorProvesNothing(String error) {
        assertThat(words("{\"error_code\":\"400\",\"error\":\"" + error + "\"}"))
                .isEqualTo("Faulted");
        assertThat(words("<hash><error_code>400</error_code><error>" + error + "</error></hash>"))
                .isEqualTo("Faulted");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"error\":\"40031:\"quoted\" gone\",\"request\":\"x\"}",
                "{\"error\":[\"40031:x\"]}",
                "{\"error\":\"40031:x\",\"error\":\"40031:x\"}",
                "<hash><error code='1'>40031:a</error></hash>",
                "<hash><error>40031:a</error><error>40031:a</error></hash>"
            })
    void errorThatCannotBeReadProvesNothing(String body) {
        for (int status : new int[] {200, 400, 403, 404}) {
            assertThat(words(status, body)).as("%d", status).isEqualTo("Faulted");
        }
    }

    @Test
    void codeMayStandAlone() {
        assertThat(words("{\"error\":\"40031\"}")).isEqualTo("AlreadyGone");
        assertThat(words("{\"error\":\"400311\"}")).isEqualTo("Refused INVALID_REQUEST");
    }

    @Test
    void internalCodeWithoutATextProvesNothing() {
        assertThat(words("{\"error_code\":40028}")).isEqualTo("Faulted");
        assertThat(words("{\"error_code\":40028,\"error\":\"Error:\"}")).isEqualTo("Faulted");
        assertThat(words("{\"error_code\":40028,\"error\":{\"x\":1}}")).isEqualTo("Faulted");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"id\":20,\"error\":\"40031:Error: x\"}",
                "{\"id\":20,\"error\":\"x\"}",
                "{\"id\":20,\"error\":{\"x\":1}}",
                "{\"id\":20,\"error\":[1]}",
                "{\"id\":20,\"error\":\"x\",\"error\":\"y\"}",
                "{\"id\":20,\"error\":false}",
                "{\"id\":20,\"error_code\":\"400\"}",
                "{\"id\":20,\"error_code\":0}",
                "<status><id>20</id><error>40031:Error: x</error></status>",
                "<status><error><x>1</x></error><id>20</id></status>",
                "<status><error>x</error><error>y</error><id>20</id></status>",
                "<status><id>20</id><error_code>400</error_code></status>"
            })
    void errorOfAnyShapeBesideAStatusProvesNothing(String body) {
        assertThat(words(200, body)).isEqualTo("Faulted");
        assertThat(words(400, body)).isEqualTo("Faulted");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"id\":20,\"error\":\"\",\"error_code\":\"\"}",
                "{\"id\":20,\"error\":null,\"error_code\":null}",
                "{\"id\":20,\"error\":[],\"error_code\":{}}",
                "<status><id>20</id><error/><error_code></error_code></status>"
            })
    void emptyErrorIsNone(String body) {
        assertThat(words(200, body)).isEqualTo("Deleted echo");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        {"error":"40036:Error: not \\"yours\\" & 他的"}               | 40036 | 40036:Error: not "yours" & 他的
        <hash><error>40036:Error: not "yours" &amp; 他的</error></hash> | 40036 | 40036:Error: not "yours" & 他的
        <hash><error>40036:Error: not "yours" & 他的</error></hash>     | 40036 | 40036:Error: not "yours" & 他的
        {"error_code":"400","error":"no colon"}                        | 400   | no colon
        """)
    void wordsOfTheProviderAreKept(String body, String code, String message) {
        Verdict verdict = decode(400, body);
        assertThat(verdict.says().code()).isEqualTo(code);
        assertThat(verdict.says().message()).isEqualTo(message);
    }

    @Test
    void pageHasNoWords() {
        assertThat(decode(500, "<html><body>XID 5555</body></html>").says().message())
                .isNull();
    }

    private static String words(String body) {
        return words(400, body);
    }

    private static String words(int status, String body) {
        return Transcript.words(decode(status, body));
    }

    private static Verdict decode(int status, String body) {
        byte[] bytes = body.getBytes(UTF_8);
        var framing = Map.of("Content-Length", Integer.toString(bytes.length));
        var response = new WireResponse(status, framing, bytes, Transcript.RECEIVED_AT);
        return new WeiboDialect().decode(new DeleteCommand(Kind.POSTS, "20"), response);
    }
}
