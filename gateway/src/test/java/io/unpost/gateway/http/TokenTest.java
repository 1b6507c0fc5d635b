package io.unpost.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import io.micronaut.context.exceptions.ConfigurationException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Which tokens are taken, and what they allow.
final class TokenTest {

    private static final FakeProvider PROVIDER = new FakeProvider();
    private static final GatewayServer GATEWAY = GatewayServer.before(PROVIDER);

    private static final String PATH = "/v1/accounts/acme-news/posts/7";
    private static final Date LONG_AGO = Date.from(Instant.parse("2001-01-01T00:00:00Z"));
    // Long enough for HS512.
    private static final String LONG_SECRET = "another-secret-for-tests-of-64-bytes-or-more-so-that-hs512-takes-it";
    private static final String JWKS = "micronaut.security.token.jwt.signatures.jwks.issuer.url";
    private static final String AUDIENCE = "micronaut.security.token.jwt.claims-validators.audience";
    private static final String ISSUER = "micronaut.security.token.jwt.claims-validators.issuer";
    private static final String LOGIN = "https://login.example";
    private static final List<String> NOBODY = List.of();
    private static final String SECRET = "jwt.generator.signature.secret";
    private static final String PREVIOUS = "jwt.generator.signature.previous-secret";

    @AfterAll
    static void stop() {
        GATEWAY.close();
    }

    @BeforeEach
    void delete() {
        PROVIDER.deletes("7");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Bearer", "bearer", "BEARER"})
    void validTokenIsTaken(String scheme) {
        Reply reply = GATEWAY.anonymously(
                "DELETE", PATH, "Authorization: " + scheme + " " + Tokens.signed(Tokens.everything()));

        assertThat(reply.status()).isEqualTo(200);
    }

    @Test
    void missingTokenIsChallenged() {
        Reply reply = GATEWAY.anonymously("DELETE", PATH);

        unauthenticated(reply);
        assertThat(reply.header("WWW-Authenticate")).isEqualTo("Bearer");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Bearer",
                "Bearer ",
                "Bearer nonsense",
                "Bearer a.b.c",
                "Bearer ..",
                "Bearer eyJhbGciOiJIUzI1NiJ9..",
                "Basic YWRtaW46YWRtaW4=",
                "nonsense",
                ""
            })
    void garbageIsRefused(String authorization) {
        Reply reply = GATEWAY.anonymously("DELETE", PATH, "Authorization: " + authorization);

        unauthenticated(reply);
        assertThat(reply.header("WWW-Authenticate")).startsWith("Bearer");
        assertThat(reply.body()).doesNotContain("Exception");
    }

    @Test
    void tokensWithoutAnEndOrASubjectAreRefused() {
        refused(Tokens.signed(Tokens.everything().expirationTime(LONG_AGO)));
        refused(Tokens.signed(Tokens.everything().expirationTime(null)));
        refused(Tokens.signed(Tokens.everything().subject(null)));
        refused(Tokens.signed(Tokens.everything().subject("")));
        refused(Tokens.signed(Tokens.everything().subject(" \t")));
    }

    @Test
    void tokenThatIsNotYetValidIsRefused() {
        refused(Tokens.signed(Tokens.everything().notBeforeTime(Tokens.FAR_OFF)));
    }

    /// Give or take a minute, for clocks that differ.
    @Test
    void tokenIsTakenInItsTimeOnly() {
        refused(Tokens.signed(Tokens.everything().expirationTime(Tokens.in(Duration.ofSeconds(-61)))));
        refused(Tokens.signed(Tokens.everything().notBeforeTime(Tokens.in(Duration.ofSeconds(61)))));
        assertThat(status(Tokens.everything()
                        .notBeforeTime(Tokens.in(Duration.ofSeconds(-1)))
                        .expirationTime(Tokens.in(Duration.ofSeconds(30)))))
                .isEqualTo(200);
    }

    @Test
    void unsignedTokenIsRefused() {
        refused(new PlainJWT(Tokens.everything().build()).serialize());
        refused(new PlainJWT(Tokens.everything().build()).serialize() + "c2ln");
    }

    @Test
    void otherSecretIsRefused() {
        refused(Tokens.signed(Tokens.everything(), JWSAlgorithm.HS256, LONG_SECRET));
    }

    @Test
    void previousSecretIsTakenBesideItsSuccessor() {
        String old = Tokens.signed(Tokens.everything());
        String fresh = Tokens.signed(Tokens.everything(), JWSAlgorithm.HS256, LONG_SECRET);

        assertThat(statuses(Map.of(SECRET, LONG_SECRET, PREVIOUS, Tokens.SECRET), old, fresh))
                .containsExactly(200, 200);
        assertThat(statuses(Map.of(SECRET, LONG_SECRET), old, fresh)).containsExactly(401, 200);
        assertThat(statuses(
                        Map.of(SECRET, Tokens.SECRET, PREVIOUS, LONG_SECRET),
                        Tokens.signed(Tokens.everything(), JWSAlgorithm.HS512, LONG_SECRET)))
                .containsExactly(401);
    }

    private static List<Integer> statuses(Map<String, Object> settings, String... tokens) {
        try (GatewayServer gateway = GatewayServer.before(PROVIDER, settings)) {
            return Stream.of(tokens)
                    .map(token -> gateway.anonymously("DELETE", PATH, Tokens.bearer(token))
                            .status())
                    .toList();
        }
    }

    @Test
    void changedClaimsAreRefused() {
        String[] few = Tokens.signed(Tokens.claims(List.of("other"), "delete")).split("\\.", -1);
        String[] all = Tokens.signed(Tokens.everything()).split("\\.", -1);

        refused(few[0] + "." + all[1] + "." + few[2]);
    }

    @Test
    void algorithmsThatAreNotConfiguredAreRefused() {
        try (GatewayServer gateway = GatewayServer.before(PROVIDER, Map.of(SECRET, LONG_SECRET))) {
            assertThat(List.of(JWSAlgorithm.HS256, JWSAlgorithm.HS384, JWSAlgorithm.HS512))
                    .extracting(algorithm -> gateway.anonymously(
                                    "DELETE",
                                    PATH,
                                    Tokens.bearer(Tokens.signed(Tokens.everything(), algorithm, LONG_SECRET)))
                            .status())
                    .containsExactly(200, 401, 401);
        }
    }

    @Test
    void rsaTokenIsRefusedWhereASecretIsConfigured() throws JOSEException {
        refused(rsa(Tokens.everything(), new RSAKeyGenerator(2048).keyID("k").generate()));
    }

    @Test
    void tokenIsTakenFromItsHeaderOnly() {
        String token = Tokens.signed(Tokens.everything());

        unauthenticated(GATEWAY.anonymously("DELETE", PATH + "?access_token=" + token));
        unauthenticated(GATEWAY.anonymously("DELETE", PATH, "Cookie: JWT=" + token));
        unauthenticated(GATEWAY.anonymously("DELETE", PATH, "X-Authorization: Bearer " + token));
    }

    @ParameterizedTest
    @CsvSource({
        "acme-news, 200",
        "acme-*, 200",
        "*, 200",
        "*-news, 200",
        "a*e*s, 200",
        "**, 200",
        "acme-news*, 200",
        "acme, 403",
        "acme-new, 403",
        "acme-newss, 403",
        "ACME-NEWS, 403",
        "acme.news, 403",
        ".*, 403",
        "acme-[a-z]+, 403",
        "acme-news|other, 403",
        "acme-????, 403",
        "'', 403",
        "'acme-news ', 403",
        "\\Q*, 403",
        "x\\E.*\\Q, 403"
    })
    void accountsAreGlobsAndNothingElse(String glob, int status) {
        assertThat(status(Tokens.claims(List.of(glob), "delete"))).isEqualTo(status);
    }

    @Test
    void oneMatchingGlobIsEnough() {
        assertThat(status(Tokens.claims(List.of("other", "acme-news"), "delete")))
                .isEqualTo(200);
    }

    @Test
    void accountsOfAnotherTypeGrantNothing() {
        assertThat(status(Tokens.claims(List.of(), "delete"))).isEqualTo(403);
        assertThat(status(Tokens.everything().claim("accounts", null))).isEqualTo(403);
        assertThat(status(Tokens.everything().claim("accounts", "*"))).isEqualTo(403);
        assertThat(status(Tokens.everything().claim("accounts", 1))).isEqualTo(403);
        assertThat(status(Tokens.everything().claim("accounts", Map.of("*", "*"))))
                .isEqualTo(403);
        assertThat(status(Tokens.everything().claim("accounts", List.of(1, List.of("*"), Map.of()))))
                .isEqualTo(403);
        assertThat(status(Tokens.everything().claim("accounts", List.of(1, "*"))))
                .isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource({
        "delete, 200",
        "delete:posts, 200",
        "delete:messages delete:posts, 200",
        "read delete, 200",
        "'delete  delete   delete', 200",
        "' delete ', 200",
        "'', 403",
        "delete:messages, 403",
        "delete:, 403",
        "delete:*, 403",
        "delete:post, 403",
        "DELETE, 403",
        "delete:Posts, 403",
        "'delete,read', 403",
        "deleted, 403",
        "read, 403"
    })
    void scopesNameKinds(String scope, int status) {
        assertThat(status(Tokens.claims(List.of("*"), scope))).isEqualTo(status);
    }

    @Test
    void scopeOfAnotherTypeGrantsNothing() {
        assertThat(status(Tokens.everything().claim("scope", null))).isEqualTo(403);
        assertThat(status(Tokens.everything().claim("scope", 1))).isEqualTo(403);
        assertThat(status(Tokens.everything().claim("scope", true))).isEqualTo(403);
        assertThat(status(Tokens.everything().claim("scope", List.of("delete"))))
                .isEqualTo(403);
        assertThat(status(Tokens.everything().claim("scope", Map.of("delete", true))))
                .isEqualTo(403);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/health", "/health/liveness", "/health/readiness", "/problems", "/problems/refused"})
    void somePlacesNeedNoToken(String path) {
        assertThat(GATEWAY.anonymously("GET", path).status()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/v1/accounts", "/v1/dialects"})
    void lookingAroundNeedsAnyToken(String path) {
        unauthenticated(GATEWAY.anonymously("GET", path));
        assertThat(GATEWAY.anonymously("GET", path, Tokens.bearer(Tokens.claims(List.of(), "")))
                        .status())
                .isEqualTo(200);
    }

    @Test
    void callerSeesTheAccountsItMayUse() {
        Reply some =
                GATEWAY.anonymously("GET", "/v1/accounts", Tokens.bearer(Tokens.claims(List.of("acme-*"), "delete")));
        Reply none = GATEWAY.anonymously("GET", "/v1/accounts", Tokens.bearer(Tokens.claims(List.of(), "delete")));

        assertThat(some.json()).isEqualTo(Reply.json("""
            {"accounts": [{"name": "acme-news", "dialect": "fake", "kinds": ["posts", "messages", "reposts"]}]}\
            """));
        assertThat(none.json()).isEqualTo(Reply.json("{\"accounts\": []}"));
        assertThat(GATEWAY.call("GET", "/v1/accounts").body())
                .contains("acme-news", "other")
                .doesNotContain("c4nary", "***");
    }

    @Test
    void callerSeesEveryDialect() {
        assertThat(GATEWAY.call("GET", "/v1/dialects").json()).isEqualTo(Reply.json("""
            {"dialects": [
              {"id": "fake", "provider": "Fake", "documentation": "https://fake.example/docs",
               "baseUrl": "https://fake.example",
               "kinds": [
                 {"kind": "posts", "idForm": "1 to 19 digits", "visibility": "everyone"},
                 {"kind": "messages", "idForm": "1 to 19 digits", "visibility": "own_view"},
                 {"kind": "reposts", "idForm": "1 to 19 digits", "visibility": "everyone"}],
               "formats": ["json"], "schemes": ["oauth1"], "options": {}}]}\
            """));
    }

    @Test
    void tokensOfAKeySetAreTakenForThisAudienceOnly() throws JOSEException {
        RSAKey key = new RSAKeyGenerator(2048)
                .keyID("k")
                .algorithm(JWSAlgorithm.RS256)
                .generate();
        RSAKey stranger = new RSAKeyGenerator(2048).keyID("k").generate();
        try (var issuer = new Issuer(key);
                GatewayServer gateway = GatewayServer.before(PROVIDER, issuer.trust())) {
            assertThat(status(gateway, rsa(Tokens.everything().audience("unpost"), key)))
                    .isEqualTo(200);
            assertThat(status(gateway, rsa(Tokens.everything().audience(List.of("x", "unpost")), key)))
                    .isEqualTo(200);
            assertThat(status(gateway, rsa(Tokens.everything().audience("x"), key)))
                    .isEqualTo(401);
            assertThat(status(gateway, rsa(Tokens.everything(), key))).isEqualTo(401);
            assertThat(status(
                            gateway, rsa(Tokens.everything().audience("unpost").expirationTime(LONG_AGO), key)))
                    .isEqualTo(401);
            assertThat(status(
                            gateway, rsa(Tokens.everything().audience("unpost").subject(null), key)))
                    .isEqualTo(401);
            assertThat(status(gateway, rsa(Tokens.everything().audience("unpost"), stranger)))
                    .isEqualTo(401);
            assertThat(status(gateway, Tokens.signed(Tokens.everything().audience("unpost"))))
                    .isEqualTo(401);
        }
    }

    @Test
    void tokensOfAKeySetAreTakenOfTheConfiguredIssuerOnly() throws JOSEException {
        RSAKey key = new RSAKeyGenerator(2048).keyID("k").generate();
        try (var issuer = new Issuer(key)) {
            var settings = new HashMap<>(issuer.trust());
            settings.put(ISSUER, LOGIN);
            try (GatewayServer gateway = GatewayServer.before(PROVIDER, settings)) {
                assertThat(ofIssuers(claims -> status(gateway, rsa(claims.audience("unpost"), key))))
                        .containsExactly(200, 401, 401, 401, 401, 401, 401, 401);
            }
        }
    }

    @Test
    void tokensOfASecretAreTakenOfTheConfiguredIssuerOnly() throws JOSEException {
        try (GatewayServer gateway = GatewayServer.before(PROVIDER, Map.of(ISSUER, LOGIN))) {
            assertThat(ofIssuers(claims -> status(gateway, Tokens.signed(claims))))
                    .containsExactly(200, 401, 401, 401, 401, 401, 401, 401);
        }
        assertThat(ofIssuers(claims -> status(GATEWAY, Tokens.signed(claims)))).containsOnly(200);
    }

    @Test
    void tokensOfASecretAreTakenForTheConfiguredAudienceOnly() {
        try (GatewayServer gateway = GatewayServer.before(PROVIDER, Map.of(AUDIENCE, "unpost"))) {
            assertThat(Stream.of(List.of("unpost"), List.of("x", "unpost"), List.of("x"), List.of("Unpost"), NOBODY)
                            .map(audience -> status(
                                    gateway, Tokens.signed(Tokens.everything().audience(audience)))))
                    .containsExactly(200, 200, 401, 401, 401);
        }
    }

    private interface Calls {
        int with(JWTClaimsSet.Builder claims) throws JOSEException;
    }

    /// What is answered to tokens of the configured issuer, of others that resemble it and of none.
    private static List<Integer> ofIssuers(Calls calls) throws JOSEException {
        List<Integer> statuses = new ArrayList<>();
        for (String issuer : new String[] {
            LOGIN, "https://evil.example", LOGIN + "/", "http://login.example", "login.example", "example", "", null
        }) {
            statuses.add(calls.with(Tokens.everything().issuer(issuer)));
        }
        return statuses;
    }

    @Test
    void withoutASecretOrAKeySetTheStartIsRefused() {
        refusedToStart(Map.of(SECRET, ""), "JWT_GENERATOR_SIGNATURE_SECRET", "MICRONAUT_ENVIRONMENTS=sidecar");
    }

    @Test
    void shortSecretIsRefusedAndNotShown() {
        String secret = "c4nary-secret-of-only-31-bytes.";

        refusedToStart(Map.of(SECRET, secret), "JWT_GENERATOR_SIGNATURE_SECRET", "32 bytes");
        refusedToStart(Map.of(PREVIOUS, secret), "JWT_GENERATOR_SIGNATURE_PREVIOUS_SECRET", "32 bytes");
    }

    @Test
    void previousSecretWithoutASuccessorIsRefused() {
        refusedToStart(Map.of(SECRET, "", PREVIOUS, LONG_SECRET), "JWT_GENERATOR_SIGNATURE_PREVIOUS_SECRET", "is not");
    }

    @Test
    void secretIsCountedInBytes() {
        try (GatewayServer gateway = GatewayServer.before(PROVIDER, Map.of(SECRET, "é".repeat(16)))) {
            assertThat(gateway.anonymously("GET", "/health").status()).isEqualTo(200);
        }
    }

    @Test
    void keySetWithoutAnAudienceIsRefused() {
        refusedToStart(
                Map.of(JWKS, "http://127.0.0.1:1/keys"), "micronaut.security.token.jwt.claims-validators.audience");
        refusedToStart(
                Map.of(JWKS, "http://127.0.0.1:1/keys", AUDIENCE, ""),
                "micronaut.security.token.jwt.claims-validators.audience");
    }

    private static void refusedToStart(Map<String, Object> settings, String... words) {
        assertThatThrownBy(() -> GatewayServer.before(PROVIDER, settings).close())
                .rootCause()
                .isInstanceOf(ConfigurationException.class)
                .message()
                .contains(words)
                .doesNotContain("c4nary");
    }

    private static void refused(String token) {
        Reply reply = GATEWAY.anonymously("DELETE", PATH, Tokens.bearer(token));

        unauthenticated(reply);
        assertThat(reply.header("WWW-Authenticate")).isEqualTo("Bearer error=\"invalid_token\"");
    }

    private static void unauthenticated(Reply reply) {
        assertThat(reply.status()).isEqualTo(401);
        assertThat(reply.header("Content-Type")).isEqualTo("application/problem+json");
        assertThat(reply.at("/code")).isEqualTo("unauthenticated");
        assertThat(reply.header("WWW-Authenticate")).startsWith("Bearer");
        assertThat(PROVIDER.sent()).isEmpty();
    }

    private static int status(JWTClaimsSet.Builder claims) {
        return status(GATEWAY, Tokens.signed(claims));
    }

    private static int status(GatewayServer gateway, String token) {
        return gateway.anonymously("DELETE", PATH, Tokens.bearer(token)).status();
    }

    private static String rsa(JWTClaimsSet.Builder claims, RSAKey key) throws JOSEException {
        var header = new JWSHeader.Builder(JWSAlgorithm.RS256).keyID("k").build();
        return Tokens.signed(claims, header, new RSASSASigner(key));
    }
}
