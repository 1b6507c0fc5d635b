package io.unpost.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Which refusal comes first where there are several reasons for one.
final class RefusalOrderTest {

    private static final FakeProvider PROVIDER = new FakeProvider();
    private static final GatewayServer GATEWAY = GatewayServer.before(PROVIDER);

    @AfterAll
    static void stop() {
        GATEWAY.close();
    }

    @BeforeEach
    void mustNotBeCalled() {
        PROVIDER.plays();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/v1/accounts/acme-news/posts/7",
                "/v1/accounts/acme-none/posts/7",
                "/v1/accounts/acme-news/likes/7",
                "/v1/accounts/acme-news/posts/x?dry_run=maybe"
            })
    void unauthenticatedComesFirst(String path) {
        Reply reply = GATEWAY.anonymously("DELETE", path);

        assertThat(reply.status()).isEqualTo(401);
        assertThat(reply.at("/code")).isEqualTo("unauthenticated");
    }

    @ParameterizedTest
    @CsvSource({
        // the account
        "other, delete, /v1/accounts/acme-news/posts/7",
        "other, delete, /v1/accounts/acme-none/posts/7",
        "other, delete, /v1/accounts/acme-news/likes/7",
        "other, delete, /v1/accounts/acme-news/posts/x",
        // the kind
        "acme-*, delete:messages, /v1/accounts/acme-news/posts/7",
        "acme-*, delete:messages, /v1/accounts/acme-none/posts/7",
        "acme-*, delete:messages, /v1/accounts/acme-news/likes/7",
        "acme-*, delete:messages, /v1/accounts/acme-news/posts/7?dryrun=1"
    })
    void forbiddenComesSecond(String account, String scope, String path) {
        Reply reply = GATEWAY.anonymously("DELETE", path, Tokens.bearer(Tokens.claims(List.of(account), scope)));

        assertThat(reply.status()).isEqualTo(403);
        assertThat(reply.at("/code")).isEqualTo("forbidden");
        assertThat(reply.at("/attempts")).isEqualTo("0");
        assertThat(reply.json().has("dialect")).isFalse();
        assertThat(reply.json().has("provider")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"posts/7", "reposts/7", "likes/7", "posts/x", "posts/7?dry_run=true", "posts/%FF"})
    void forbiddenDoesNotTellWhetherThereIsSuchAnAccount(String rest) {
        for (String scope : List.of("delete", "delete:messages", "")) {
            var claims = Tokens.claims(scope.equals("delete") ? List.of("else") : List.of("acme-*"), scope);
            String[] lines = {
                Tokens.bearer(claims), "X-Request-Id: r", "traceparent: 00-0af7651916cd43dd8448eb211c80319c-b7-00"
            };

            Reply known = GATEWAY.anonymously("DELETE", "/v1/accounts/acme-news/" + rest, lines);
            Reply unknown = GATEWAY.anonymously("DELETE", "/v1/accounts/acme-none/" + rest, lines);

            assertThat(known.status()).isEqualTo(403);
            assertThat(unknown.body().replace("acme-none", "acme-news")).isEqualTo(known.body());
            assertThat(withoutDate(unknown)).isEqualTo(withoutDate(known));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/v1/accounts/acme-none/posts/7",
                "/v1/accounts/acme-none/likes/7",
                "/v1/accounts/acme-none/posts/x?dryrun=1",
                // no account can have such a name, and every grant of * matches it
                "/v1/accounts/Acme_News/posts/7",
                "/v1/accounts/acme%2Fnews/posts/7",
                "/v1/accounts/%0D%0A/posts/7",
                "/v1/accounts/%FF/posts/7"
            })
    void unknownAccountComesThird(String path) {
        Reply reply = GATEWAY.delete(path);

        assertThat(reply.status()).isEqualTo(404);
        assertThat(reply.at("/code")).isEqualTo("unknown_account");
        assertThat(reply.at("/mayBeGone")).isEqualTo("false");
    }

    @Test
    void unsupportedKindComesFourthAndSaysWhichThereAre() {
        Reply reply = GATEWAY.delete("/v1/accounts/acme-news/collections/!?dryrun=1");

        assertThat(reply.status()).isEqualTo(422);
        assertThat(reply.at("/code")).isEqualTo("unsupported_kind");
        assertThat(reply.at("/detail")).contains("posts, messages, reposts");
        assertThat(reply.at("/dialect")).isEqualTo("fake");
        assertThat(reply.at("/attempts")).isEqualTo("0");
        assertThat(reply.json().has("provider")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"Posts", "post", "po%73ts%20", "%70osts%00", "%FF"})
    void kindsAreExact(String kind) {
        assertThat(GATEWAY.delete("/v1/accounts/acme-news/" + kind + "/7").status())
                .isEqualTo(422);
    }

    @Test
    void wrongIdComesFifthAndSaysWhatIsRight() {
        Reply reply = GATEWAY.delete("/v1/accounts/acme-news/posts/7x");

        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.at("/code")).isEqualTo("invalid_request");
        assertThat(reply.at("/detail")).contains("1 to 19 digits");
        assertThat(reply.at("/id")).isEqualTo("7x");
        assertThat(reply.json().has("provider")).isFalse();
    }

    @Test
    void repostsAreGrantedAsPostsWhereTheDialectSaysSo() {
        PROVIDER.deletes("7");
        String posts = Tokens.bearer(Tokens.claims(List.of("acme-news"), "delete:posts"));
        String reposts = Tokens.bearer(Tokens.claims(List.of("acme-news"), "delete:reposts"));

        assertThat(GATEWAY.anonymously("DELETE", "/v1/accounts/acme-news/reposts/7", posts)
                        .status())
                .isEqualTo(200);
        assertThat(GATEWAY.anonymously("DELETE", "/v1/accounts/acme-news/reposts/7", reposts)
                        .status())
                .isEqualTo(403);
        assertThat(GATEWAY.anonymously("DELETE", "/v1/accounts/acme-news/posts/7", reposts)
                        .status())
                .isEqualTo(403);
    }

    private static Map<String, List<String>> withoutDate(Reply reply) {
        var headers = new TreeMap<>(reply.headers());
        headers.keySet().removeIf("date"::equalsIgnoreCase);
        return headers;
    }
}
