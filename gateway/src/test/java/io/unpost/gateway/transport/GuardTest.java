package io.unpost.gateway.transport;

import static org.assertj.core.api.Assertions.assertThat;

import io.micronaut.http.client.netty.NettyClientCustomizer;
import io.micronaut.http.client.netty.NettyClientCustomizer.ChannelRole;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.unpost.gateway.engine.Exchange.Answered;
import io.unpost.gateway.engine.Exchange.NeverLeft;
import io.unpost.gateway.engine.Exchange.NoAnswer;
import java.nio.channels.ClosedChannelException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class GuardTest {

    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");
    private static final Duration AMPLE = Duration.ofSeconds(20);

    private final Flights flights = new Flights(InstantSource.fixed(NOON));
    private final EmbeddedChannel connection = new EmbeddedChannel(new Guard(flights, InstantSource.fixed(NOON)));
    private final Flight flight = new Flight(AMPLE, AMPLE);

    @Test
    void ticketStaysInside() {
        connection.writeOutbound(request(flights.book(flight)));

        FullHttpRequest sent = connection.readOutbound();
        assertThat(sent.headers()).isEmpty();
    }

    @Test
    void answerIsTimedByTheGatewaysClock() {
        connection.writeOutbound(request(flights.book(flight)));
        connection.writeInbound(response());

        assertThat(((Answered) flight.await()).response().receivedAt()).isEqualTo(NOON);
    }

    @Test
    void abandonedRequestIsNotWrittenAndLeavesTheConnectionUsable() {
        flight.abandon("too late");

        connection.writeOutbound(request(flights.book(flight)));

        assertThat(connection.outboundMessages()).isEmpty();
        assertThat(flight.await()).isEqualTo(new NeverLeft("too late"));
        FullHttpResponse standIn = connection.readInbound();
        assertThat(HttpUtil.isKeepAlive(standIn)).isTrue();
        assertThat(connection.isActive()).isTrue();
    }

    @Test
    void requestThatNobodyWaitsForIsNotWritten() {
        String ticket = flights.book(flight);
        flights.forget(ticket);

        connection.writeOutbound(request(ticket));

        assertThat(connection.outboundMessages()).isEmpty();
    }

    @Test
    void requestOnAClosedConnectionNeverLeaves() {
        var dying = new EmbeddedChannel(new Guard(flights, InstantSource.fixed(NOON))) {
            boolean closed;

            @Override
            public boolean isActive() {
                return !closed && super.isActive();
            }
        };
        dying.closed = true;

        var _ = dying.write(request(flights.book(flight)));

        assertThat(flight.await()).isEqualTo(new NeverLeft("the provider had closed the connection"));
    }

    @Test
    void answerBeforeTheRequestIsSentWholeIsNone() {
        var _ = connection.write(request(flights.book(flight)));
        connection.writeInbound(response());

        assertThat(flight.await()).isEqualTo(new NoAnswer("an answer came before the request was sent whole"));
        assertThat(connection.isActive()).isFalse();
    }

    @Test
    void connectionOfAFlightWithoutAnAnswerIsClosed() {
        connection.writeOutbound(request(flights.book(flight)));
        flight.fail("too late");
        connection.runPendingTasks();

        assertThat(connection.isActive()).isFalse();
    }

    /// The answer and the end of the wait for it come in one moment.
    @Test
    void answerThatIsTooLateEndsTheConnectionBeforeItsNextRequest() {
        connection.writeOutbound(request(flights.book(flight)));
        flight.fail("too late");
        connection.writeInbound(response());

        assertThat(flight.await()).isEqualTo(new NoAnswer("too late"));
        FullHttpResponse standIn = connection.readInbound();
        assertThat(HttpUtil.isKeepAlive(standIn)).isFalse();
    }

    /// Another request is on its way when the loop comes to close the connection of the one before.
    @Test
    void nextRequestIsNotLostWithTheOneBefore() {
        var next = new Flight(AMPLE, AMPLE);
        connection.writeOutbound(request(flights.book(flight)));
        flight.fail("too late");
        connection.pipeline().fireChannelRead(response());
        connection.pipeline().fireChannelReadComplete();
        var _ = connection.pipeline().writeAndFlush(request(flights.book(next)));
        connection.runPendingTasks();

        connection.writeInbound(response());

        assertThat(next.await()).isInstanceOf(Answered.class);
        assertThat(connection.isActive()).isTrue();
    }

    /// The client is about to write to a connection that has ended, and lost its handlers, since it got it.
    @Test
    void clientHearsThatItsConnectionHasEnded() {
        var heard = new ArrayList<Throwable>();
        NettyClientCustomizer customizer = flights.specializeForChannel(connection, ChannelRole.CONNECTION);
        connection.pipeline().addLast(new Client(heard));
        customizer.onRequestPipelineBuilt();
        assertThat(heard).isEmpty();

        var _ = connection.close();
        connection.pipeline().addLast(new Client(heard));
        customizer.onRequestPipelineBuilt();

        assertThat(heard).singleElement().isInstanceOf(ClosedChannelException.class);
    }

    @Test
    void requestWithoutATicketPasses() {
        var request = new DefaultFullHttpRequest(HttpVersion.HTTP_1_1, HttpMethod.GET, "/", Unpooled.EMPTY_BUFFER);
        FullHttpResponse response = response();

        connection.writeOutbound(request);
        connection.writeInbound(response);

        assertThat(connection.outboundMessages()).containsExactly(request);
        assertThat(connection.inboundMessages()).containsExactly(response);
    }

    private static FullHttpRequest request(String ticket) {
        var request = new DefaultFullHttpRequest(HttpVersion.HTTP_1_1, HttpMethod.DELETE, "/", Unpooled.EMPTY_BUFFER);
        request.headers().set(Flights.TICKET, ticket);
        return request;
    }

    private static FullHttpResponse response() {
        return new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.OK, Unpooled.EMPTY_BUFFER);
    }

    /// What the client puts on a connection for a request.
    private static final class Client extends ChannelInboundHandlerAdapter {

        private final List<Throwable> heard;

        Client(List<Throwable> heard) {
            this.heard = heard;
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
            heard.add(cause);
        }
    }
}
