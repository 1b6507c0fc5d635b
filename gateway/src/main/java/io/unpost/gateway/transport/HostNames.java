package io.unpost.gateway.transport;

import io.micronaut.scheduling.TaskExecutors;
import io.netty.resolver.AddressResolver;
import io.netty.resolver.AddressResolverGroup;
import io.netty.resolver.InetNameResolver;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.Promise;
import io.unpost.gateway.accounts.Reachable;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executor;
import java.util.regex.Pattern;

/// Looks host names up as the JDK does, but away from the event loop.
///
/// Netty's own resolver blocks the event loop while it asks: one name server that does not answer would stop every
/// connection of every account on that loop.
///
/// Of a name's addresses only those are given that a request may be sent to: whoever answers for a name could otherwise
/// have the gateway call into its own network.
@Singleton
@Named(HostNames.NAME)
final class HostNames extends AddressResolverGroup<InetSocketAddress> {

    static final String NAME = "host-names";

    private static final Pattern LITERAL = Pattern.compile("[0-9.]+|.*:.*");

    /// Answers for a name.
    @FunctionalInterface
    interface Names {
        InetAddress[] all(String name) throws UnknownHostException;
    }

    private final Executor lookUps;
    private final Reachable reachable;
    private final Names names;

    @Inject
    HostNames(@Named(TaskExecutors.IO) Executor lookUps, Reachable reachable) {
        this(lookUps, reachable, InetAddress::getAllByName);
    }

    HostNames(Executor lookUps, Reachable reachable, Names names) {
        this.lookUps = lookUps;
        this.reachable = reachable;
        this.names = names;
    }

    @Override
    protected AddressResolver<InetSocketAddress> newResolver(EventExecutor loop) {
        return new InetNameResolver(loop) {
            @Override
            protected void doResolve(String name, Promise<InetAddress> address) {
                lookUp(() -> reachable(name).getFirst(), address);
            }

            @Override
            protected void doResolveAll(String name, Promise<List<InetAddress>> addresses) {
                lookUp(() -> reachable(name), addresses);
            }
        }.asAddressResolver();
    }

    private List<InetAddress> reachable(String name) throws UnknownHostException, UnreachableHost {
        InetAddress[] all = names.all(name);
        List<InetAddress> reachable =
                Arrays.stream(all).filter(address -> mayReach(name, address)).toList();
        if (reachable.isEmpty()) {
            throw new UnreachableHost();
        }
        return reachable;
    }

    /// The loopback only by a name that says so.
    private boolean mayReach(String name, InetAddress address) {
        boolean saysSo =
                name.equalsIgnoreCase("localhost") || LITERAL.matcher(name).matches();
        return reachable.allows(address) || (address.isLoopbackAddress() && saysSo);
    }

    private <T> void lookUp(Callable<T> question, Promise<T> answer) {
        lookUps.execute(() -> {
            try {
                answer.setSuccess(question.call());
            } catch (Exception e) {
                answer.setFailure(e);
            }
        });
    }
}
