package io.unpost.gateway.transport;

import io.micronaut.http.client.netty.NettyClientCustomizer;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.proxy.ProxyConnectException;
import io.netty.handler.proxy.ProxyHandler;
import java.nio.channels.ClosedChannelException;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/// The requests on their way, each known to the connections by a ticket; puts a [Guard] on every connection.
///
/// A client cannot be told more with a request than the request itself holds, so the ticket travels as a header from
/// the caller's thread to the guard, which takes it off.
final class Flights implements NettyClientCustomizer {

    /// The header that holds the ticket inside this process. It never goes over the wire.
    static final String TICKET = "unpost-ticket";

    private final AtomicLong tickets = new AtomicLong();
    private final Map<String, Flight> underWay = new ConcurrentHashMap<>();
    private final InstantSource clock;

    Flights(InstantSource clock) {
        this.clock = clock;
    }

    String book(Flight flight) {
        String ticket = Long.toString(tickets.incrementAndGet());
        underWay.put(ticket, flight);
        return ticket;
    }

    /// The flight of a ticket.
    ///
    /// @return null for a request that its caller no longer waits for
    @Nullable
    Flight find(String ticket) {
        return underWay.get(ticket);
    }

    void forget(String ticket) {
        underWay.remove(ticket);
    }

    @Override
    public NettyClientCustomizer specializeForChannel(Channel connection, ChannelRole role) {
        return new NettyClientCustomizer() {
            @Override
            public void onInitialPipelineBuilt() {
                ChannelHandlerContext proxy = connection.pipeline().context(ProxyHandler.class);
                if (proxy != null) {
                    connection.pipeline().addAfter(proxy.name(), "unpost-proxy-end", new ProxyEnd());
                }
            }

            @Override
            public void onStreamPipelineBuilt() {
                connection.pipeline().addLast(new Guard(Flights.this, clock));
            }

            // A connection that ended while the client got ready to write has lost its guard, and what is written to
            // it is dropped without a word to anybody.
            @Override
            public void onRequestPipelineBuilt() {
                if (!connection.isRegistered()) {
                    connection.pipeline().fireExceptionCaught(new ClosedChannelException());
                }
            }
        };
    }

    /// Tells the client once that a connection to a proxy has ended.
    ///
    /// Where the proxy goes away instead of answering, its handler keeps that to itself: the pool would wait
    /// for the connection for ever, and open no other.
    private static final class ProxyEnd extends ChannelInboundHandlerAdapter {

        private boolean told;

        @Override
        public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
            ctx.fireExceptionCaught(cause);
            if (cause instanceof ProxyConnectException && !ctx.channel().isActive()) {
                channelInactive(ctx);
            }
        }

        @Override
        public void channelInactive(ChannelHandlerContext ctx) {
            if (!told) {
                told = true;
                ctx.fireChannelInactive();
            }
        }
    }
}
