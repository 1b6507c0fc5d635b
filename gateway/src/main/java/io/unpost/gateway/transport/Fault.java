package io.unpost.gateway.transport;

import io.netty.channel.ConnectTimeoutException;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.proxy.ProxyConnectException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.UnknownHostException;
import java.nio.channels.UnresolvedAddressException;
import java.security.GeneralSecurityException;
import javax.net.ssl.SSLException;

/// What broke, for people.
///
/// Own sentences only: an exception's message may quote what was sent or what came.
final class Fault {

    private Fault() {}

    static String sentence(Throwable fault) {
        return switch (root(fault)) {
            case UnreachableHost _ ->
                "the host's addresses are outside the public network; UNPOST_ALLOW_PRIVATE_ADDRESSES=true allows"
                        + " private ones";
            case UnknownHostException _ -> "the host name is not known";
            case UnresolvedAddressException _ -> "the proxy's name is not known";
            case ConnectTimeoutException _ -> "the host did not take the connection in time";
            case NoRouteToHostException _ -> "there is no route to the host";
            case ProxyConnectException _ -> "the proxy opened no connection to the host";
            case ConnectException _ -> "the connection was refused";
            case SSLException _ -> "no TLS connection could be agreed on";
            case GeneralSecurityException _ -> "the host's certificate is not trusted, or is another host's";
            case DecoderException _ -> "the answer cannot be read";
            case IOException _ -> "the connection broke";
            case Throwable other -> "the connection failed: " + other.getClass().getSimpleName();
        };
    }

    private static Throwable root(Throwable fault) {
        Throwable root = fault;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return root;
    }
}
