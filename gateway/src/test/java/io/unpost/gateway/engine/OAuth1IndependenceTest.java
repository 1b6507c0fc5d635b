package io.unpost.gateway.engine;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.unpost.dialect.PercentEncoding;
import io.unpost.dialect.WireRequest;
import io.unpost.dialect.WireRequest.Method;
import io.unpost.dialect.WireRequest.Parameter;
import io.unpost.gateway.accounts.Credentials.OAuth1;
import io.unpost.gateway.accounts.Secret;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Whole requests, as they go on the wire, before a verifier that somebody else wrote.
class OAuth1IndependenceTest {

    private static final OAuth1 CREDENTIALS = new OAuth1(
            new Secret("key/+="), new Secret("consumer & secret ☃"), new Secret("1-token%2B"), new Secret("t=&%~*"));
    private static final List<String> CHARACTERS = List.of(
            "a", "Z", "0", "9", "-", ".", "_", "~", "+", "&", "=", "%", "*", "'", "(", ")", "!", " ", "/", "?", "#",
            ":", ";", ",", "@", "\"", "\\", "<", ">", "[", "]", "^", "`", "{", "|", "}", "$", "%2B", "%25", "é", "☃",
            "中", "😀", "\u0000", "\n", "\u007f");
    private static final List<URI> BASES = Stream.of(
                    "https://api.twitter.com",
                    "https://api.twitter.com:443",
                    "http://api.t.sina.com.cn:80",
                    "http://localhost:8080",
                    "https://api.example:80",
                    "http://api.example:443",
                    "https://proxy.example/twitter",
                    "http://127.0.0.1:1/a%20b/~c",
                    "https://API.Example:8443/A")
            .map(URI::create)
            .toList();
    private static final WireRequest REQUEST = new WireRequest(
            Method.POST,
            "/1.1/statuses/destroy/1.json",
            List.of(new Parameter("q", "a b+c")),
            List.of(new Parameter("f", "ein * ~ (Stern)")));
    private static final URI BASE = URI.create("https://api.twitter.com:8443/x");

    private final Signers signers = new EngineFactory().signers(new FakeTime());

    @Property(tries = 4000)
    void anyRequestIsGenuine(
            @ForAll("credentials") OAuth1 credentials,
            @ForAll("requests") WireRequest request,
            @ForAll("bases") URI base) {
        SignedRequest signed = signers.of(credentials).sign(request, base);

        assertThat(JerseyVerifier.genuine(signed, credentials))
                .as("%s %s", signed.uri(), signed.body())
                .isTrue();
    }

    @Provide
    Arbitrary<OAuth1> credentials() {
        Arbitrary<Secret> secrets = texts().map(text -> new Secret("s" + text));
        return Combinators.combine(secrets, secrets, secrets, secrets).as(OAuth1::new);
    }

    @Provide
    Arbitrary<WireRequest> requests() {
        // A short name comes often twice, and then the values decide the order.
        Arbitrary<String> names = Arbitraries.oneOf(Arbitraries.of("a", "b"), texts().map(text -> "n" + text));
        Arbitrary<List<Parameter>> parameters =
                Combinators.combine(names, texts()).as(Parameter::new).list().ofMaxSize(5);
        Arbitrary<String> paths =
                texts().map(text -> "/1.1/statuses/destroy/" + PercentEncoding.encode("1" + text) + ".json");
        return Combinators.combine(Arbitraries.of(Method.class), paths, parameters, parameters)
                .as(WireRequest::new);
    }

    @Provide
    Arbitrary<URI> bases() {
        return Arbitraries.of(BASES);
    }

    /// Any characters, and those that are encoded by other rules elsewhere; no halves of surrogate pairs.
    private static Arbitrary<String> texts() {
        Arbitrary<String> odd = Arbitraries.of(CHARACTERS).list().ofMaxSize(12).map(all -> String.join("", all));
        Arbitrary<String> any =
                Arbitraries.strings().all().ofMaxLength(12).map(text -> new String(text.getBytes(UTF_8), UTF_8));
        return Arbitraries.oneOf(odd, any);
    }

    @Test
    void emptyFormIsGenuine() {
        assertThat(JerseyVerifier.genuine(signed(WireRequest.post("/1.json")), CREDENTIALS))
                .isTrue();
    }

    @Test
    void deleteWithAFormIsGenuine() {
        var request = new WireRequest(Method.DELETE, "/1.json", List.of(), List.of(new Parameter("id", "1")));

        assertThat(JerseyVerifier.genuine(signed(request), CREDENTIALS)).isTrue();
    }

    static Stream<UnaryOperator<SignedRequest>> changes() {
        return Stream.of(
                request -> with(request, request.uri().toString().replace("destroy/1", "destroy/2")),
                request -> with(request, request.uri().toString().replace("8443", "8444")),
                request -> with(request, request.uri().toString().replace("8443/x", "8443/y")),
                request -> with(request, request.uri().toString().replace("https", "http")),
                request -> with(request, request.uri().toString().replace("api.", "ap1.")),
                request -> with(request, request.uri().toString().replace("a%20b", "a%20c")),
                request -> with(request, request.uri() + "&x="),
                request -> new SignedRequest(Method.DELETE, request.uri(), request.headers(), request.body()),
                request ->
                        new SignedRequest(request.method(), request.uri(), request.headers(), request.body() + "&x=1"),
                request -> new SignedRequest(
                        request.method(),
                        request.uri(),
                        request.headers(),
                        request.body().replace("Stern", "stern")),
                request -> new SignedRequest(
                        request.method(),
                        request.uri(),
                        Map.of("Authorization", request.headers().getOrDefault("Authorization", "")),
                        request.body()),
                request -> header(request, "oauth_nonce=\"", "oauth_nonce=\"0"),
                request -> header(request, "oauth_timestamp=\"1", "oauth_timestamp=\"2"),
                request -> header(request, "oauth_signature=\"", "oauth_signature=\"A"));
    }

    @ParameterizedTest
    @MethodSource("changes")
    void changedRequestIsForged(UnaryOperator<SignedRequest> change) {
        SignedRequest signed = signed(REQUEST);
        SignedRequest changed = change.apply(signed);

        assertThat(changed).isNotEqualTo(signed);
        assertThat(JerseyVerifier.genuine(signed, CREDENTIALS)).isTrue();
        assertThat(JerseyVerifier.genuine(changed, CREDENTIALS)).isFalse();
    }

    @Test
    void requestOfOtherSecretsIsForged() {
        var others = new OAuth1(
                CREDENTIALS.consumerKey(), new Secret("guessed"), CREDENTIALS.token(), CREDENTIALS.tokenSecret());

        assertThat(JerseyVerifier.genuine(signers.of(others).sign(REQUEST, BASE), CREDENTIALS))
                .isFalse();
    }

    private SignedRequest signed(WireRequest request) {
        return signers.of(CREDENTIALS).sign(request, BASE);
    }

    private static SignedRequest with(SignedRequest request, String uri) {
        return new SignedRequest(request.method(), URI.create(uri), request.headers(), request.body());
    }

    private static SignedRequest header(SignedRequest request, String signed, String sent) {
        var headers = new HashMap<>(request.headers());
        headers.computeIfPresent("Authorization", (_, value) -> value.replace(signed, sent));
        return new SignedRequest(request.method(), request.uri(), headers, request.body());
    }
}
