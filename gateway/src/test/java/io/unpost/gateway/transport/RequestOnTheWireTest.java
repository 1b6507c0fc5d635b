package io.unpost.gateway.transport;

import static io.unpost.gateway.transport.TransportFixture.AMPLE;
import static org.assertj.core.api.Assertions.assertThat;

import io.micronaut.context.ApplicationContext;
import io.micronaut.http.client.HttpClient;
import io.unpost.dialect.WireRequest.Method;
import io.unpost.gateway.engine.Exchange;
import io.unpost.gateway.engine.Exchange.Answered;
import io.unpost.gateway.engine.SignedRequest;
import io.unpost.gateway.engine.Transport;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class RequestOnTheWireTest {

    private final TransportFixture gateway = new TransportFixture();
    private Upstream upstream;

    @BeforeEach
    void start() throws IOException {
        upstream = new Upstream(connection -> {
            while (true) {
                connection.read();
                connection.send(TransportFixture.OK);
            }
        });
    }

    @AfterEach
    void stop() throws IOException {
        upstream.close();
        gateway.close();
    }

    @Test
    void formIsSentByteForByte() throws InterruptedException {
        var request = new SignedRequest(
                Method.POST,
                upstream.uri("/1.1/statuses/destroy/1%2F2.json?a=%20b&c=d+e"),
                Map.of(
                        "Authorization", "OAuth oauth_nonce=\"1\"",
                        "Content-Type", "application/x-www-form-urlencoded"),
                "id=1%2F2&x=a+b%7E");

        Exchange exchange = gateway.transport.send(request, AMPLE, AMPLE);

        assertThat(exchange).isInstanceOf(Answered.class);
        String[] sent = upstream.request().split("\r\n\r\n", -1);
        assertThat(sent[0].split("\r\n"))
                .startsWith("POST /1.1/statuses/destroy/1%2F2.json?a=%20b&c=d+e HTTP/1.1")
                .containsExactlyInAnyOrder(
                        "POST /1.1/statuses/destroy/1%2F2.json?a=%20b&c=d+e HTTP/1.1",
                        "Host: localhost:" + upstream.uri("/").getPort(),
                        "User-Agent: unpost/dev",
                        "Accept: */*",
                        "Authorization: OAuth oauth_nonce=\"1\"",
                        "Content-Type: application/x-www-form-urlencoded",
                        "content-length: 17",
                        "connection: keep-alive");
        assertThat(sent[1]).isEqualTo("id=1%2F2&x=a+b%7E");
    }

    @Test
    void deleteHasNoBody() throws InterruptedException {
        gateway.send(upstream.uri("/2/tweets/1"));

        assertThat(upstream.request())
                .startsWith("DELETE /2/tweets/1 HTTP/1.1\r\n")
                .endsWith("\r\n\r\n")
                .doesNotContainIgnoringCase("content-length", "transfer-encoding", "content-type");
    }

    @Test
    void postWithoutFormHasAnEmptyBody() throws InterruptedException {
        gateway.transport.send(
                new SignedRequest(Method.POST, upstream.uri("/1.1/destroy/1.json"), Map.of(), ""), AMPLE, AMPLE);

        assertThat(upstream.request())
                .contains("\r\ncontent-length: 0\r\n")
                .endsWith("\r\n\r\n")
                .doesNotContainIgnoringCase("transfer-encoding", "content-type");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/a%2Fb;c=1/~d*e'f!(g)@:$&,=+",
                "/%e2%82%AC?q=%2B+%20&r='*~;/?:@",
                "/a%00b%0D%0A",
                "/a?",
                "/http://other/b"
            })
    void pathAndQueryAreSentAsTheyAre(String target) throws InterruptedException {
        gateway.send(upstream.uri(target));

        assertThat(upstream.request()).startsWith("DELETE " + target + " HTTP/1.1\r\n");
    }

    @Test
    void emptyPathIsTheRoot() throws InterruptedException {
        gateway.send(upstream.uri(""));

        assertThat(upstream.request()).startsWith("DELETE / HTTP/1.1\r\n");
    }

    @Test
    void connectionIsUsedAgain() {
        gateway.send(upstream.uri("/1"));
        gateway.send(upstream.uri("/2"));
        gateway.send(upstream.uri("/3"));

        assertThat(upstream.connections()).isEqualTo(1);
        assertThat(upstream.unreadRequests()).isEqualTo(3);
    }

    @Test
    void cookiesAreNotKept() throws Exception {
        try (var jar = new Upstream(connection -> {
            while (true) {
                connection.read();
                connection.send("HTTP/1.1 200 OK\r\nSet-Cookie: a=b\r\nContent-Length: 0\r\n\r\n");
            }
        })) {
            gateway.send(jar.uri("/1"));
            gateway.send(jar.uri("/2"));

            jar.request();
            assertThat(jar.request()).doesNotContainIgnoringCase("cookie");
        }
    }

    @Test
    void othersClientsInThisProcessAreLeftAlone() throws Exception {
        try (var client = HttpClient.create(upstream.uri("/").toURL())) {
            assertThat(client.toBlocking().retrieve("/x")).isEqualTo("{}");
        }
        try (var context = ApplicationContext.run()) {
            context.getBean(Transport.class);
            String url = upstream.uri("/y").toString();

            assertThat(context.getBean(HttpClient.class).toBlocking().retrieve(url))
                    .isEqualTo("{}");
        }
    }
}
