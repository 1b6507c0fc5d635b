package io.unpost.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.micronaut.context.ApplicationContext;
import io.unpost.dialect.DeleteCommand;
import io.unpost.dialect.Dialect;
import io.unpost.dialect.Kind;
import io.unpost.dialect.Options;
import io.unpost.dialect.WireRequest;
import io.unpost.gateway.accounts.Credentials.OAuth1;
import io.unpost.gateway.accounts.Dialects;
import io.unpost.gateway.accounts.Secret;
import io.unpost.gateway.engine.SignedRequest;
import io.unpost.gateway.engine.Signers;
import io.unpost.gateway.engine.Transport;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import twitter4j.Twitter;
import twitter4j.TwitterException;
import twitter4j.v1.TwitterV1;

/// Twitter4J, asked for the same deletes, sends what we send, but for what is listed here.
@Timeout(60)
final class TwitterClientsTest {

    private static final String POST = "240854986559455234";
    private static final String REPOST = "241259202004267009";
    private static final String MESSAGE = "938178981337088004";

    /// Nothing is read from entities, and Twitter sends them unless told not to.
    private static final String ENTITIES = "theirs: body include_entities=true";

    /// Nothing is read from what describes a picture.
    private static final String DESCRIPTIONS = "theirs: body include_ext_alt_text=true";

    private static final Duration AMPLE = Duration.ofSeconds(20);

    private static Recorder recorder;
    private static ApplicationContext gateway;

    @FunctionalInterface
    interface Call {
        void to(TwitterV1 client) throws TwitterException;
    }

    /// One delete, as each of the two is asked for it.
    ///
    /// @param differences what only one of the two sends
    record Same(DeleteCommand ours, Call theirs, List<String> differences) {

        @Override
        public String toString() {
            return ours.toString();
        }
    }

    @BeforeAll
    static void start() throws IOException {
        recorder = new Recorder();
        gateway = ApplicationContext.run();
    }

    @AfterAll
    static void stop() throws IOException {
        gateway.close();
        recorder.close();
    }

    static Stream<Same> deletes() {
        Call post = client -> client.tweets().destroyStatus(Long.parseLong(POST));
        Call repost = client -> client.tweets().unRetweetStatus(Long.parseLong(REPOST));
        Call message = client -> client.directMessages().destroyDirectMessage(Long.parseLong(MESSAGE));
        List<String> more = List.of(ENTITIES, DESCRIPTIONS);
        return Stream.of(
                new Same(new DeleteCommand(Kind.POSTS, POST), post, more),
                new Same(new DeleteCommand(Kind.REPOSTS, REPOST), repost, more),
                new Same(new DeleteCommand(Kind.MESSAGES, MESSAGE), message, List.of()));
    }

    @ParameterizedTest
    @MethodSource("deletes")
    void twitter4jDiffersInNothingElse(Same same) throws Exception {
        same.theirs().to(twitter4j());
        List<String> theirs = recorder.take();
        send(encoded(same.ours()));
        List<String> ours = recorder.take();

        assertThat(Stream.concat(only("theirs: ", theirs, ours), only("ours: ", ours, theirs)))
                .containsExactlyInAnyOrderElementsOf(same.differences());
        assertThat(recorder.isEmpty()).isTrue();
    }

    /// As it is when nothing else is asked of it.
    private static TwitterV1 twitter4j() {
        var address = new Properties();
        address.setProperty("restBaseURL", recorder.address() + "/1.1/");
        var builder = Twitter.newBuilder();
        builder.load(address);
        builder.oAuthConsumer(Provider.CONSUMER_KEY, Provider.CONSUMER_SECRET);
        builder.oAuthAccessToken(Provider.TOKEN, Provider.TOKEN_SECRET);
        return builder.build().v1();
    }

    private static WireRequest encoded(DeleteCommand command) {
        Dialect dialect = gateway.getBean(Dialects.class).find("twitter-v1.1").orElseThrow();
        return dialect.encode(command, Options.defaultsOf(dialect.facts().options()));
    }

    private static void send(WireRequest request) {
        var credentials = new OAuth1(
                new Secret(Provider.CONSUMER_KEY),
                new Secret(Provider.CONSUMER_SECRET),
                new Secret(Provider.TOKEN),
                new Secret(Provider.TOKEN_SECRET));
        SignedRequest signed =
                gateway.getBean(Signers.class).of(credentials).sign(request, URI.create(recorder.address()));
        gateway.getBean(Transport.class).send(signed, AMPLE, AMPLE);
    }

    private static Stream<String> only(String whose, List<String> lines, List<String> others) {
        var rest = new ArrayList<>(lines);
        others.forEach(rest::remove);
        return rest.stream().map(line -> whose + line);
    }
}
