package io.unpost.gateway.engine;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.unpost.dialect.PercentEncoding;
import io.unpost.dialect.WireRequest;
import io.unpost.dialect.WireRequest.Method;
import io.unpost.dialect.WireRequest.Parameter;
import io.unpost.gateway.accounts.Credentials.OAuth1;
import io.unpost.gateway.accounts.Secret;
import io.unpost.gateway.engine.OAuth1Signer.Part;
import java.net.URI;
import java.net.URLDecoder;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/// The keys are dead ones, from the providers' own pages.
class OAuth1SignerTest {

    private static final String CONSUMER_SECRET = "kAcSOqF21Fu85e7zjz7ZN2U4ZRhfV3WpwPAoE3Z7kBw";
    private static final String TOKEN_SECRET = "LswwdoUaIvS8ltyTt5jkRh4J50vUPVVHtR2YPi5kE";
    private static final OAuth1 CREDENTIALS = new OAuth1(
            new Secret("xvz1evFS4wEEPTGEFPHBog"),
            new Secret(CONSUMER_SECRET),
            new Secret("370773112-GmHxMAgYyLbNEtIKZeRNFsMKPR9EyMZeS9weJAEb"),
            new Secret(TOKEN_SECRET));
    private static final String NONCE = "kYjzVBB8Y0ZFabxSWbWovY3uYSQ2pTgmZeNu2VS4cg";
    private static final Instant NOW = Instant.ofEpochSecond(1_318_622_958);
    private static final List<Parameter> OAUTH = List.of(
            new Parameter("oauth_consumer_key", "xvz1evFS4wEEPTGEFPHBog"),
            new Parameter("oauth_nonce", NONCE),
            new Parameter("oauth_signature_method", "HMAC-SHA1"),
            new Parameter("oauth_timestamp", "1318622958"),
            new Parameter("oauth_token", "370773112-GmHxMAgYyLbNEtIKZeRNFsMKPR9EyMZeS9weJAEb"),
            new Parameter("oauth_version", "1.0"));
    private static final Parameter ENTITIES = new Parameter("include_entities", "true");
    private static final Parameter STATUS =
            new Parameter("status", "Hello Ladies + Gentlemen, a signed OAuth request!");
    private static final Pattern PAIR = Pattern.compile("([a-z_]+)=\"([A-Za-z0-9._~%-]*)\"");

    private final OAuth1Signer signer = new OAuth1Signer(CREDENTIALS, () -> NOW, () -> NONCE);

    record Vector(String name, URI base, WireRequest request, String signature) {

        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Vector> vectors() {
        return Stream.of(
                update("V1", "https://api.twitter.com", "/1/statuses/update.json", "tnnArxj06cWHq44gCs1OSKk/jLY="),
                update("V2", "https://api.twitter.com", "/1.1/statuses/update.json", "hCtSmYh+iHYCEqBWrE7C7hYmtUk="),
                update("V3", "https://api.x.com", "/1.1/statuses/update.json", "Ls93hJiZbQ3akF3HF3x1Bz8/zU4="),
                twitter("V4", "/1.1/statuses/destroy/240854986559455234.json", "ZiuQx977TPBzYap+WUYzdpBm5lQ="),
                twitter(
                        "V5",
                        "/1.1/statuses/destroy/240854986559455234.json",
                        "EulzoXQqvR3PFxoliOjzM7L6DBE=",
                        new Parameter("trim_user", "true")),
                new Vector(
                        "V6",
                        URI.create("https://api.twitter.com"),
                        new WireRequest(
                                Method.DELETE,
                                "/1.1/direct_messages/events/destroy.json",
                                List.of(new Parameter("id", "938178981337088004")),
                                List.of()),
                        "hjdWL0kls9UT7Cl/fjSl+DYqrg4="),
                twitter(
                        "V7",
                        "/1.1/collections/destroy.json",
                        "NWrN9mWWA4A8KHq0wO+/3w4QPFk=",
                        new Parameter("id", "custom-390882285743898624")),
                twitter("V8", "/1.1/statuses/unretweet/241259202004267009.json", "D88PIk+DNf6TgxbHKE0cbm0nna0="),
                weibo("V9", Method.POST, "/statuses/destroy/1472669360.xml", "GlSx1Q4F/b4c1rDfOxrCI1SneR0="),
                weibo("V10", Method.DELETE, "/statuses/destroy/1472669360.json", "MK3xdZ6eYTXfJVwhCoNioSsEpZ0="),
                weibo(
                        "V11",
                        Method.POST,
                        "/statuses/comment/destroy_batch.json",
                        "leonyvGsEqYW6uL2mKwsqBFpQbE=",
                        new Parameter("ids", "203092,203093")));
    }

    @ParameterizedTest
    @MethodSource("vectors")
    void publishedVectorIsMet(Vector vector) {
        String authorization = authorization(signer.sign(vector.request(), vector.base()));

        assertThat(part(authorization, "oauth_signature")).isEqualTo(vector.signature());
    }

    @Test
    void vectorOfTheRfcIsMet() {
        String baseString = baseString(
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

        assertThat(signature(baseString, "kd94hf93k423kf44", "pfkkdhi9sl3r4s00"))
                .isEqualTo("MdpQcU8iPSUjWoN/UDMsK2sui9I=");
    }

    @Test
    void parametersAreNormalised() {
        String baseString =
                baseString("POST", "https://api.twitter.com/1.1/statuses/update.json", with(STATUS, ENTITIES));

        assertThat(URLDecoder.decode(baseString.substring(baseString.lastIndexOf('&') + 1), UTF_8))
                .isEqualTo("include_entities=true&oauth_consumer_key=xvz1evFS4wEEPTGEFPHBog"
                        + "&oauth_nonce=kYjzVBB8Y0ZFabxSWbWovY3uYSQ2pTgmZeNu2VS4cg&oauth_signature_method=HMAC-SHA1"
                        + "&oauth_timestamp=1318622958&oauth_token=370773112-GmHxMAgYyLbNEtIKZeRNFsMKPR9EyMZeS9weJAEb"
                        + "&oauth_version=1.0"
                        + "&status=Hello%20Ladies%20%2B%20Gentlemen%2C%20a%20signed%20OAuth%20request%21");
    }

    @Test
    void baseStringOfAPostIsMet() {
        assertThat(baseString("POST", "https://api.twitter.com/1.1/statuses/destroy/240854986559455234.json", OAUTH))
                .isEqualTo("POST&https%3A%2F%2Fapi.twitter.com%2F1.1%2Fstatuses%2Fdestroy%2F240854986559455234.json"
                        + "&oauth_consumer_key%3Dxvz1evFS4wEEPTGEFPHBog"
                        + "%26oauth_nonce%3DkYjzVBB8Y0ZFabxSWbWovY3uYSQ2pTgmZeNu2VS4cg"
                        + "%26oauth_signature_method%3DHMAC-SHA1%26oauth_timestamp%3D1318622958"
                        + "%26oauth_token%3D370773112-GmHxMAgYyLbNEtIKZeRNFsMKPR9EyMZeS9weJAEb"
                        + "%26oauth_version%3D1.0");
    }

    @Test
    void baseStringOfADeleteWithAQueryIsMet() {
        assertThat(baseString(
                        "DELETE",
                        "https://api.twitter.com/1.1/direct_messages/events/destroy.json",
                        with(new Parameter("id", "938178981337088004"))))
                .isEqualTo("DELETE&https%3A%2F%2Fapi.twitter.com%2F1.1%2Fdirect_messages%2Fevents%2Fdestroy.json"
                        + "&id%3D938178981337088004%26oauth_consumer_key%3Dxvz1evFS4wEEPTGEFPHBog"
                        + "%26oauth_nonce%3DkYjzVBB8Y0ZFabxSWbWovY3uYSQ2pTgmZeNu2VS4cg"
                        + "%26oauth_signature_method%3DHMAC-SHA1%26oauth_timestamp%3D1318622958"
                        + "%26oauth_token%3D370773112-GmHxMAgYyLbNEtIKZeRNFsMKPR9EyMZeS9weJAEb"
                        + "%26oauth_version%3D1.0");
    }

    @Test
    void parametersOfOneNameAreSortedByValue() {
        assertThat(baseString(
                        "POST", "x", List.of(new Parameter("a", "~"), new Parameter("a", "b"), new Parameter("a", ""))))
                .isEqualTo("POST&x&a%3D%26a%3Db%26a%3D~");
    }

    @Test
    void parametersOfTheRequestAreSortedAmongThoseOfTheProtocol() {
        var oauth = List.of(new Part("oauth_nonce", "n"), new Part("oauth_token", "t%2B"));
        var others = List.of(
                new Parameter("z", "3"),
                new Parameter("oauth_p", "+"),
                new Parameter("oauth_token", "0"),
                new Parameter("a", "2"));

        assertThat(baseString("POST", "x", oauth, others))
                .isEqualTo("POST&x&a%3D2%26oauth_nonce%3Dn%26oauth_p%3D%252B%26oauth_token%3D0"
                        + "%26oauth_token%3Dt%252B%26z%3D3");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Ladies + Gentlemen | Ladies%20%2B%20Gentlemen",
                "An encoded string! | An%20encoded%20string%21",
                "Dogs, Cats & Mice | Dogs%2C%20Cats%20%26%20Mice",
                "☃ | %E2%98%83",
                "a*b~c-d.e_f | a%2Ab~c-d.e_f",
                "a'()=%/?& | a%27%28%29%3D%25%2F%3F%26"
            })
    void textIsPercentEncoded(String text, String encoded) {
        assertThat(PercentEncoding.encode(text)).isEqualTo(encoded);
    }

    @ParameterizedTest
    @CsvSource({
        "https://api.twitter.com, https://api.twitter.com/1.1/x.json",
        "https://api.twitter.com:443, https://api.twitter.com/1.1/x.json",
        "http://api.twitter.com:80, http://api.twitter.com/1.1/x.json",
        "https://api.twitter.com:80, https://api.twitter.com:80/1.1/x.json",
        "http://api.twitter.com:443, http://api.twitter.com:443/1.1/x.json",
        "https://api.twitter.com:8443, https://api.twitter.com:8443/1.1/x.json",
        "HTTPS://API.Twitter.COM, https://api.twitter.com/1.1/x.json",
        "HTTP://API.Twitter.COM:80, http://api.twitter.com/1.1/x.json",
        "https://proxy.example/Twitter%20v1, https://proxy.example/Twitter%20v1/1.1/x.json",
        "http://[::1]:8080, http://[::1]:8080/1.1/x.json"
    })
    void signedIsTheAddressAsTheRfcWritesIt(URI base, String signed) {
        String authorization = authorization(signer.sign(WireRequest.post("/1.1/x.json", STATUS), base));

        assertThat(part(authorization, "oauth_signature"))
                .isEqualTo(signature(baseString("POST", signed, with(STATUS)), CONSUMER_SECRET, TOKEN_SECRET));
    }

    @Test
    void addressOfEachRequestIsSigned() {
        for (String base : List.of("https://one.example", "https://other.example/v1", "https://one.example")) {
            String authorization = authorization(signer.sign(WireRequest.post("/1.json"), URI.create(base)));

            assertThat(part(authorization, "oauth_signature"))
                    .isEqualTo(signature(baseString("POST", base + "/1.json", OAUTH), CONSUMER_SECRET, TOKEN_SECRET));
        }
    }

    @Test
    void secretsAreEncodedInTheKey() {
        assertThat(signature("x", "a&b", "c")).isNotEqualTo(signature("x", "a", "b&c"));
    }

    @Test
    void headerHasTheFormOfTheRfc() {
        assertThat(authorization(signer.sign(
                        WireRequest.post("/1.1/statuses/destroy/240854986559455234.json"),
                        URI.create("https://api.twitter.com"))))
                .isEqualTo("OAuth oauth_consumer_key=\"xvz1evFS4wEEPTGEFPHBog\","
                        + " oauth_nonce=\"kYjzVBB8Y0ZFabxSWbWovY3uYSQ2pTgmZeNu2VS4cg\","
                        + " oauth_signature_method=\"HMAC-SHA1\", oauth_timestamp=\"1318622958\","
                        + " oauth_token=\"370773112-GmHxMAgYyLbNEtIKZeRNFsMKPR9EyMZeS9weJAEb\","
                        + " oauth_version=\"1.0\", oauth_signature=\"ZiuQx977TPBzYap%2BWUYzdpBm5lQ%3D\"");
    }

    @Test
    void everyRequestHasItsOwnNonceAndTime() {
        var time = new FakeTime();
        var nonces = new ArrayDeque<>(List.of("first", "second"));
        var fresh = new OAuth1Signer(CREDENTIALS, time, nonces::remove);
        WireRequest request = WireRequest.post("/1.1/x.json");
        var headers = new ArrayList<String>();
        headers.add(authorization(fresh.sign(request, URI.create("https://api.twitter.com"))));
        time.pass(Duration.ofSeconds(7));
        headers.add(authorization(fresh.sign(request, URI.create("https://api.twitter.com"))));

        assertThat(headers).extracting(header -> part(header, "oauth_nonce")).containsExactly("first", "second");
        assertThat(headers)
                .extracting(header -> part(header, "oauth_timestamp"))
                .containsExactly("1795458343", "1795458350");
        assertThat(headers)
                .extracting(header -> part(header, "oauth_signature"))
                .doesNotHaveDuplicates();
    }

    @Test
    void noncesOfTheGatewayDiffer() {
        Signer signer = new EngineFactory().signers(new FakeTime()).of(CREDENTIALS);
        WireRequest request = WireRequest.post("/1.1/x.json");

        assertThat(Stream.generate(() -> signer.sign(request, URI.create("https://api.twitter.com")))
                        .limit(1000)
                        .map(signed -> part(authorization(signed), "oauth_nonce")))
                .allMatch(nonce -> nonce.matches("[0-9a-f]{32}"))
                .doesNotHaveDuplicates();
    }

    private static Vector update(String name, String base, String path, String signature) {
        return new Vector(
                name,
                URI.create(base),
                new WireRequest(Method.POST, path, List.of(ENTITIES), List.of(STATUS)),
                signature);
    }

    private static Vector twitter(String name, String path, String signature, Parameter... form) {
        return new Vector(name, URI.create("https://api.twitter.com"), WireRequest.post(path, form), signature);
    }

    private static Vector weibo(String name, Method method, String path, String signature, Parameter... form) {
        return new Vector(
                name,
                URI.create("http://api.t.sina.com.cn"),
                new WireRequest(method, path, List.of(), List.of(form)),
                signature);
    }

    private static String authorization(SignedRequest request) {
        return request.headers().getOrDefault("Authorization", "");
    }

    private static List<Parameter> with(Parameter... others) {
        return Stream.concat(Stream.of(others), OAUTH.stream()).toList();
    }

    private static String baseString(String method, String uri, List<Parameter> parameters) {
        return baseString(method, uri, List.of(), parameters);
    }

    private static String baseString(String method, String uri, List<Part> oauth, List<Parameter> others) {
        var parts = new ArrayList<>(others.stream().map(Part::of).toList());
        return OAuth1Signer.baseString(method, PercentEncoding.encode(uri), oauth, parts);
    }

    private static String signature(String baseString, String consumerSecret, String tokenSecret) {
        var credentials =
                new OAuth1(new Secret("ck"), new Secret(consumerSecret), new Secret("t"), new Secret(tokenSecret));
        return new OAuth1Signer.Key(credentials).signature(baseString);
    }

    private static String part(String authorization, String name) {
        Matcher pair = PAIR.matcher(authorization);
        while (pair.find()) {
            if (pair.group(1).equals(name)) {
                return URLDecoder.decode(pair.group(2), UTF_8);
            }
        }
        throw new AssertionError("no " + name + " in " + authorization);
    }
}
