package io.unpost.gateway.transport;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.proxy.ProxyHandler;
import io.netty.util.ReferenceCountUtil;
import io.unpost.dialect.WireResponse;
import java.io.IOException;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/// Stands on one connection, between the HTTP codec and the client, and sees what truly leaves and comes.
///
/// It lets a request through only while its flight may still leave, and reads the answer itself. The client gets a
/// bodiless stand-in of the same status: it can neither follow a redirect nor fill the memory. Requests without a
/// ticket, of other clients in this process, pass untouched.
///
/// All on the connection's event loop.
final class Guard extends ChannelDuplexHandler {

    private final Flights flights;
    private final InstantSource clock;

    private @Nullable Flight flight;
    private IncomingAnswer answer = new IncomingAnswer();
    private boolean ours;
    private boolean sent;

    Guard(Flights flights, InstantSource clock) {
        this.flights = flights;
        this.clock = clock;
    }

    @Override
    public void write(ChannelHandlerContext ctx, Object message, ChannelPromise promise) {
        if (!(message instanceof HttpRequest request) || !request.headers().contains(Flights.TICKET)) {
            var _ = ctx.write(message, promise);
            return;
        }
        ProxyHandler proxy = ctx.pipeline().get(ProxyHandler.class);
        if (proxy != null && !proxy.isConnected()) {
            // It keeps what is written before the proxy has opened the way; that has not left.
            proxy.connectFuture().addListener(way -> {
                if (way.isSuccess()) {
                    write(ctx, message, promise);
                    ctx.flush();
                } else {
                    ReferenceCountUtil.release(message);
                    promise.tryFailure(way.cause());
                }
            });
            return;
        }
        Flight booked = flights.find(request.headers().get(Flights.TICKET));
        request.headers().remove(Flights.TICKET);
        if (booked == null || dead(ctx, booked) || !booked.leave(() -> close(ctx, booked))) {
            ReferenceCountUtil.release(message);
            promise.trySuccess();
            // The connection is as good as it was. In a task of its own, since the client may write its next request.
            ctx.executor().execute(() -> standIn(ctx, HttpResponseStatus.SERVICE_UNAVAILABLE, true));
            return;
        }
        if (request.method().equals(HttpMethod.DELETE) && HttpUtil.getContentLength(request, 0) == 0) {
            request.headers().remove(HttpHeaderNames.CONTENT_LENGTH);
        }
        ours = true;
        flight = booked;
        answer = new IncomingAnswer();
        sent = false;
        var _ = ctx.write(message, promise.unvoid().addListener(written -> {
            sent = written.isSuccess();
            if (!sent) {
                booked.fail("the connection broke while the request was sent");
            }
        }));
    }

    /// Closes the connection of a flight that ended without an answer. Its answer may have come in the same moment, and
    /// the connection carry another request by now.
    private void close(ChannelHandlerContext ctx, Flight lost) {
        ctx.executor().execute(() -> {
            if (flight == lost) {
                flight = null;
                var _ = ctx.close();
            }
        });
    }

    private static boolean dead(ChannelHandlerContext ctx, Flight booked) {
        return !ctx.channel().isActive() && booked.abandon("the provider had closed the connection");
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) throws IOException {
        if (!ours) {
            ctx.fireChannelRead(message);
            return;
        }
        try {
            if (flight == null) {
                // An answer to no question: the next request would take it for its own.
                var _ = ctx.close();
            } else if (!sent) {
                lose(ctx, "an answer came before the request was sent whole");
            } else {
                String fault = answer.add((HttpObject) message);
                if (fault != null) {
                    lose(ctx, fault);
                }
            }
        } finally {
            ReferenceCountUtil.release(message);
        }
    }

    /// An answer counts as the whole answer only when nothing else came with it: at the end of a read.
    @Override
    public void channelReadComplete(ChannelHandlerContext ctx) {
        HttpResponse head = answer.whole();
        if (flight != null && head != null) {
            Flight landed = flight;
            flight = null;
            WireResponse received = answer.received(head, clock.instant());
            boolean reuse = answer.keepsTheConnection() && ctx.channel().isActive() && !landed.ended();
            // Before the caller wakes: its next request shall find this connection in the pool.
            standIn(ctx, head.status(), reuse);
            landed.land(received);
        }
        ctx.fireChannelReadComplete();
    }

    private static void standIn(ChannelHandlerContext ctx, HttpResponseStatus status, boolean reuse) {
        var standIn = new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, status, Unpooled.EMPTY_BUFFER);
        HttpUtil.setKeepAlive(standIn, reuse);
        ctx.fireChannelRead(standIn);
    }

    /// The client hears of it by the end of the connection.
    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        if (ours) {
            lose(ctx, Fault.sentence(cause));
            var _ = ctx.close();
        } else {
            ctx.fireExceptionCaught(cause);
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        lose(ctx, "the connection was closed before the whole answer had come");
        ctx.fireChannelInactive();
    }

    /// Ends the flight without an answer, and the connection.
    private void lose(ChannelHandlerContext ctx, String why) {
        if (flight != null) {
            Flight lost = flight;
            flight = null;
            lost.fail(why);
            var _ = ctx.close();
        }
    }
}
