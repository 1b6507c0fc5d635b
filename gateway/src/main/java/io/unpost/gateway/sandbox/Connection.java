package io.unpost.gateway.sandbox;

import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpRequestWrapper;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.server.netty.NettyHttpRequest;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOption;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.DefaultHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import java.util.concurrent.CompletableFuture;

/// The ways in which a connection fails under a request.
///
/// Each goes past the framework to the connection itself. The answer it returns is what the framework may forget the
/// request with; it comes after the connection is closed and reaches nobody.
final class Connection {

    private Connection() {}

    /// Ends the connection in order, without an answer: the client reads the end of the stream.
    static CompletableFuture<HttpResponse<?>> close(HttpRequest<?> request) {
        return whenClosed(channel(request).close());
    }

    /// Breaks the connection off without an answer: the client sees a reset.
    static CompletableFuture<HttpResponse<?>> reset(HttpRequest<?> request) {
        ChannelHandlerContext channel = channel(request);
        channel.channel().config().setOption(ChannelOption.SO_LINGER, 0);
        return whenClosed(channel.close());
    }

    /// Announces the length of the whole answer, sends the first half of it and ends the connection.
    static CompletableFuture<HttpResponse<?>> cutOff(HttpRequest<?> request, HttpResponse<byte[]> answer) {
        var headers = headers(answer);
        headers.set(HttpHeaderNames.CONTENT_LENGTH, body(answer).length);
        return half(request, answer, headers);
    }

    /// Announces that the answer ends with the connection, sends the first half of it and ends the connection.
    static CompletableFuture<HttpResponse<?>> cutOffUnframed(HttpRequest<?> request, HttpResponse<byte[]> answer) {
        var headers = headers(answer);
        headers.remove(HttpHeaderNames.CONTENT_LENGTH);
        headers.set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
        return half(request, answer, headers);
    }

    private static CompletableFuture<HttpResponse<?>> half(
            HttpRequest<?> request, HttpResponse<byte[]> answer, DefaultHttpHeaders headers) {
        ChannelHandlerContext channel = channel(request);
        byte[] body = body(answer);
        // A failure of this write fails the next one as well.
        var _ = channel.write(new DefaultHttpResponse(
                HttpVersion.HTTP_1_1, HttpResponseStatus.valueOf(answer.code(), answer.reason()), headers));
        return whenClosed(
                channel.writeAndFlush(new DefaultHttpContent(Unpooled.wrappedBuffer(body, 0, body.length / 2)))
                        .addListener(ChannelFutureListener.CLOSE)
                        .channel()
                        .closeFuture());
    }

    private static byte[] body(HttpResponse<byte[]> answer) {
        return answer.getBody().orElseThrow();
    }

    private static DefaultHttpHeaders headers(HttpResponse<?> answer) {
        var headers = new DefaultHttpHeaders();
        answer.getHeaders().forEachValue(headers::add);
        return headers;
    }

    private static ChannelHandlerContext channel(HttpRequest<?> request) {
        HttpRequest<?> received = request;
        while (received instanceof HttpRequestWrapper<?> wrapper) {
            received = wrapper.getDelegate();
        }
        return ((NettyHttpRequest<?>) received).getChannelHandlerContext();
    }

    private static CompletableFuture<HttpResponse<?>> whenClosed(ChannelFuture closed) {
        var answer = new CompletableFuture<HttpResponse<?>>();
        closed.addListener(_ -> answer.complete(HttpResponse.noContent().header(HttpHeaders.CONNECTION, "close")));
        return answer;
    }
}
