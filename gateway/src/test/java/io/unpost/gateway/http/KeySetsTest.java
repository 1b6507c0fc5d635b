package io.unpost.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Identity providers that fail, and that change their keys.
final class KeySetsTest {

    private static final FakeProvider PROVIDER = new FakeProvider();

    private final RSAKey first = key("first");
    private final RSAKey second = key("second");
    private final Issuer issuer = new Issuer(first);
    private GatewayServer gateway;

    @BeforeEach
    void start() {
        gateway = GatewayServer.before(PROVIDER, issuer.trust());
        PROVIDER.deletes("7");
    }

    @AfterEach
    void stop() {
        gateway.close();
        issuer.close();
    }

    @Test
    void lastGoodKeysAreKeptWhileThereAreNoOthers() {
        assertThat(called(first)).isEqualTo(200);

        issuer.answers(500, "");
        assertThat(called(first)).isEqualTo(200);
        issuer.answers(200, "<html>maintenance</html>");
        assertThat(called(first)).isEqualTo(200);
        issuer.close();
        assertThat(called(first)).isEqualTo(200);
        assertThat(called(second)).isEqualTo(401);
    }

    @Test
    void keySetWithoutAKeyIsTakenAtItsWord() {
        assertThat(called(first)).isEqualTo(200);
        issuer.gives();
        assertThat(called(first)).isEqualTo(401);

        issuer.answers(500, "");
        assertThat(called(first)).isEqualTo(401);
    }

    @Test
    void keysAreNotKeptForEver() {
        assertThat(called(first)).isEqualTo(200);
        issuer.answers(500, "");
        assertThat(called(first)).isEqualTo(200);
        PROVIDER.time().forget();

        assertThat(called(first)).isEqualTo(401);
    }

    @Test
    void keysThatWereReplacedAreTakenNoMore() {
        assertThat(called(first)).isEqualTo(200);
        issuer.gives(second);

        assertThat(called(second)).isEqualTo(200);
        assertThat(called(first)).isEqualTo(401);
    }

    @Test
    void tokensAreRefusedUntilThereAreKeys() {
        issuer.answers(503, "");
        assertThat(called(first)).isEqualTo(401);
        issuer.gives(first);

        assertThat(called(first)).isEqualTo(200);
    }

    private int called(RSAKey key) {
        PROVIDER.time().forgetTokens();
        String token;
        try {
            token = Tokens.signed(
                    Tokens.everything().audience("unpost"),
                    new JWSHeader.Builder(JWSAlgorithm.RS256)
                            .keyID(key.getKeyID())
                            .build(),
                    new RSASSASigner(key));
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
        return gateway.anonymously("DELETE", "/v1/accounts/acme-news/posts/7", Tokens.bearer(token))
                .status();
    }

    private static RSAKey key(String id) {
        try {
            return new RSAKeyGenerator(2048)
                    .keyID(id)
                    .algorithm(JWSAlgorithm.RS256)
                    .generate();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }
}
