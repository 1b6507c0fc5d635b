package io.unpost.gateway.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.unpost.dialect.WireRequest;
import io.unpost.dialect.WireRequest.Method;
import io.unpost.dialect.WireRequest.Parameter;
import io.unpost.gateway.accounts.Credentials;
import io.unpost.gateway.accounts.Secret;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SignersTest {

    private static final URI BASE = URI.create("http://api.example:8080/base");
    private static final String FORM = "application/x-www-form-urlencoded";
    private static final Credentials OAUTH1 = new Credentials.OAuth1(
            new Secret("canary1"), new Secret("canary2"), new Secret("canary3"), new Secret("canary4"));
    private static final Credentials BASIC = new Credentials.Basic(
            new Secret("canary5"), new Secret("canary6"), Map.of("source", new Secret("canary7")));
    private static final Credentials BEARER = new Credentials.Bearer(new Secret("canary8"));

    private final Signers signers = new Signers(new FakeTime(), () -> "nonce");

    @Test
    void basicIsThatOfTheRfc() {
        var credentials = new Credentials.Basic(new Secret("Aladdin"), new Secret("open sesame"), Map.of());

        assertThat(sign(credentials, WireRequest.post("/1.json")).headers())
                .isEqualTo(Map.of("Authorization", "Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ==", "Content-Type", FORM));
    }

    @Test
    void basicIsUtf8() {
        var credentials = new Credentials.Basic(new Secret("test"), new Secret("123£"), Map.of());

        assertThat(sign(credentials, WireRequest.post("/1.json")).headers())
                .containsEntry("Authorization", "Basic dGVzdDoxMjPCow==");
    }

    @Test
    void whatStandsBesideBasicGoesInTheQuery() {
        var credentials = new Credentials.Basic(
                new Secret("u"), new Secret("p"), Map.of("source", new Secret("app key+1"), "also", new Secret("&")));
        var request = new WireRequest(
                Method.DELETE, "/1.json", List.of(new Parameter("z", "1")), List.of(new Parameter("f", "2")));
        SignedRequest signed = sign(credentials, request);

        assertThat(signed.uri()).hasToString("http://api.example:8080/base/1.json?z=1&also=%26&source=app%20key%2B1");
        assertThat(signed.body()).isEqualTo("f=2");
    }

    @Test
    void whatStandsBesideOAuth1IsSigned() {
        var credentials = new Credentials.OAuth1(
                new Secret("ck"), new Secret("cs"), new Secret("t"), new Secret("ts"), Map.of("app", new Secret("&a")));
        SignedRequest signed = sign(credentials, WireRequest.post("/1.json", new Parameter("f", "2")));

        assertThat(signed.uri()).hasToString("http://api.example:8080/base/1.json?app=%26a");
        assertThat(JerseyVerifier.genuine(signed, credentials)).isTrue();
    }

    @Test
    void whatStandsBesideABearerTokenGoesInTheQuery() {
        var credentials = new Credentials.Bearer(new Secret("t"), Map.of("app", new Secret("canary")));

        assertThat(sign(credentials, WireRequest.post("/1.json")).uri())
                .hasToString("http://api.example:8080/base/1.json?app=canary");
        assertThat(Redaction.of(credentials).of("t=canary")).isEqualTo("***=***");
    }

    @Test
    void bearerIsThatOfTheRfc() {
        SignedRequest signed = sign(new Credentials.Bearer(new Secret("mF_9.B5f-4.1JqM")), WireRequest.post("/1.json"));

        assertThat(signed.headers()).isEqualTo(Map.of("Authorization", "Bearer mF_9.B5f-4.1JqM", "Content-Type", FORM));
        assertThat(signed.uri()).hasToString("http://api.example:8080/base/1.json");
    }

    @ParameterizedTest
    @MethodSource("all")
    void postWithoutAFormIsAnEmptyForm(Credentials credentials) {
        SignedRequest signed = sign(credentials, WireRequest.post("/1.json"));

        assertThat(signed.body()).isEmpty();
        assertThat(signed.headers()).containsEntry("Content-Type", FORM);
    }

    @ParameterizedTest
    @MethodSource("all")
    void deleteHasNoTypeOfContent(Credentials credentials) {
        SignedRequest signed = sign(credentials, new WireRequest(Method.DELETE, "/1.json", List.of(), List.of()));

        assertThat(signed.body()).isEmpty();
        assertThat(signed.headers()).containsOnlyKeys("Authorization");
    }

    @ParameterizedTest
    @MethodSource("all")
    void deleteWithAFormSaysSo(Credentials credentials) {
        SignedRequest signed = sign(
                credentials,
                new WireRequest(Method.DELETE, "/1.json", List.of(), List.of(new Parameter("id", "a b&"))));

        assertThat(signed.body()).isEqualTo("id=a%20b%26");
        assertThat(signed.headers()).containsEntry("Content-Type", FORM);
    }

    @ParameterizedTest
    @MethodSource("all")
    void writtenOutARequestShowsNoCredential(Credentials credentials) {
        var request = new WireRequest(
                Method.POST, "/1.json", List.of(new Parameter("q", "canary")), List.of(new Parameter("f", "canary")));

        assertThat(sign(credentials, request)).hasToString("POST http://api.example:8080/base/1.json");
    }

    @ParameterizedTest
    @MethodSource("all")
    void writtenOutASignerShowsNoCredential(Credentials credentials) {
        assertThat(signers.of(credentials).toString()).doesNotContain("canary");
        assertThat(credentials.toString()).doesNotContain("canary");
    }

    static List<Credentials> all() {
        return List.of(OAUTH1, BASIC, BEARER);
    }

    private SignedRequest sign(Credentials credentials, WireRequest request) {
        return signers.of(credentials).sign(request, BASE);
    }
}
