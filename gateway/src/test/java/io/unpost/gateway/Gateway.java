package io.unpost.gateway;

import io.micronaut.context.ApplicationContext;
import io.micronaut.http.server.netty.NettyEmbeddedServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The whole gateway on a port of its own, and a client of it.
public final class Gateway implements AutoCloseable {

    private static final int AT_ONCE = 32;

    private final ApplicationContext context;
    private final URI address;
    private final ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor();
    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .executor(callers)
            .build();

    private Gateway(String environments, Map<String, Object> settings, Object... singletons) {
        var all = new HashMap<String, Object>(Map.of("micronaut.server.port", -1, "unpost.management.port", -1));
        all.putAll(settings);
        // A test that brings a time of its own says so in a setting.
        if (settings.keySet().stream().noneMatch(name -> name.startsWith("unpost.test."))) {
            all.put(LaterTime.PROPERTY, true);
        }
        context = ApplicationContext.builder(environments.split(","))
                .properties(all)
                .singletons(singletons)
                .start();
        var server = context.getBean(NettyEmbeddedServer.class).start();
        // A sidecar's management listener does not know deletes.
        address = server.getBoundPorts().stream()
                .map(port -> URI.create("http://127.0.0.1:" + port))
                .filter(uri -> send("GET", uri.resolve("/v1/accounts")).status() != 404)
                .findFirst()
                .orElseThrow();
    }

    /// One beside its application, which asks for no token.
    ///
    /// @param folder where the accounts file is written
    public static Gateway sidecar(Path folder, String accounts) throws IOException {
        return with("sidecar", folder, accounts, Map.of());
    }

    /// One with an accounts file and settings.
    ///
    /// @param singletons beans that take the place of the gateway's own
    public static Gateway with(
            String environments, Path folder, String accounts, Map<String, Object> settings, Object... singletons)
            throws IOException {
        Path file = Files.writeString(folder.resolve("accounts.yml"), accounts);
        var all = new HashMap<>(settings);
        all.put("unpost.accounts-file", file.toString());
        return new Gateway(environments, all, singletons);
    }

    /// One with no accounts but the sandbox's.
    public static Gateway sandbox() {
        return new Gateway("sidecar,sandbox", Map.of());
    }

    /// The accounts file for accounts at one provider.
    ///
    /// @param more each account's name, and the keys it has beside the usual ones, as YAML in braces
    public static String accounts(Provider provider, Map<String, String> more) {
        return more.entrySet().stream()
                .map(account -> """
                      %s: {dialect: twitter-v1.1, base-url: "http://127.0.0.1:%d", credentials: {scheme: oauth1,
                        consumer-key: '%s', consumer-secret: '%s', token: '%s', token-secret: '%s'}%s}
                    """.formatted(
                                account.getKey(),
                                provider.port(),
                                Provider.CONSUMER_KEY,
                                Provider.CONSUMER_SECRET,
                                Provider.TOKEN,
                                Provider.TOKEN_SECRET,
                                account.getValue().isEmpty() ? "" : ", " + account.getValue()))
                .collect(Collectors.joining("", "accounts:\n", ""));
    }

    public ApplicationContext context() {
        return context;
    }

    public URI address() {
        return address;
    }

    /// Lets enough time pass to forget which provider failed and who reached a limit.
    void forget() {
        pass(Duration.ofDays(2));
    }

    /// Lets so much time pass at once, by every clock of the engine but the one on the wall.
    public void pass(Duration time) {
        context.getBean(LaterTime.class).pass(time);
    }

    /// Deletes a post.
    ///
    /// @param idAndQuery the id, and a query with its question mark where there is one
    /// @param headers names and values by turns
    public Told delete(String account, String idAndQuery, String... headers) {
        return deleteAt(account + "/posts/" + idAndQuery, headers);
    }

    /// Deletes anything.
    ///
    /// @param path account, kind and id, and a query with its question mark where there is one
    /// @param headers names and values by turns
    public Told deleteAt(String path, String... headers) {
        return send("DELETE", address.resolve("/v1/accounts/" + path), headers);
    }

    public Future<Told> deleteLater(String account, String idAndQuery, String... headers) {
        return callers.submit(() -> delete(account, idAndQuery, headers));
    }

    /// As [#deleteLater(String, String, String...)], of anything.
    ///
    /// @param path account, kind and id
    public Future<Told> deleteLaterAt(String path, String... headers) {
        return callers.submit(() -> deleteAt(path, headers));
    }

    /// Deletes all of these, many at once.
    ///
    /// @return what was told, by id
    public Map<String, Told> deleteAll(String account, Stream<String> ids) throws Exception {
        return deleteAllAt(ids.map(id -> account + "/posts/" + id));
    }

    /// As [#deleteAll(String, Stream)], of anything.
    ///
    /// @param paths account, kind and id of each, the id another each time
    public Map<String, Told> deleteAllAt(Stream<String> paths) throws Exception {
        var free = new Semaphore(AT_ONCE);
        var told = new HashMap<String, Future<Told>>();
        for (String path : (Iterable<String>) paths::iterator) {
            free.acquire();
            told.put(id(path), callers.submit(() -> {
                try {
                    return deleteAt(path);
                } finally {
                    free.release();
                }
            }));
        }
        var answers = new HashMap<String, Told>();
        for (var entry : told.entrySet()) {
            answers.put(entry.getKey(), entry.getValue().get());
        }
        return answers;
    }

    private static String id(String path) {
        return path.split("[/?]", 4)[2];
    }

    public Told get(String path, String... headers) {
        return send("GET", address.resolve(path), headers);
    }

    public Told post(String path) {
        return send("POST", address.resolve(path));
    }

    private Told send(String method, URI uri, String... headers) {
        var request = HttpRequest.newBuilder(uri).method(method, BodyPublishers.noBody());
        if (headers.length > 0) {
            request.headers(headers);
        }
        try {
            HttpResponse<String> response = client.send(request.build(), BodyHandlers.ofString());
            return Told.of(response);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public void close() {
        client.shutdownNow();
        callers.close();
        context.close();
    }
}
