package io.unpost.gateway.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.micronaut.context.ApplicationContext;
import io.micronaut.context.RuntimeBeanDefinition;
import io.micronaut.http.server.netty.NettyEmbeddedServer;
import io.micronaut.http.server.netty.configuration.NettyHttpServerConfiguration;
import io.micronaut.http.server.netty.configuration.NettyHttpServerConfiguration.NettyListenerConfiguration;
import io.unpost.dialect.Dialect;
import io.unpost.dialect.Options;
import io.unpost.gateway.accounts.Account;
import io.unpost.gateway.accounts.AccountSource;
import io.unpost.gateway.accounts.Credentials;
import io.unpost.gateway.accounts.Dialects;
import io.unpost.gateway.accounts.Limits;
import io.unpost.gateway.accounts.Secret;
import io.unpost.gateway.audit.AuditLines;
import io.unpost.gateway.engine.Time;
import io.unpost.gateway.engine.Transport;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// A gateway before a provider that is played, and a client that sends every request exactly as it is written.
final class GatewayServer implements AutoCloseable {

    /// The account's secrets, with characters that are encoded in most places.
    static final List<String> SECRETS = List.of("key/c4nary+1", "key secret c4nary&2", "token-c4nary-3", "c4nary=4%");

    /// The only account besides `other`.
    static final String ACCOUNT = "acme-news";

    private static final int PATIENCE_MILLIS = 20_000;

    private final ApplicationContext context;
    private final NettyEmbeddedServer server;

    private GatewayServer(ApplicationContext context) {
        this.context = context;
        this.server = context.getBean(NettyEmbeddedServer.class).start();
    }

    /// One whose callers need tokens signed by [Tokens#SECRET].
    static GatewayServer before(FakeProvider provider) {
        return before(provider, Map.of());
    }

    static GatewayServer before(FakeProvider provider, Map<String, Object> settings, String... environments) {
        List<Account> accounts = accounts(provider.dialect());
        return before(provider, () -> accounts, settings, environments);
    }

    /// @param accounts where the accounts come from
    static GatewayServer before(
            FakeProvider provider, AccountSource accounts, Map<String, Object> settings, String... environments) {
        return new GatewayServer(ApplicationContext.builder(environments)
                .properties(settings)
                .singletons(new Dialects(List.of(provider.dialect())))
                .beanDefinitions(
                        RuntimeBeanDefinition.builder(AccountSource.class, () -> accounts)
                                .singleton(true)
                                .build(),
                        RuntimeBeanDefinition.builder(Transport.class, () -> provider)
                                .replaces(Transport.class)
                                .singleton(true)
                                .build(),
                        RuntimeBeanDefinition.builder(Time.class, provider::time)
                                .replaces(Time.class)
                                .singleton(true)
                                .build())
                .start());
    }

    private static List<Account> accounts(Dialect dialect) {
        return Stream.of(ACCOUNT, "other")
                .map(name -> new Account(
                        name,
                        dialect,
                        Options.defaultsOf(dialect.facts().options()),
                        URI.create("https://fake.example"),
                        credentials(),
                        Limits.DEFAULT))
                .toList();
    }

    private static Credentials credentials() {
        List<Secret> secrets = SECRETS.stream().map(Secret::new).toList();
        return new Credentials.OAuth1(secrets.get(0), secrets.get(1), secrets.get(2), secrets.get(3));
    }

    <T> T bean(Class<T> type) {
        return context.getBean(type);
    }

    int port() {
        return server.getPort();
    }

    /// The port of a listener, where the server has several.
    int port(String listener) {
        List<String> names = context.getBean(NettyHttpServerConfiguration.class).getListeners().stream()
                .map(NettyListenerConfiguration::getName)
                .toList();
        return List.copyOf(server.getBoundPorts()).get(names.indexOf(listener));
    }

    /// Calls with a token that may do everything.
    ///
    /// @param lines further header lines
    Reply call(String method, String path, String... lines) {
        return anonymously(
                method,
                path,
                Stream.concat(Stream.of(Tokens.bearer(Tokens.everything())), Stream.of(lines))
                        .toArray(String[]::new));
    }

    Reply delete(String path, String... lines) {
        return call("DELETE", path, lines);
    }

    /// Calls without a token, but for one in the lines.
    Reply anonymously(String method, String path, String... lines) {
        String head = Stream.of(lines).map(line -> line + "\r\n").collect(Collectors.joining());
        String request = method + " " + path + " HTTP/1.1\r\nHost: localhost:" + port() + "\r\n" + head
                + "Connection: close\r\n\r\n";
        return exchange(port(), request, !method.equals("HEAD"));
    }

    /// The audit log.
    List<String> audited() {
        return context.getBean(AuditLines.class).lines();
    }

    /// Sends these very characters.
    Reply raw(String request) {
        return exchange(port(), request, true);
    }

    static Reply exchange(int port, String request, boolean withBody) {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(PATIENCE_MILLIS);
            socket.getOutputStream().write(request.getBytes(UTF_8));
            return Reply.read(socket.getInputStream(), withBody);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        context.close();
    }
}
