package io.unpost.gateway.http;

import io.micronaut.context.annotation.Context;
import io.micronaut.context.annotation.Value;
import io.micronaut.context.event.BeanCreatedEvent;
import io.micronaut.context.event.BeanCreatedEventListener;
import io.micronaut.http.HttpVersion;
import io.micronaut.http.netty.channel.ChannelPipelineCustomizer;
import io.micronaut.http.server.HttpServerConfiguration;
import io.micronaut.http.server.netty.NettyServerCustomizer;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpRequest;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/// Bounds what callers' connections take: how many there are, and how long one may be sending a request.
@Context
final class InboundConnections
        implements BeanCreatedEventListener<NettyServerCustomizer.Registry>, NettyServerCustomizer {

    private final int most;
    private final Duration wholeRequest;
    /// By the listener: those of callers leave probes theirs.
    private final Map<Channel, AtomicInteger> open = new ConcurrentHashMap<>();

    /// @param most how many there may be on each listener; one more is closed at once
    /// @param wholeRequest how long after its first byte a request must be whole
    /// @throws StartRefused for HTTP/2, where no [RequestDeadline] sees the requests
    InboundConnections(
            HttpServerConfiguration server,
            @Value("${unpost.max-connections:10000}") String most,
            @Value("${unpost.request-timeout:10s}") String wholeRequest) {
        if (server.getHttpVersion() == HttpVersion.HTTP_2_0) {
            throw new StartRefused("The gateway serves HTTP/1.1 only. Leave micronaut.server.http-version away.");
        }
        this.most = Settings.count("unpost.max-connections", most);
        this.wholeRequest = Settings.timeout("unpost.request-timeout", wholeRequest);
    }

    @Override
    public NettyServerCustomizer.Registry onCreated(BeanCreatedEvent<NettyServerCustomizer.Registry> event) {
        event.getBean().register(this);
        return event.getBean();
    }

    @Override
    public NettyServerCustomizer specializeForChannel(Channel channel, ChannelRole role) {
        return role == ChannelRole.CONNECTION ? new OfConnection(channel) : this;
    }

    /// Of one connection.
    private final class OfConnection implements NettyServerCustomizer {

        private final Channel channel;

        OfConnection(Channel channel) {
            this.channel = channel;
        }

        @Override
        public void onInitialPipelineBuilt() {
            AtomicInteger count = open.computeIfAbsent(channel.parent(), _ -> new AtomicInteger());
            var _ = channel.closeFuture().addListener(_ -> count.decrementAndGet());
            if (count.incrementAndGet() > most) {
                var _ = channel.close();
            }
        }

        @Override
        public void onStreamPipelineBuilt() {
            String codec = ChannelPipelineCustomizer.HANDLER_HTTP_SERVER_CODEC;
            if (channel.pipeline().get(codec) != null) {
                var deadline = new RequestDeadline(wholeRequest);
                channel.pipeline().addBefore(codec, "unpost-request-bytes", deadline.bytes());
                channel.pipeline().addAfter(codec, "unpost-requests", deadline.requests());
                channel.pipeline().addAfter(codec, "unpost-broken-bodies", new BrokenBodies());
            }
        }
    }

    /// Ends a connection with a body of broken chunks, which the framework would take for a whole one: nobody knows
    /// where
    /// the next request begins.
    private static final class BrokenBodies extends ChannelInboundHandlerAdapter {

        @Override
        public void channelRead(ChannelHandlerContext ctx, Object message) {
            // A broken head is a request and a body in one; the framework answers those.
            if (message instanceof HttpContent content
                    && !(message instanceof HttpRequest)
                    && content.decoderResult().isFailure()) {
                content.release();
                var _ = ctx.close();
            } else {
                ctx.fireChannelRead(message);
            }
        }
    }
}
