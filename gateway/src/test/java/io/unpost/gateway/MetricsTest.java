package io.unpost.gateway;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.Socket;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Metrics agree with what was told and what the provider saw.
@Timeout(60)
final class MetricsTest {

    @TempDir
    private static Path folder;

    private static Provider provider;
    private static Gateway gateway;

    @BeforeAll
    static void start() throws Exception {
        provider = new Provider();
        var accounts = new HashMap<>(Map.of("broken", "attempts: 1", "thrifty", "budget: {calls: 100, per: 24h}"));
        List.of("shared", "left", "flaky", "busy").forEach(name -> accounts.put(name, ""));
        gateway = Gateway.sidecar(folder, Gateway.accounts(provider, accounts));
    }

    @AfterAll
    static void stop() throws Exception {
        gateway.close();
        provider.close();
    }

    @Test
    void callersAreCountedEachAndTheirSharedRequestOnce() throws Exception {
        var begun = new CountDownLatch(1);
        var release = new CountDownLatch(1);
        provider.does(call -> {
            begun.countDown();
            release.await();
            call.obey();
        });
        Future<Told> first = gateway.deleteLater("shared", "11");
        begun.await();
        List<Future<Told>> all =
                List.of(first, gateway.deleteLater("shared", "11"), gateway.deleteLater("shared", "11"));
        release.countDown();
        for (Future<Told> one : all) {
            assertThat(one.get().status()).isEqualTo(200);
        }

        assertThat(sum("unpost_deletes_total{account=\"shared\"")).isEqualTo(3);
        assertThat(sum("unpost_provider_seconds_count{account=\"shared\"")).isEqualTo(provider.sends("11"));
    }

    @Test
    void retriesAndLostAnswersAreSeen() {
        provider.does(call -> {
            call.commit();
            if (call.first()) {
                call.reset();
            } else {
                call.answer(404, Tweets.error(144));
            }
        });

        assertThat(gateway.delete("flaky", "2").claim()).isEqualTo("deleted by absence");

        assertThat(sum("unpost_provider_seconds_count{account=\"flaky\",answer=\"no_answer\",kind=\"posts\"}"))
                .isEqualTo(1);
        assertThat(sum("unpost_provider_seconds_count{account=\"flaky\",answer=\"answered\",kind=\"posts\"}"))
                .isEqualTo(1);
        assertThat(sum("unpost_retries_total{account=\"flaky\",kind=\"posts\"}"))
                .isEqualTo(1);
        assertThat(sum("unpost_gateway_seconds_count{account=\"flaky\",kind=\"posts\"}"))
                .isEqualTo(1);
        assertThat(sum("unpost_deletes_total{account=\"flaky\",code=\"none\",evidence=\"absence\""))
                .isEqualTo(1);
    }

    @Test
    void openBreakerIsSeen() {
        assertThat(states("broken")).containsExactly("closed");
        provider.does(call -> call.answer(503, ""));

        for (int i = 0; i < 20; i++) {
            gateway.delete("broken", "100" + i);
        }

        assertThat(gateway.delete("broken", "1099").what()).isEqualTo("provider_unavailable");
        assertThat(states("broken")).containsExactly("open");
        assertThat(states("flaky")).containsExactly("closed");
    }

    @Test
    void budgetIsSeenWhereThereIsOne() {
        provider.does(Call::obey);
        gateway.delete("thrifty", "13");
        gateway.delete("thrifty", "14");

        assertThat(sum("unpost_budget_remaining{account=\"thrifty\"}")).isEqualTo(98);
        assertThat(shown())
                .filteredOn(line -> line.startsWith("unpost_budget_remaining{"))
                .hasSize(1);
    }

    @Test
    void deletesInFlightAreSeen() throws Exception {
        var begun = new CountDownLatch(1);
        var release = new CountDownLatch(1);
        provider.does(call -> {
            begun.countDown();
            release.await();
            call.obey();
        });
        Future<Told> told = gateway.deleteLater("busy", "12");
        begun.await();
        assertThat(sum("unpost_deletes_in_flight{account=\"busy\"}")).isEqualTo(1);
        release.countDown();

        assertThat(told.get().status()).isEqualTo(200);
        assertThat(sum("unpost_deletes_in_flight{account=\"busy\"}")).isZero();
    }

    /// Nobody is told, and still it happened.
    @Test
    void deleteForACallerThatLeftIsCounted() throws Exception {
        var begun = new CountDownLatch(1);
        var release = new CountDownLatch(1);
        provider.does(call -> {
            begun.countDown();
            release.await();
            call.obey();
        });
        try (var caller =
                new Socket(gateway.address().getHost(), gateway.address().getPort())) {
            caller.getOutputStream()
                    .write("DELETE /v1/accounts/left/posts/3 HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes(US_ASCII));
            begun.await();
            caller.setSoLinger(true, 0);
        }
        // Each takes as long as the gateway's event loops need to see that the caller left.
        for (int i = 0; i < 10; i++) {
            assertThat(sum("unpost_deletes_total{account=\"left\"")).isZero();
        }
        release.countDown();

        while (sum("unpost_deletes_total{account=\"left\"") == 0) {
            Thread.onSpinWait();
        }
        assertThat(sum("unpost_deletes_total{account=\"left\",code=\"none\",evidence=\"echo\""))
                .isEqualTo(1);
    }

    /// The states that an account's breaker is in.
    private static List<String> states(String account) {
        String series = "unpost_circuit_breaker_state{account=\"" + account + "\",state=\"";
        return shown().stream()
                .filter(line -> line.startsWith(series) && line.endsWith("\"} 1.0"))
                .map(line -> line.substring(series.length(), line.indexOf("\"} ")))
                .toList();
    }

    private static List<String> shown() {
        return gateway.get("/prometheus").body().lines().toList();
    }

    /// Of all series that begin so.
    private static double sum(String series) {
        return shown().stream()
                .filter(line -> line.startsWith(series))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' '))))
                .sum();
    }
}
