package io.unpost.gateway;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The jar as it is shipped, in a process of its own, beside its application and with the sandbox, which says where it
/// listens.
final class Jar implements AutoCloseable {

    private static final Pattern LISTENS = Pattern.compile("Unpost listens on (http://127\\.0\\.0\\.1:[0-9]+),.*");

    private final HttpClient client = HttpClient.newHttpClient();
    private final Process process;
    private final String address;

    /// @param folder where the accounts file is written
    Jar(Path folder, String accounts) throws IOException {
        Path file = Files.writeString(folder.resolve("accounts.yml"), accounts);
        var builder = new ProcessBuilder(
                        ProcessHandle.current().info().command().orElseThrow(),
                        "-jar",
                        Path.of("target", "gateway.jar").toAbsolutePath().toString())
                .directory(folder.toFile())
                .redirectErrorStream(true);
        builder.environment().put("MICRONAUT_ENVIRONMENTS", "sidecar,sandbox");
        builder.environment().put("MICRONAUT_SERVER_PORT", "-1");
        builder.environment().put("UNPOST_MANAGEMENT_PORT", "-1");
        builder.environment().put("UNPOST_ACCOUNTS_FILE", file.toString());
        process = builder.start();
        var says = new CompletableFuture<String>();
        Thread.ofVirtual().start(() -> listen(process.inputReader(), says));
        try {
            address = says.orTimeout(60, TimeUnit.SECONDS).join();
        } catch (CompletionException e) {
            process.destroyForcibly();
            throw e;
        }
    }

    /// @param path account, kind and id
    Told delete(String path) throws IOException, InterruptedException {
        var uri = URI.create(address + "/v1/accounts/" + path);
        return Told.of(client.send(HttpRequest.newBuilder(uri).DELETE().build(), BodyHandlers.ofString()));
    }

    private static void listen(BufferedReader out, CompletableFuture<String> address) {
        var said = new StringBuilder();
        out.lines().forEach(line -> {
            Matcher matcher = LISTENS.matcher(line);
            if (matcher.matches()) {
                address.complete(matcher.group(1));
            }
            said.append(line).append('\n');
        });
        address.completeExceptionally(new AssertionError("the gateway did not start:\n" + said));
    }

    @Override
    public void close() {
        process.destroy();
        process.onExit().orTimeout(60, TimeUnit.SECONDS).join();
        client.shutdownNow();
    }
}
