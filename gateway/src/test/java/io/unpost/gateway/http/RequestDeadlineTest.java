package io.unpost.gateway.http;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class RequestDeadlineTest {

    private static final Duration LIMIT = Duration.ofSeconds(10);
    private static final String HEAD = "DELETE / HTTP/1.1\r\nHost: a\r\n";
    private static final String REQUEST = HEAD + "\r\n";

    private final RequestDeadline deadline = new RequestDeadline(LIMIT);
    private final Answering answering = new Answering();
    private final EmbeddedChannel connection = new EmbeddedChannel();

    @BeforeEach
    void freeze() {
        connection.freezeTime();
        connection.pipeline().addLast(deadline.bytes(), new HttpServerCodec(), deadline.requests(), answering);
    }

    @Test
    void connectionThatSaysNothingIsEnded() {
        pass(LIMIT.plusMillis(1));

        assertThat(sent()).isEmpty();
        assertThat(connection.isActive()).isFalse();
    }

    @Test
    void connectionMayBeIdleBetweenRequests() {
        send(REQUEST);
        pass(LIMIT.multipliedBy(10));

        assertThat(connection.isActive()).isTrue();
    }

    @Test
    void answerThatIsUnderWayIsWaitedFor() {
        answering.held = true;
        send(REQUEST);
        send(HEAD);
        pass(LIMIT.plusMillis(1));
        assertThat(connection.isActive()).isTrue();

        answering.answer();
        assertThat(sent()).startsWith("HTTP/1.1 204 ");
        pass(LIMIT.plusMillis(1));
        assertThat(sent()).startsWith("HTTP/1.1 408 ");
        assertThat(connection.isActive()).isFalse();
    }

    @Test
    void slowHeadIsToldAndEnded() {
        for (char next : HEAD.substring(0, 20).toCharArray()) {
            send(String.valueOf(next));
            pass(LIMIT.dividedBy(20).minusMillis(1));
        }
        assertThat(connection.isActive()).isTrue();

        pass(Duration.ofMillis(20));

        assertThat(sent()).startsWith("HTTP/1.1 408 ").contains("connection: close");
        assertThat(connection.isActive()).isFalse();
    }

    @Test
    void slowBodyIsEnded() {
        send(HEAD + "Content-Length: 3\r\n\r\n");
        send("a");
        pass(LIMIT.plusMillis(1));

        assertThat(sent()).isEmpty();
        assertThat(connection.isActive()).isFalse();
    }

    @Test
    void wholeRequestEndsTheTime() {
        send(HEAD);
        pass(LIMIT.minusMillis(1));
        send("\r\n");
        pass(LIMIT.multipliedBy(10));

        assertThat(sent()).startsWith("HTTP/1.1 204 ");
        assertThat(connection.isActive()).isTrue();
    }

    @Test
    void eachRequestHasATimeOfItsOwn() {
        for (int i = 0; i < 3; i++) {
            send(HEAD);
            pass(LIMIT.minusMillis(1));
            send("\r\n");
        }
        assertThat(connection.isActive()).isTrue();

        send(HEAD);
        pass(LIMIT.plusMillis(1));

        assertThat(connection.isActive()).isFalse();
    }

    @Test
    void requestInOneReadNeedsNoTimer() {
        send(REQUEST);

        assertThat(connection.runScheduledPendingTasks()).isEqualTo(-1);
    }

    @Test
    void endedConnectionKeepsNoTimer() {
        send(HEAD);
        var _ = connection.close();

        assertThat(connection.runScheduledPendingTasks()).isEqualTo(-1);
    }

    private void send(String text) {
        connection.writeInbound(Unpooled.copiedBuffer(text, US_ASCII));
    }

    private void pass(Duration time) {
        connection.advanceTimeBy(time.toNanos(), TimeUnit.NANOSECONDS);
        connection.runScheduledPendingTasks();
        connection.runPendingTasks();
    }

    private String sent() {
        var text = new StringBuilder();
        for (ByteBuf bytes = connection.readOutbound(); bytes != null; bytes = connection.readOutbound()) {
            text.append(bytes.toString(US_ASCII));
            bytes.release();
        }
        return text.toString();
    }

    /// Answers each request as soon as it is whole.
    private static final class Answering extends SimpleChannelInboundHandler<Object> {

        private boolean held;
        private @Nullable ChannelHandlerContext asked;

        @Override
        protected void channelRead0(ChannelHandlerContext ctx, Object message) {
            if (message instanceof LastHttpContent) {
                asked = ctx;
                if (!held) {
                    answer();
                }
            }
        }

        void answer() {
            var _ = Objects.requireNonNull(asked)
                    .writeAndFlush(new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.NO_CONTENT));
        }
    }
}
