package io.unpost.gateway;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// The jar as it is shipped, in a process of its own, beside its application and with the sandbox, which says where it
/// listens.
public final class Jar implements AutoCloseable {

    private static final Pattern LISTENS = Pattern.compile("Unpost listens on (http://127\\.0\\.0\\.1:[0-9]+),.*");

    private final HttpClient client = HttpClient.newHttpClient();
    private final Process process;
    private final Queue<String> said = new ConcurrentLinkedQueue<>();
    private final String address;

    /// @param folder where the accounts file is written
    Jar(Path folder, String accounts) throws IOException {
        this(
                folder,
                accounts,
                List.of(
                        "-jar",
                        Path.of("target", "gateway.jar").toAbsolutePath().toString()));
    }

    /// The classes of which the jar is made, where it is not made yet.
    ///
    /// @param options of the virtual machine
    public static Jar unpacked(Path folder, String accounts, List<String> options) throws IOException {
        List<String> classes = List.of("-cp", System.getProperty("java.class.path"), Application.class.getName());
        return new Jar(
                folder,
                accounts,
                Stream.concat(options.stream(), classes.stream()).toList());
    }

    private Jar(Path folder, String accounts, List<String> arguments) throws IOException {
        Path file = Files.writeString(folder.resolve("accounts.yml"), accounts);
        var command = new ArrayList<String>();
        command.add(ProcessHandle.current().info().command().orElseThrow());
        command.addAll(arguments);
        var builder = new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true);
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

    /// Deletes anything.
    ///
    /// @param path account, kind and id
    public Told delete(String path) throws IOException, InterruptedException {
        var uri = URI.create(address + "/v1/accounts/" + path);
        return Told.of(client.send(HttpRequest.newBuilder(uri).DELETE().build(), BodyHandlers.ofString()));
    }

    /// Each line of its output so far.
    public Collection<String> said() {
        return said;
    }

    /// How much memory it has; 0 where the system does not say.
    public long residentMiB() throws IOException {
        return status("VmRSS:");
    }

    /// How much memory it had at most; 0 where the system does not say.
    public long mostResidentMiB() throws IOException {
        return status("VmHWM:");
    }

    private long status(String name) throws IOException {
        Path status = Path.of("/proc/" + process.pid() + "/status");
        return Files.exists(status)
                ? Files.readAllLines(status).stream()
                        .filter(line -> line.startsWith(name))
                        .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")) / 1024)
                        .findFirst()
                        .orElse(0)
                : 0;
    }

    private void listen(BufferedReader out, CompletableFuture<String> address) {
        out.lines().forEach(line -> {
            Matcher matcher = LISTENS.matcher(line);
            if (matcher.matches()) {
                address.complete(matcher.group(1));
            }
            said.add(line);
        });
        address.completeExceptionally(new AssertionError("the gateway did not start:\n" + String.join("\n", said)));
    }

    @Override
    public void close() {
        process.destroy();
        process.onExit().orTimeout(60, TimeUnit.SECONDS).join();
        client.shutdownNow();
    }
}
