package io.unpost.gateway.engine;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.unpost.gateway.accounts.Credentials;
import io.unpost.gateway.accounts.Secret;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class RedactionTest {

    private static Redaction of(String secret) {
        return Redaction.of(new Credentials.Bearer(new Secret(secret)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a/b+c \"d\"",
                "a%2Fb%2Bc%20%22d%22",
                "a%2fb%2bc%20%22d%22",
                "a%2Fb%2Bc+%22d%22",
                "a%252Fb%252Bc%2520%2522d%2522",
                "a%252Fb%252Bc%2B%2522d%2522",
                "a\\/b+c \\\"d\\\"",
                "\\u0061\\/b\\u002Bc\\u0020\\\"d\\\"",
                "a/b+c &quot;d&quot;",
                "&#97;&#x2F;b&#x2b;c&#032;&#34;d&#34;"
            })
    void secretIsFoundHoweverItIsWritten(String written) {
        assertThat(of("a/b+c \"d\"").of("<" + written + "> and <" + written + ">"))
                .isEqualTo("<***> and <***>");
    }

    @ParameterizedTest
    @CsvSource({
        "a\\b, a\\b",
        "a\\b, a\\\\b",
        "a\\\\b, a\\\\b",
        "a\\\\b, a\\\\\\\\b",
        "50%, 50%",
        "5%0, 5%0",
        "5%0, 5%250",
        "€🚀, %E2%82%AC%F0%9F%9A%80"
    })
    void secretOfSignsIsFound(String secret, String written) {
        assertThat(of(secret).of("-" + written + "-")).isEqualTo("-***-");
    }

    @Test
    void base64OfASecretIsFound() {
        String encoded = Base64.getEncoder().encodeToString("p?>~1".getBytes(UTF_8));

        assertThat(of("p?>~1").of(encoded + " " + encoded.replace("=", "%3D"))).isEqualTo("*** ***");
    }

    @Test
    void otherTextStaysAsItIs() {
        String text = "aab, a\\n, %61, ab&amp;, é";

        assertThat(of("aac").of(text)).isEqualTo(text);
        assertThat(of("aab").of("aaab")).isEqualTo("a***");
        assertThat(of("").of(text)).isEqualTo(text);
    }

    @Test
    @Timeout(30)
    void longTokenInALongTextIsFound() {
        String token = "eyJ".repeat(10_000);
        String text = "e%25".repeat(100_000);

        assertThat(of(token).of(text + token + text)).isEqualTo(text + "***" + text);
    }
}
