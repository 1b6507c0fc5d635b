package io.unpost.gateway.http;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.concurrent.Future;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Ends a connection whose caller takes too long to send a request, a byte at a time or not at all.
///
/// The time begins with the connection, then with each further request's first byte; in between a connection may be
/// idle
/// for longer. A request that comes in one read, as nearly all do, needs no timer of its own.
///
/// All on the connection's event loop.
final class RequestDeadline {

    private final Duration limit;
    private @Nullable Future<?> timer;
    private @Nullable ChannelHandlerContext behindCodec;
    private boolean silent = true;
    private boolean whole;
    private boolean headSeen;
    private int unanswered;

    /// @param limit how long after its first byte a request must be whole
    RequestDeadline(Duration limit) {
        this.limit = limit;
    }

    /// The handler before the HTTP codec.
    ChannelHandler bytes() {
        return new ChannelInboundHandlerAdapter() {
            @Override
            public void handlerAdded(ChannelHandlerContext ctx) {
                if (ctx.channel().isActive()) {
                    begin(ctx);
                }
            }

            @Override
            public void channelActive(ChannelHandlerContext ctx) {
                if (timer == null) {
                    begin(ctx);
                }
                ctx.fireChannelActive();
            }

            @Override
            public void channelRead(ChannelHandlerContext ctx, Object bytes) {
                silent = false;
                whole = false;
                ctx.fireChannelRead(bytes);
                if (!whole && timer == null && ctx.channel().isActive()) {
                    begin(ctx);
                }
            }

            @Override
            public void channelInactive(ChannelHandlerContext ctx) {
                stop();
                ctx.fireChannelInactive();
            }
        };
    }

    /// The handler after it.
    ChannelHandler requests() {
        return new ChannelDuplexHandler() {
            @Override
            public void handlerAdded(ChannelHandlerContext ctx) {
                behindCodec = ctx;
            }

            @Override
            public void channelRead(ChannelHandlerContext ctx, Object message) {
                if (message instanceof HttpRequest) {
                    headSeen = true;
                    unanswered++;
                }
                if (message instanceof LastHttpContent) {
                    headSeen = false;
                    whole = true;
                    stop();
                }
                ctx.fireChannelRead(message);
            }

            @Override
            public void write(ChannelHandlerContext ctx, Object message, ChannelPromise promise) {
                boolean interim = message instanceof HttpResponse response
                        && response.status().codeClass() == HttpStatusClass.INFORMATIONAL;
                if (message instanceof LastHttpContent && !interim) {
                    unanswered--;
                }
                var _ = ctx.write(message, promise);
            }
        };
    }

    private void begin(ChannelHandlerContext ctx) {
        timer = ctx.executor().schedule(() -> expire(ctx), limit.toNanos(), TimeUnit.NANOSECONDS);
    }

    private void stop() {
        if (timer != null) {
            timer.cancel(false);
            timer = null;
        }
    }

    private void expire(ChannelHandlerContext ctx) {
        timer = null;
        int before = headSeen ? unanswered - 1 : unanswered;
        if (before > 0) {
            // What is read of the next request may be all that the server lets in, until it has answered this one.
            begin(ctx);
        } else if (silent || headSeen) {
            var _ = ctx.close();
        } else {
            var response = new DefaultFullHttpResponse(
                    HttpVersion.HTTP_1_1, HttpResponseStatus.REQUEST_TIMEOUT, Unpooled.EMPTY_BUFFER);
            response.headers()
                    .set(HttpHeaderNames.CONTENT_LENGTH, 0)
                    .set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
            var _ = Objects.requireNonNull(behindCodec)
                    .writeAndFlush(response)
                    .addListener(ChannelFutureListener.CLOSE);
        }
    }
}
