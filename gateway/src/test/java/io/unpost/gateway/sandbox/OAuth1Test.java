package io.unpost.gateway.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.unpost.gateway.sandbox.Call.Parameter;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The dead keys and the examples are those of Twitter's documentation, and the example of RFC 5849 section 1.2.
class OAuth1Test {

    private static final String CONSUMER_SECRET = "kAcSOqF21Fu85e7zjz7ZN2U4ZRhfV3WpwPAoE3Z7kBw";
    private static final String TOKEN_SECRET = "LswwdoUaIvS8ltyTt5jkRh4J50vUPVVHtR2YPi5kE";
    private static final String DESTROY = "https://api.twitter.com/1.1/statuses/destroy/240854986559455234.json";
    private static final List<Parameter> OAUTH = List.of(
            new Parameter("oauth_consumer_key", "xvz1evFS4wEEPTGEFPHBog"),
            new Parameter("oauth_nonce", "kYjzVBB8Y0ZFabxSWbWovY3uYSQ2pTgmZeNu2VS4cg"),
            new Parameter("oauth_signature", "is left out"),
            new Parameter("oauth_signature_method", "HMAC-SHA1"),
            new Parameter("oauth_timestamp", "1318622958"),
            new Parameter("oauth_token", "370773112-GmHxMAgYyLbNEtIKZeRNFsMKPR9EyMZeS9weJAEb"),
            new Parameter("oauth_version", "1.0"));

    @Test
    void updateOfTheDocumentationIsSignedAsThere() {
        Call update = call(
                "https://api.twitter.com/1.1/statuses/update.json",
                new Parameter("status", "Hello Ladies + Gentlemen, a signed OAuth request!"),
                new Parameter("include_entities", "true"));

        assertThat(sign(update)).isEqualTo("hCtSmYh+iHYCEqBWrE7C7hYmtUk=");
    }

    @Test
    void destroyHasTheBaseStringOfTheDocumentation() {
        assertThat(OAuth1.baseString(call(DESTROY)))
                .isEqualTo("POST&https%3A%2F%2Fapi.twitter.com%2F1.1%2Fstatuses%2Fdestroy%2F240854986559455234.json"
                        + "&oauth_consumer_key%3Dxvz1evFS4wEEPTGEFPHBog"
                        + "%26oauth_nonce%3DkYjzVBB8Y0ZFabxSWbWovY3uYSQ2pTgmZeNu2VS4cg"
                        + "%26oauth_signature_method%3DHMAC-SHA1%26oauth_timestamp%3D1318622958"
                        + "%26oauth_token%3D370773112-GmHxMAgYyLbNEtIKZeRNFsMKPR9EyMZeS9weJAEb"
                        + "%26oauth_version%3D1.0");
    }

    @Test
    void destroyIsSigned() {
        assertThat(sign(call(DESTROY))).isEqualTo("ZiuQx977TPBzYap+WUYzdpBm5lQ=");
    }

    @Test
    void parameterOfADestroyIsSignedWithIt() {
        assertThat(sign(call(DESTROY, new Parameter("trim_user", "true")))).isEqualTo("EulzoXQqvR3PFxoliOjzM7L6DBE=");
    }

    @Test
    void exampleOfTheRfcIsSignedAsThere() {
        Call photo = new Call(
                "GET",
                "http://photos.example.net/photos",
                List.of(
                        new Parameter("file", "vacation.jpg"),
                        new Parameter("size", "original"),
                        new Parameter("oauth_consumer_key", "dpf43f3p2l4k3l03"),
                        new Parameter("oauth_token", "nnch734d00sl2jdk"),
                        new Parameter("oauth_signature_method", "HMAC-SHA1"),
                        new Parameter("oauth_timestamp", "137131202"),
                        new Parameter("oauth_nonce", "chapoH")));

        assertThat(OAuth1.signature(photo, "kd94hf93k423kf44", "pfkkdhi9sl3r4s00"))
                .isEqualTo("MdpQcU8iPSUjWoN/UDMsK2sui9I=");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        Ladies + Gentlemen | Ladies%20%2B%20Gentlemen
        An encoded string! | An%20encoded%20string%21
        Dogs, Cats & Mice  | Dogs%2C%20Cats%20%26%20Mice
        ☃                  | %E2%98%83
        a-b.c_d~e*f        | a-b.c_d~e%2Af
        """)
    void everythingReservedIsPercentEncoded(String text, String encoded) {
        assertThat(OAuth1.encode(text)).isEqualTo(encoded);
    }

    private static String sign(Call call) {
        return OAuth1.signature(call, CONSUMER_SECRET, TOKEN_SECRET);
    }

    private static Call call(String url, Parameter... more) {
        var parameters = new ArrayList<>(OAUTH);
        parameters.addAll(List.of(more));
        return new Call("POST", url, parameters);
    }
}
