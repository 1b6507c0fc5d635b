package io.unpost.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.micronaut.http.server.netty.NettyEmbeddedServer;
import io.unpost.gateway.http.Drain;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// A gateway that is going to end. That it then ends, and how, is seen on the process, in the battery.
@Timeout(60)
final class DrainingGatewayTest {

    @TempDir
    private Path folder;

    @Test
    void isNotReadyAndServesOn() throws Exception {
        try (var provider = new Provider();
                var gateway = Gateway.with(
                        "sidecar",
                        folder,
                        Gateway.accounts(provider, Map.of("acme", "")),
                        Map.of("unpost.drain.delay", "1h"));
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            assertThat(gateway.get("/health/readiness").status()).isEqualTo(200);
            var drain = gateway.context().getBean(Drain.class);
            var server = gateway.context().getBean(NettyEmbeddedServer.class);
            Future<?> drained = threads.submit(() -> {
                drain.run(server);
                return null;
            });

            while (gateway.get("/health/readiness").status() == 200) {
                Thread.onSpinWait();
            }

            assertThat(gateway.get("/health/readiness").status()).isEqualTo(503);
            assertThat(gateway.get("/health/liveness").status()).isEqualTo(200);
            Told told = gateway.delete("acme", "1");
            assertThat(told.claim()).isEqualTo("deleted by echo");
            assertThat(told.header("Connection")).isEqualTo("close");
            drained.cancel(true);
        }
    }
}
