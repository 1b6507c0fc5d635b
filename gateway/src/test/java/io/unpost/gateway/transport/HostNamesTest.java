package io.unpost.gateway.transport;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.util.concurrent.Future;
import io.unpost.gateway.accounts.Reachable;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class HostNamesTest {

    @Test
    void slowLookUpLeavesTheEventLoopFree() throws Exception {
        BlockingQueue<Runnable> lookUps = new LinkedBlockingQueue<>();
        try (var loops = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
                var names = new HostNames(lookUps::add, Reachable.PUBLIC)) {
            var loop = loops.next();
            var address = names.getResolver(loop).resolve(InetSocketAddress.createUnresolved("localhost", 80));

            Runnable slow = lookUps.take();
            assertThat(loop.submit(() -> "free").get()).isEqualTo("free");
            assertThat(address.isDone()).isFalse();

            slow.run();
            assertThat(address.get().getAddress().isLoopbackAddress()).isTrue();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "api.example, 93.184.216.34 10.0.0.1, 93.184.216.34",
        "api.example, 169.254.169.254 2606:2800:220:1::1, 2606:2800:220:1::1",
        "localhost, 127.0.0.1, 127.0.0.1",
        "127.0.0.1, 127.0.0.1, 127.0.0.1",
    })
    void addressesOutsideThePublicNetworkAreLeftOut(String name, String all, String reachable) throws Exception {
        assertThat(lookUp(Reachable.PUBLIC, name, all).get().getAddress()).isEqualTo(InetAddress.ofLiteral(reachable));
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "10.0.0.1", "169.254.169.254", "::1", "fd00::1 ::ffff:192.168.0.1"})
    void nameThatLeadsNowhereElseIsRefused(String all) throws Exception {
        Future<InetSocketAddress> address = lookUp(Reachable.PUBLIC, "rebound.example", all);

        assertThat(address.await().cause()).isInstanceOf(UnreachableHost.class);
        assertThat(Fault.sentence(address.cause())).contains("UNPOST_ALLOW_PRIVATE_ADDRESSES");
    }

    @Test
    void privateAddressesCanBeAllowedAndMetadataCannot() throws Exception {
        assertThat(lookUp(Reachable.PRIVATE_TOO, "proxy.internal", "10.0.0.1").get())
                .isNotNull();
        assertThat(lookUp(Reachable.PRIVATE_TOO, "proxy.internal", "169.254.169.254")
                        .await()
                        .cause())
                .isInstanceOf(UnreachableHost.class);
    }

    private static Future<InetSocketAddress> lookUp(Reachable reachable, String name, String all) throws Exception {
        InetAddress[] addresses =
                Arrays.stream(all.split(" ")).map(InetAddress::ofLiteral).toArray(InetAddress[]::new);
        try (var loops = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
                var names = new HostNames(Runnable::run, reachable, _ -> addresses)) {
            return names.getResolver(loops.next())
                    .resolve(InetSocketAddress.createUnresolved(name, 443))
                    .await();
        }
    }
}
