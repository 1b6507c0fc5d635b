package io.unpost.gateway.battery;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.unpost.gateway.Certificates;
import io.unpost.gateway.Form;
import io.unpost.gateway.Gateway;
import io.unpost.gateway.Logs;
import io.unpost.gateway.Provider;
import io.unpost.gateway.WeiboApi;
import io.unpost.gateway.audit.AuditLines;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Hosts that cannot be found, or cannot prove who they are.
@Tag("battery")
@Timeout(600)
@ExtendWith(Battery.Resolver.class)
final class ImpostorsTest {

    private static final int CALLERS = 64;
    /// Fewer than open an account's circuit breaker.
    private static final int PER_ACCOUNT = 8;

    /// It is not the time that is at fault here.
    private static final String AMPLE = "timeouts: {connect: 20s, attempt: 20s, call: 60s}";

    private static final Duration CALL = Duration.ofSeconds(60);

    private static final int FEW = 24;
    private static final int ID = 1_000_000;

    private static final Form TWEETS = Form.ofTwitter().getFirst();
    private static final byte[] ALERT = {0x15, 3, 3, 0, 2, 2, 40};
    private static final byte[] PLAIN = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}".getBytes(US_ASCII);

    @TempDir
    private static Path folder;

    private static Certificates certificates;

    @BeforeAll
    static void makeCertificates() throws Exception {
        certificates = new Certificates(folder);
    }

    @Test
    void hostThatCannotBeFoundGetsNothing(Battery battery) throws Exception {
        try (var logs = Logs.of(Map.of())) {
            refused(
                    battery,
                    "host name that nobody knows",
                    "https://unpost.invalid",
                    "the host name is not known",
                    List.of(),
                    logs);
        }
    }

    @Test
    void hostThatSpeaksNoTlsGetsNothing(Battery battery) throws Exception {
        try (var logs = Logs.of(Map.of());
                var alerting = Impostor.withoutTls(ALERT);
                var plain = Impostor.withoutTls(PLAIN)) {
            refused(
                    battery,
                    "TLS handshake refused",
                    alerting.address(),
                    "no TLS connection could be agreed on",
                    List.of(alerting),
                    logs);
            refused(
                    battery,
                    "TLS handshake answered in plaintext",
                    plain.address(),
                    "no TLS connection could be agreed on",
                    List.of(plain),
                    logs);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"other", "expired", "nobody's"})
    void hostThatProvesNothingGetsNothing(String certificate, Battery battery) throws Exception {
        try (var logs = Logs.of(Map.of());
                var impostor = Impostor.withTls(certificates.of(certificate))) {
            refused(
                    battery,
                    "TLS certificate: " + certificate,
                    impostor.address(),
                    "certificate is not trusted",
                    List.of(impostor),
                    logs);
        }
    }

    /// Without this, it could be that no host gets anything.
    @Test
    void hostThatProvesItsNameIsAsked(Battery battery) throws Exception {
        try (var logs = Logs.of(Map.of());
                var right = Impostor.withTls(certificates.of("right"))) {
            Run run = run(battery, right.address(), FEW, logs);

            battery.line(
                    "TLS certificate: right", Figures.of(run.told(), List.of()), run.findings(), 0, List.of(), () -> {
                        assertThat(run.told())
                                .allSatisfy(each -> assertThat(each.told().claim())
                                        .as("%s", each)
                                        .isEqualTo("deleted by echo"));
                        assertThat(right.requestBytes()).isPositive();
                    });
        }
    }

    /// Without this, it could be that a host hears only the beginning.
    @ParameterizedTest
    @ValueSource(ints = {0, 300})
    void requestInPlaintextIsHeard(int handshake) throws Exception {
        byte[] request = "POST / HTTP/1.1\r\n\r\n".getBytes(US_ASCII);
        try (var impostor = Impostor.withoutTls(ALERT);
                var socket = new Socket(
                        InetAddress.getLoopbackAddress(),
                        URI.create(impostor.address()).getPort())) {
            if (handshake > 0) {
                socket.getOutputStream().write(new byte[] {0x16, 3, 1, (byte) (handshake >> 8), (byte) handshake});
                socket.getOutputStream().write(new byte[handshake]);
            }
            socket.getOutputStream().write(request);
            socket.shutdownOutput();

            // It hears all before it closes.
            assertThat(socket.getInputStream().readAllBytes()).isEqualTo(ALERT);
            assertThat(impostor.requestBytes()).isEqualTo(request.length);
        }
    }

    private static void refused(
            Battery battery, String fault, String address, String why, List<Impostor> hosts, Logs logs)
            throws Exception {
        Run run = run(battery, address, battery.scaled(200), logs);

        int bytes = hosts.stream().mapToInt(Impostor::requestBytes).sum();
        int connections = hosts.stream().mapToInt(Impostor::connections).sum();
        List<String> shown = List.of(connections + " connections", bytes + " bytes of requests");
        battery.line(fault, Figures.of(run.told(), List.of()), run.findings(), 0, shown, () -> {
            assertThat(run.told()).allSatisfy(each -> {
                assertThat(each.told().claim()).as("%s", each).isEqualTo("provider_unavailable");
                assertThat(each.told().at("/detail")).contains(why);
            });
            assertThat(bytes).isZero();
            assertThat(hosts).allSatisfy(host -> assertThat(host.connections()).isPositive());
        });
    }

    /// What the callers of a gateway were told, and what is wrong with that and what else came out of it.
    private record Run(List<Answered> told, List<Finding> findings) {}

    /// Has a gateway asked whose accounts are all at that host.
    private static Run run(Battery battery, String address, int operations, Logs logs) throws Exception {
        List<Operation> all = IntStream.range(0, operations)
                .mapToObj(at -> new Operation(
                        TWEETS, "twitter-" + at % Math.ceilDiv(operations, PER_ACCOUNT), Integer.toString(ID + at)))
                .toList();
        String accounts = all.stream()
                .map(Operation::account)
                .distinct()
                .map(name -> "  %s: {dialect: twitter-v1.1, base-url: \"%s\", credentials: {%s}, %s}%n"
                        .formatted(
                                name,
                                address,
                                WeiboApi.oauth1(Provider.TOKEN + "-" + name, Provider.TOKEN_SECRET),
                                AMPLE))
                .collect(Collectors.joining("", "accounts:\n", ""));
        try (var gateway = Gateway.with("sidecar", folder, accounts, certificates.trust())) {
            List<Answered> told = told(gateway, all);
            var audit = gateway.context().getBean(AuditLines.class);
            audit.await(2 * told.size());
            String metrics = gateway.get("/prometheus").body();
            return new Run(told, findings(battery, told, audit.lines(), metrics, logs));
        }
    }

    private static List<Answered> told(Gateway gateway, List<Operation> operations) throws Exception {
        var answered = new ArrayList<Answered>();
        try (var callers = Executors.newFixedThreadPool(CALLERS)) {
            Stream<Callable<Answered>> calls = operations.stream().map(operation -> () -> {
                Instant from = Instant.now();
                return new Answered(operation, gateway.deleteAt(operation.path()), from, Instant.now());
            });
            for (Future<Answered> each : callers.invokeAll(calls.toList())) {
                answered.add(each.get());
            }
        }
        return answered;
    }

    private static List<Finding> findings(
            Battery battery, List<Answered> told, List<String> audit, String metrics, Logs logs)
            throws JsonProcessingException {
        List<Claim> claims = told.stream().map(Answered::claim).toList();
        return Stream.of(
                        told.stream().flatMap(each -> Shape.findings(each).stream()),
                        Audited.findings(Audited.claims(audit), claims, 0),
                        new Counted(metrics).findings(claims, 0),
                        Figures.of(told, List.of()).hangs(battery.slowest(CALL), CALL, CALLERS),
                        told.stream().flatMap(each -> Shape.secrets(each.told())),
                        Stream.of(logs.lines(), audit, List.of(metrics))
                                .flatMap(List::stream)
                                .flatMap(Shape::secrets))
                .flatMap(findings -> findings)
                .toList();
    }
}
