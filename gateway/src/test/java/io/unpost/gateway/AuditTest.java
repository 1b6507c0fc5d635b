package io.unpost.gateway;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.micronaut.context.annotation.Requires;
import io.micronaut.context.event.BeanCreatedEvent;
import io.micronaut.context.event.BeanCreatedEventListener;
import io.micronaut.http.server.netty.NettyServerCustomizer;
import io.micronaut.http.server.netty.NettyServerCustomizer.Registry;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.unpost.gateway.audit.AuditLines;
import io.unpost.gateway.audit.AuditLog;
import io.unpost.gateway.http.Tokens;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// What stands in the audit log, and when.
@Timeout(60)
final class AuditTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String LONG = "timeouts: {connect: 20s, attempt: 20s, call: 20s}";

    @TempDir
    private Path temp;

    private Path folder;
    private Path file;
    private Provider provider;
    private Gateway gateway;

    @BeforeEach
    void start() throws IOException {
        folder = Files.createDirectory(temp.resolve("audit"));
        file = folder.resolve("audit.log");
        provider = new Provider();
        gateway = gateway("sidecar", Map.of("unpost.audit.file", file.toString()));
    }

    private Gateway gateway(String environments, Map<String, Object> settings) throws IOException {
        return Gateway.with(environments, temp, Gateway.accounts(provider, Map.of("acme", LONG)), settings);
    }

    /// Begins anew with an audit log that can be waited for.
    private AuditLines restarted(Map<String, Object> settings) throws IOException {
        gateway.close();
        gateway = gateway("sidecar", settings);
        return gateway.context().getBean(AuditLines.class);
    }

    @AfterEach
    void stop() throws IOException {
        gateway.close();
        provider.close();
    }

    @Test
    void intentIsThereBeforeTheProviderSeesAnything() throws Exception {
        var seen = new LinkedBlockingQueue<String>();
        provider.does(call -> {
            seen.add(Files.readString(file));
            call.obey();
        });

        gateway.delete("acme", "1001", "X-Request-Id", "r-1", "traceparent", "00-abc-def-01");

        String line = seen.take();
        assertThat(line).endsWith("}\n");
        JsonNode intent = json(line);
        assertThat(intent.get("event").asText()).isEqualTo("intent");
        assertThat(intent.get("caller").asText()).isEqualTo("local");
        assertThat(intent.get("issuer").isNull()).isTrue();
        assertThat(intent.get("account").asText()).isEqualTo("acme");
        assertThat(intent.get("kind").asText()).isEqualTo("posts");
        assertThat(intent.get("id").asText()).isEqualTo("1001");
        assertThat(intent.get("requestId").asText()).isEqualTo("r-1");
        assertThat(intent.get("trace").asText()).isEqualTo("00-abc-def-01");
    }

    @Test
    void outcomeIsThereBeforeTheAnswer() throws IOException {
        for (int id = 1; id <= 50; id++) {
            Told told = gateway.delete("acme", "" + id, "X-Request-Id", "r-" + id);

            assertThat(outcome("r-" + id).get("outcome").asText()).isEqualTo(told.at("/outcome"));
        }
    }

    @Test
    void outcomeSaysWhatTheCallerIsTold() throws IOException {
        provider.isForeign("20");
        provider.does(call -> {
            if (call.id().equals("30") && call.first()) {
                call.commit();
                call.reset();
            } else if (call.id().equals("40")) {
                call.answer(500, "");
            } else {
                call.obey();
            }
        });

        List<String> told = new ArrayList<>();
        for (String id : List.of("10", "10", "20", "30", "40")) {
            gateway.delete("acme", id, "X-Request-Id", "r-" + told.size(), "Prefer", "return=minimal");
            JsonNode line = outcome("r-" + told.size());
            told.add(line.get("outcome").asText() + " " + line.get("evidence").asText() + " "
                    + line.get("code").asText() + " " + line.get("attempts") + " " + line.get("provider"));
        }

        assertThat(told)
                .containsExactly(
                        "deleted echo null 1 {\"status\":200,\"code\":null}",
                        "already_gone absence null 1 {\"status\":404,\"code\":\"144\"}",
                        "not_deleted null not_owner 1 {\"status\":403,\"code\":\"183\"}",
                        "deleted absence null 2 {\"status\":404,\"code\":\"144\"}",
                        "unknown null outcome_unknown 3 {\"status\":500,\"code\":null}");
    }

    @Test
    void callersWhoShareADeleteHaveLinesOfTheirOwn() throws Exception {
        restarted(Map.of(SameTimeTest.Watched.PROPERTY, true));
        var release = new CountDownLatch(1);
        provider.does(call -> {
            release.await();
            call.obey();
        });
        List<Future<Told>> calls = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            calls.add(gateway.deleteLater("acme", "1001", "X-Request-Id", "caller-" + i));
        }
        gateway.context().getBean(SameTimeTest.Watched.class).awaitCallersUnderWay(8);
        release.countDown();
        for (Future<Told> call : calls) {
            call.get();
        }

        assertThat(provider.sends("1001")).isEqualTo(1);
        for (int i = 0; i < 8; i++) {
            String requestId = "caller-" + i;
            assertThat(events(requestId)).containsExactly("intent", "outcome");
            assertThat(outcome(requestId).get("outcome").asText()).isEqualTo("deleted");
        }
    }

    @Test
    void callerWhoLeavesIsAuditedToTheEnd() throws Exception {
        AuditLines audit = restarted(Map.of(Leavers.PROPERTY, true));
        var release = new CountDownLatch(1);
        provider.does(call -> {
            release.await();
            call.obey();
        });
        int port;
        try (var caller =
                new Socket(InetAddress.getLoopbackAddress(), gateway.address().getPort())) {
            port = caller.getLocalPort();
            caller.getOutputStream().write("""
                DELETE /v1/accounts/acme/posts/1001 HTTP/1.1\r
                Host: localhost\r
                X-Request-Id: left\r
                \r
                """.getBytes(US_ASCII));
            assertThat(provider.nextArrival()).isEqualTo("1001");
            caller.setSoLinger(true, 0);
        }
        gateway.context().getBean(Leavers.class).await(port);
        release.countDown();
        audit.await(2);

        assertThat(provider.ledger()).containsKey("1001");
        assertThat(events("left")).containsExactly("intent", "outcome");
        assertThat(outcome("left").get("outcome").asText()).isEqualTo("deleted");
        assertThat(outcome("left").get("evidence").asText()).isEqualTo("echo");
    }

    @Test
    void whatIsNeverTriedIsNotAudited() throws IOException {
        gateway.delete("acme", "1001?dry_run=true");
        gateway.delete("acme", "abc");
        gateway.delete("acme", "1001?dryrun=true");
        gateway.delete("nobody", "1001");
        gateway.deleteAt("acme/likes/1001");

        assertThat(lines()).isEmpty();
    }

    @Test
    void nothingIsSentWhereTheIntentCannotBeWritten() throws IOException {
        Files.delete(file);
        Files.delete(folder);
        List<String> logged;
        List<Told> told = new ArrayList<>();
        try (var logs = Logs.of(Map.of())) {
            for (int id = 1; id <= 5; id++) {
                told.add(gateway.delete("acme", "" + id));
            }
            logged = logs.lines();
        }

        assertThat(told).allSatisfy(answer -> {
            assertThat(answer.status()).isEqualTo(503);
            assertThat(answer.at("/code")).isEqualTo("overloaded");
            assertThat(answer.at("/outcome")).isEqualTo("not_deleted");
            assertThat(answer.at("/mayBeGone")).isEqualTo("false");
            assertThat(answer.at("/attempts")).isEqualTo("0");
            assertThat(answer.at("/detail"))
                    .contains("audit log", "nothing was sent")
                    .doesNotContain("/");
            assertThat(answer.header("Retry-After")).isEqualTo("60");
        });
        assertThat(provider.ledger()).isEmpty();
        assertThat(logged).filteredOn(line -> line.startsWith("ERROR")).hasSize(1);
        assertThat(gateway.context().getBean(AuditLog.class).failures()).isEqualTo(5);

        Files.createDirectory(folder);
        assertThat(gateway.delete("acme", "1").at("/outcome")).isEqualTo("deleted");
        assertThat(lines()).hasSize(2);
    }

    @Test
    void callerIsToldTheTruthWhereTheOutcomeCannotBeWritten() throws Exception {
        provider.does(call -> {
            Files.delete(file);
            Files.delete(folder);
            call.obey();
        });
        List<String> logged;
        Told told;
        try (var logs = Logs.of(Map.of())) {
            told = gateway.delete("acme", "1001");
            logged = logs.lines();
        }

        assertThat(told.status()).isEqualTo(200);
        assertThat(told.at("/evidence")).isEqualTo("echo");
        assertThat(logged)
                .filteredOn(line -> line.startsWith("ERROR") && line.contains("\"event\":\"outcome\""))
                .singleElement()
                .asString()
                .contains("\"id\":\"1001\"", "\"outcome\":\"deleted\"");
        assertThat(gateway.context().getBean(AuditLog.class).failures()).isEqualTo(1);
    }

    @Test
    void callerAndIssuerOfATokenAreNamed() throws IOException {
        gateway.close();
        gateway = gateway("server", Map.of("unpost.audit.file", file.toString()));
        String forged = "app\n{\"log\":\"audit\",\"event\":\"outcome\",\"caller\":\"somebody else\"}\u2028";
        String token = Tokens.signed(Tokens.everything().subject(forged).issuer("https://issuer.example"));

        gateway.delete("acme", "1001", "Authorization", "Bearer " + token);

        assertThat(lines()).hasSize(2).allSatisfy(line -> {
            assertThat(line.get("caller").asText()).isEqualTo(forged);
            assertThat(line.get("issuer").asText()).isEqualTo("https://issuer.example");
        });
        assertThat(Files.readString(file)).doesNotContain(token);
    }

    private JsonNode outcome(String requestId) throws IOException {
        return lines().stream()
                .filter(line -> line.get("requestId").asText().equals(requestId))
                .filter(line -> line.get("event").asText().equals("outcome"))
                .findFirst()
                .orElseThrow();
    }

    private List<String> events(String requestId) throws IOException {
        return lines().stream()
                .filter(line -> line.get("requestId").asText().equals(requestId))
                .map(line -> line.get("event").asText())
                .toList();
    }

    private List<JsonNode> lines() throws IOException {
        Optional<AuditLines> here = gateway.context().findBean(AuditLines.class);
        List<String> lines = here.isPresent() ? here.get().lines() : Files.readAllLines(file);
        return lines.stream().map(AuditTest::json).toList();
    }

    private static JsonNode json(String line) {
        try {
            return JSON.readTree(line);
        } catch (JsonProcessingException e) {
            throw new AssertionError(line, e);
        }
    }

    /// Sees connections end, when the server has done all that it does about it.
    @Singleton
    @Requires(property = Leavers.PROPERTY)
    static final class Leavers implements BeanCreatedEventListener<Registry>, NettyServerCustomizer {

        static final String PROPERTY = "tests.leavers";

        private final BlockingQueue<Integer> left = new LinkedBlockingQueue<>();

        @Override
        public Registry onCreated(BeanCreatedEvent<Registry> event) {
            event.getBean().register(this);
            return event.getBean();
        }

        @Override
        public NettyServerCustomizer specializeForChannel(Channel channel, ChannelRole role) {
            if (role == ChannelRole.CONNECTION) {
                channel.pipeline().addFirst(new ChannelInboundHandlerAdapter() {
                    @Override
                    public void channelUnregistered(ChannelHandlerContext context) {
                        left.add(((InetSocketAddress) context.channel().remoteAddress()).getPort());
                        context.fireChannelUnregistered();
                    }
                });
            }
            return this;
        }

        /// @param port the caller's own
        void await(int port) throws InterruptedException {
            while (left.take() != port) {
                // Another one.
            }
        }
    }
}
