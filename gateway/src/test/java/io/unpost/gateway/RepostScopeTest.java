package io.unpost.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.unpost.gateway.http.Tokens;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// A repost on Weibo is a post there, so that it takes the grant for posts, and no other.
@Timeout(60)
final class RepostScopeTest {

    @TempDir
    private static Path folder;

    private static Provider twitter;
    private static Provider weibo;
    private static Gateway gateway;

    @BeforeAll
    static void start() throws IOException {
        twitter = new Provider();
        weibo = Provider.weibo();
        gateway = Gateway.with("server", folder, Form.accounts(twitter, weibo, ""), Map.of());
    }

    @AfterAll
    static void stop() throws IOException {
        gateway.close();
        twitter.close();
        weibo.close();
    }

    @ParameterizedTest
    @CsvSource({
        "weibo-basic-post-json, delete:reposts, 403",
        "weibo-oauth1-delete-xml, delete:reposts, 403",
        "weibo-basic-post-json, delete:messages delete:reposts, 403",
        "weibo-basic-post-json, delete:posts, 200",
        "weibo-oauth1-delete-xml, delete:posts, 200",
        "weibo-basic-post-json, delete, 200",
        "twitter, delete:reposts, 200",
        "twitter, delete:posts, 403"
    })
    void repostTakesTheGrantOfWhatItIs(String account, String scope, int status) {
        Provider provider = account.equals("twitter") ? twitter : weibo;
        String id = Form.ofTwitter().getFirst().newId();
        String token = Tokens.signed(Tokens.claims(List.of("*"), scope));

        Told told = gateway.deleteAt(account + "/reposts/" + id, "Authorization", "Bearer " + token);

        assertThat(told.status()).isEqualTo(status);
        assertThat(told.what()).isEqualTo(status == 200 ? "deleted" : "forbidden");
        assertThat(provider.sends(id)).isEqualTo(status == 200 ? 1 : 0);
    }
}
