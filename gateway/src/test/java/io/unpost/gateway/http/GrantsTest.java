package io.unpost.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jwt.JWTClaimsSet;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/// Callers whose grants stand in the gateway's settings.
final class GrantsTest {

    private static final String ISSUER = "https://login.example.com";
    private static final FakeProvider PROVIDER = new FakeProvider();
    private static final Map<String, Object> GRANT =
            Map.of("iss", ISSUER, "sub", "erasure", "accounts", List.of("acme-*"), "scope", "delete:posts");
    private static final GatewayServer GATEWAY =
            GatewayServer.before(PROVIDER, Map.of("unpost.grants", List.of(GRANT)));

    @AfterAll
    static void stop() {
        GATEWAY.close();
    }

    @BeforeEach
    void delete() {
        PROVIDER.deletes("7");
    }

    @ParameterizedTest
    @CsvSource({
        "https://login.example.com, erasure, /v1/accounts/acme-news/posts/7, 200",
        "https://login.example.com, erasure, /v1/accounts/acme-news/messages/7, 403",
        "https://login.example.com, erasure, /v1/accounts/other/posts/7, 403",
        "https://login.example.com, somebody, /v1/accounts/acme-news/posts/7, 403",
        "https://login.example.com/, erasure, /v1/accounts/acme-news/posts/7, 403",
        ", erasure, /v1/accounts/acme-news/posts/7, 403",
    })
    void grantIsForTheVeryIssuerAndSubject(String issuer, String subject, String path, int status) {
        var claims = new JWTClaimsSet.Builder().issuer(issuer).subject(subject).expirationTime(Tokens.FAR_OFF);

        assertThat(GATEWAY.anonymously("DELETE", path, Tokens.bearer(claims)).status())
                .isEqualTo(status);
    }

    @Test
    void grantTakesThePlaceOfWhatTheTokenSays() {
        var claims = Tokens.everything().issuer(ISSUER).subject("erasure");

        assertThat(GATEWAY.anonymously("DELETE", "/v1/accounts/other/posts/7", Tokens.bearer(claims))
                        .status())
                .isEqualTo(403);
    }

    @Test
    void othersHaveWhatTheirTokensSay() {
        assertThat(GATEWAY.delete("/v1/accounts/acme-news/posts/7").status()).isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource({
        "jwks.other.url, https://login.example.com/keys",
        "jwks-static.other.path, keys.json",
        "secret.other.secret, another-secret-for-tests-of-32-bytes-or-more"
    })
    void grantsAreForOneSignerOnly(String setting, String value) {
        Map<String, Object> settings = Map.of(
                "unpost.grants",
                List.of(GRANT),
                "micronaut.security.token.jwt.signatures." + setting,
                value,
                "micronaut.security.token.jwt.claims-validators.audience",
                "unpost");

        assertThatThrownBy(() -> GatewayServer.before(PROVIDER, settings))
                .rootCause()
                .isInstanceOf(StartRefused.class)
                .hasMessageStartingWith("With unpost.grants have one key set");
    }

    @Test
    void signerMayChangeItsSecret() {
        Map<String, Object> settings = Map.of(
                "unpost.grants",
                List.of(GRANT),
                "jwt.generator.signature.previous-secret",
                "another-secret-for-tests-of-32-bytes-or-more");
        var claims =
                new JWTClaimsSet.Builder().issuer(ISSUER).subject("erasure").expirationTime(Tokens.FAR_OFF);

        try (GatewayServer gateway = GatewayServer.before(PROVIDER, settings)) {
            String old = Tokens.signed(claims, JWSAlgorithm.HS256, "another-secret-for-tests-of-32-bytes-or-more");
            assertThat(gateway.anonymously("DELETE", "/v1/accounts/acme-news/posts/7", Tokens.bearer(old))
                            .status())
                    .isEqualTo(200);
        }
    }

    static List<List<Map<String, Object>>> wrong() {
        return List.of(
                List.of(Map.of("iss", ISSUER, "sub", "a", "accounts", List.of("*"))),
                List.of(Map.of("iss", ISSUER, "sub", "a", "accounts", "*", "scope", "delete")),
                List.of(Map.of("iss", ISSUER, "sub", "a", "accounts", List.of(1), "scope", "delete")),
                List.of(Map.of("iss", ISSUER, "sub", "a", "accounts", List.of("*"), "scopes", "delete")),
                List.of(GRANT, GRANT));
    }

    @ParameterizedTest
    @MethodSource("wrong")
    void wrongGrantStopsTheStart(List<Map<String, Object>> grants) {
        assertThatThrownBy(() -> GatewayServer.before(PROVIDER, Map.of("unpost.grants", grants)))
                .hasRootCauseInstanceOf(StartRefused.class)
                .rootCause()
                .hasMessageStartingWith("unpost.grants[");
    }
}
