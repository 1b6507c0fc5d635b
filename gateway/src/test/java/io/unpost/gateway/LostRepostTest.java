package io.unpost.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A retweet whose delete got no answer.
@Timeout(60)
final class LostRepostTest {

    @TempDir
    private Path folder;

    private Provider twitter;
    private Gateway gateway;

    @BeforeEach
    void start() throws IOException {
        twitter = new Provider();
        gateway = Gateway.sidecar(folder, Gateway.accounts(twitter, Map.of(Form.TWITTER, "")));
    }

    @AfterEach
    void stop() throws IOException {
        gateway.close();
        twitter.close();
    }

    /// The tweet that was named may be no retweet, and then nothing was done: now or before.
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void sameTweetAfterALostAnswerLeavesItOpen(boolean done) {
        Form reposts = Form.ofTwitter().get(1);
        String id = reposts.newId();
        twitter.does(call -> {
            if (!call.first()) {
                call.answer(200, Tweets.tweet(call.id()));
                return;
            }
            if (done) {
                call.commit();
            }
            call.reset();
        });

        Told told = gateway.deleteAt(reposts.path(id));

        assertThat(told.status()).isEqualTo(504);
        assertThat(told.what()).isEqualTo("outcome_unknown");
        assertThat(told.at("/outcome")).isEqualTo("unknown");
        assertThat(told.at("/mayBeGone")).isEqualTo("true");
        assertThat(told.at("/detail")).contains("may have reached the provider", "by its own id");
        assertThat(told.at("/provider/status")).isEqualTo("200");
        assertThat(twitter.sends(id)).isEqualTo(2);
    }
}
