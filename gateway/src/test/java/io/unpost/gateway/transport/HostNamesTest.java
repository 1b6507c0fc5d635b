package io.unpost.gateway.transport;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import java.net.InetSocketAddress;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class HostNamesTest {

    @Test
    void slowLookUpLeavesTheEventLoopFree() throws Exception {
        BlockingQueue<Runnable> lookUps = new LinkedBlockingQueue<>();
        try (var loops = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
                var names = new HostNames(lookUps::add)) {
            var loop = loops.next();
            var address = names.getResolver(loop).resolve(InetSocketAddress.createUnresolved("localhost", 80));

            Runnable slow = lookUps.take();
            assertThat(loop.submit(() -> "free").get()).isEqualTo("free");
            assertThat(address.isDone()).isFalse();

            slow.run();
            assertThat(address.get().getAddress().isLoopbackAddress()).isTrue();
        }
    }
}
