package io.unpost.gateway.transport;

import io.micronaut.scheduling.TaskExecutors;
import io.netty.resolver.AddressResolver;
import io.netty.resolver.AddressResolverGroup;
import io.netty.resolver.InetNameResolver;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.Promise;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executor;

/// Looks host names up as the JDK does, but away from the event loop.
///
/// Netty's own resolver blocks the event loop while it asks: one name server that does not answer would stop every
/// connection of every account on that loop.
@Singleton
@Named(HostNames.NAME)
final class HostNames extends AddressResolverGroup<InetSocketAddress> {

    static final String NAME = "host-names";

    private final Executor lookUps;

    HostNames(@Named(TaskExecutors.IO) Executor lookUps) {
        this.lookUps = lookUps;
    }

    @Override
    protected AddressResolver<InetSocketAddress> newResolver(EventExecutor loop) {
        return new InetNameResolver(loop) {
            @Override
            protected void doResolve(String name, Promise<InetAddress> address) {
                lookUp(() -> InetAddress.getByName(name), address);
            }

            @Override
            protected void doResolveAll(String name, Promise<List<InetAddress>> addresses) {
                lookUp(() -> List.of(InetAddress.getAllByName(name)), addresses);
            }
        }.asAddressResolver();
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
