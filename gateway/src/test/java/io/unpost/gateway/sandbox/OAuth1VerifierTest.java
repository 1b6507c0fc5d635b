package io.unpost.gateway.sandbox;

import static io.unpost.gateway.sandbox.OAuth1Verifier.Finding.CLOCK;
import static io.unpost.gateway.sandbox.OAuth1Verifier.Finding.FORGED;
import static io.unpost.gateway.sandbox.OAuth1Verifier.Finding.GENUINE;
import static io.unpost.gateway.sandbox.OAuth1Verifier.Finding.MISSING;
import static io.unpost.gateway.sandbox.OAuth1Verifier.Finding.REPLAYED;
import static io.unpost.gateway.sandbox.OAuth1Verifier.Finding.UNKNOWN_KEY;
import static io.unpost.gateway.sandbox.OAuth1Verifier.Finding.UNKNOWN_TOKEN;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.MediaType;
import io.unpost.gateway.sandbox.Call.Parameter;
import io.unpost.gateway.sandbox.OAuth1Verifier.Finding;
import io.unpost.gateway.sandbox.OAuth1Verifier.Keys;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OAuth1VerifierTest {

    private static final Keys KEYS = new Keys("key", "key secret", "token", "token & secret");
    private static final long NOW = 1_318_622_958;
    private static final String URL = "http://localhost:8080/1.1/statuses/destroy/1.json";
    private static final List<Parameter> SENT =
            List.of(new Parameter("q", "a b+c&d=é"), new Parameter("f", "ein * ~ (Stern)"));
    private static final String QUERY = "q=a%20b%2Bc%26d%3D%C3%A9";
    private static final String FORM = "f=ein+*+%7E+%28Stern%29";

    private Instant now = Instant.ofEpochSecond(NOW);
    private final OAuth1Verifier verifier = new OAuth1Verifier(KEYS, () -> now);

    @Test
    void requestSignedByAnotherImplementationIsGenuine() {
        assertThat(verify(signed())).isEqualTo(GENUINE);
    }

    @Test
    void anotherPathIsForged() {
        assertThat(verify(request("/1.1/statuses/destroy/2.json?" + QUERY, FORM, signed())))
                .isEqualTo(FORGED);
    }

    @Test
    void anotherHostIsForged() {
        var elsewhere = HttpRequest.POST("/1.1/statuses/destroy/1.json?" + QUERY, FORM)
                .contentType(MediaType.APPLICATION_FORM_URLENCODED_TYPE)
                .header("Host", "localhost:8081")
                .header("Authorization", signed());

        assertThat(verifier.verify(Call.of(elsewhere, FORM.getBytes(UTF_8)))).isEqualTo(FORGED);
    }

    @Test
    void hostCountsWithoutCaseAndDefaultPort() {
        String header = authorization("http://localhost/1.1/statuses/destroy/1.json", KEYS, NOW, "n");
        var request = HttpRequest.POST("/1.1/statuses/destroy/1.json?" + QUERY, FORM)
                .contentType(MediaType.APPLICATION_FORM_URLENCODED_TYPE)
                .header("Host", "LocalHost:80")
                .header("Authorization", header);

        assertThat(verifier.verify(Call.of(request, FORM.getBytes(UTF_8)))).isEqualTo(GENUINE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"q=a%20b%2Bc%26d%3D%C3%A8", "q=a%20b%2Bc%26d%3D%C3%A9&x=", ""})
    void anotherQueryIsForged(String query) {
        assertThat(verify(request("/1.1/statuses/destroy/1.json?" + query, FORM, signed())))
                .isEqualTo(FORGED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"f=ein", "f=ein+*+%7E+%28Stern%29&x=1", "f=%ZZ", ""})
    void anotherFormIsForged(String form) {
        assertThat(verify(request("/1.1/statuses/destroy/1.json?" + QUERY, form, signed())))
                .isEqualTo(FORGED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"q=a%20b%2Bc%26d%3D%C3%A9", "oauth_nonce=n"})
    void parameterThatComesTwiceIsForged(String twice) {
        assertThat(verify(request("/1.1/statuses/destroy/1.json?" + QUERY + "&" + twice, FORM, signed())))
                .isEqualTo(FORGED);
    }

    @ParameterizedTest
    @CsvSource({"other,token secret", "key secret,other"})
    void anotherSecretIsForged(String consumerSecret, String tokenSecret) {
        var keys = new Keys("key", consumerSecret, "token", tokenSecret);

        assertThat(verify(authorization(URL, keys, NOW, "n"))).isEqualTo(FORGED);
    }

    @ParameterizedTest
    @CsvSource({
        "oauth_nonce=\"n\", oauth_nonce=\"m\"",
        "HMAC-SHA1, PLAINTEXT",
        "oauth_version=\"1.0\", oauth_version=\"1.1\"",
        "1318622958, 1318622957"
    })
    void anotherHeaderIsForged(String signed, String sent) {
        assertThat(signed()).contains(signed);
        assertThat(verify(signed().replace(signed, sent))).isEqualTo(FORGED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"consumer_key", "token", "signature_method", "signature", "timestamp", "nonce"})
    void everyPartIsNeeded(String part) {
        String without = signed().replaceFirst("oauth_" + part + "=\"", "x_" + part + "=\"");

        assertThat(verify(without)).isEqualTo(MISSING);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Basic ZGVtbzpkZW1v", "Bearer x", "OAuth", "OAuth ,,,", "OAuth oauth_nonce=n"})
    void otherCredentialsAreNone(String authorization) {
        assertThat(verify(authorization)).isEqualTo(MISSING);
    }

    @Test
    void unknownKeyAndTokenAreToldApart() {
        assertThat(verify(authorization(URL, new Keys("other", "", "token", ""), NOW, "n")))
                .isEqualTo(UNKNOWN_KEY);
        assertThat(verify(authorization(URL, new Keys("key", "", "other", ""), NOW, "n")))
                .isEqualTo(UNKNOWN_TOKEN);
    }

    @ParameterizedTest
    @CsvSource({"-300, GENUINE", "300, GENUINE", "-301, CLOCK", "301, CLOCK"})
    void clocksMayBeFiveMinutesApart(long seconds, Finding finding) {
        assertThat(verify(authorization(URL, KEYS, NOW + seconds, "n"))).isEqualTo(finding);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-1", "now", "9999999999999999999"})
    void timestampThatIsNoTimeIsAClockError(String timestamp) {
        assertThat(verify(signed().replace("\"" + NOW + "\"", "\"" + timestamp + "\"")))
                .isEqualTo(CLOCK);
    }

    @Test
    void nonceCountsOncePerTimestamp() {
        assertThat(verify(signed())).isEqualTo(GENUINE);
        assertThat(verify(signed())).isEqualTo(REPLAYED);
        assertThat(verify(authorization(URL, KEYS, NOW + 1, "n"))).isEqualTo(GENUINE);
        assertThat(verify(authorization(URL, KEYS, NOW, "m"))).isEqualTo(GENUINE);
    }

    @Test
    void nonceIsRememberedAsLongAsItsTimestampIsGood() {
        verify(signed());
        now = now.plusSeconds(300);
        assertThat(verify(signed())).isEqualTo(REPLAYED);
        now = now.plusSeconds(1);
        assertThat(verify(signed())).isEqualTo(CLOCK);
    }

    @Test
    void nonceOfAForgedRequestStaysFree() {
        String forged = authorization(URL, new Keys("key", "guessed", "token", "guessed"), NOW, "n");

        assertThat(verify(forged)).isEqualTo(FORGED);
        assertThat(verify(signed())).isEqualTo(GENUINE);
    }

    private Finding verify(String authorization) {
        return verify(request("/1.1/statuses/destroy/1.json?" + QUERY, FORM, authorization));
    }

    private Finding verify(Call call) {
        return verifier.verify(call);
    }

    private static Call request(String uri, String form, String authorization) {
        var request = HttpRequest.POST(uri, form)
                .contentType(MediaType.APPLICATION_FORM_URLENCODED_TYPE)
                .header("Host", "localhost:8080")
                .header("Authorization", authorization);
        return Call.of(request, form.getBytes(UTF_8));
    }

    private static String signed() {
        return authorization(URL, KEYS, NOW, "n");
    }

    private static String authorization(String url, Keys keys, long timestamp, String nonce) {
        return JerseySigner.authorization("POST", url, SENT, keys, timestamp, nonce);
    }
}
