package io.unpost.gateway;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// The jar as it is shipped, in a process of its own, beside its application and with the sandbox, which says where it
/// listens.
public final class Jar implements AutoCloseable {

    private static final Pattern LISTENS = Pattern.compile("Unpost listens on (http://127\\.0\\.0\\.1:[0-9]+),.*");
    private static final Pattern PORTS = Pattern.compile(".* listening on \\[(.*)]");

    private static final List<String> PACKED =
            List.of("-jar", Path.of("target", "gateway.jar").toAbsolutePath().toString());

    /// Longer than any call may take.
    private static final Duration HANG = Duration.ofMinutes(1);

    private final ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor();
    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .executor(callers)
            .build();
    private final Process process;
    private final CompletableFuture<String> ports = new CompletableFuture<>();
    private final CompletableFuture<Void> heard;
    private final String address;

    /// @param folder where the accounts file is written
    Jar(Path folder, String accounts) throws IOException {
        this(folder, accounts, List.of(), _ -> {});
    }

    /// One whose JVM has options.
    ///
    /// @param folder where the accounts file is written
    /// @param options of its JVM
    /// @param out is given each line that it prints
    public Jar(Path folder, String accounts, List<String> options, Consumer<String> out) throws IOException {
        this(folder, accounts, options, PACKED, out);
    }

    /// The classes of which the jar is made, where it is not made yet.
    ///
    /// @param options of its JVM
    /// @param out is given each line that it prints
    public static Jar unpacked(Path folder, String accounts, List<String> options, Consumer<String> out)
            throws IOException {
        List<String> classes = List.of("-cp", System.getProperty("java.class.path"), Application.class.getName());
        return new Jar(folder, accounts, options, classes, out);
    }

    private Jar(Path folder, String accounts, List<String> options, List<String> what, Consumer<String> out)
            throws IOException {
        Path file = Files.writeString(folder.resolve("accounts.yml"), accounts);
        var command =
                new ArrayList<>(List.of(ProcessHandle.current().info().command().orElseThrow()));
        command.addAll(options);
        command.addAll(what);
        var builder = new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true);
        builder.environment().put("MICRONAUT_ENVIRONMENTS", "sidecar,sandbox");
        builder.environment().put("MICRONAUT_SERVER_PORT", "-1");
        builder.environment().put("UNPOST_MANAGEMENT_PORT", "-1");
        builder.environment().put("UNPOST_ACCOUNTS_FILE", file.toString());
        process = builder.start();
        var says = new CompletableFuture<String>();
        heard = CompletableFuture.runAsync(() -> listen(process.inputReader(), says, ports, out), callers);
        try {
            address = says.orTimeout(60, TimeUnit.SECONDS).join();
        } catch (CompletionException e) {
            process.destroyForcibly();
            throw e;
        }
    }

    public long pid() {
        return process.pid();
    }

    public URI address() {
        return URI.create(address);
    }

    /// Where probes ask, and nobody deletes.
    public URI management() {
        return Stream.of(ports.join().split(", "))
                .map(port -> URI.create("http://127.0.0.1:" + port))
                .filter(uri -> uri.getPort() != address().getPort())
                .findFirst()
                .orElseThrow();
    }

    /// Deletes anything.
    ///
    /// @param path account, kind and id
    public Told delete(String path) throws IOException, InterruptedException {
        var uri = URI.create(address + "/v1/accounts/" + path);
        var request = HttpRequest.newBuilder(uri).DELETE().timeout(HANG).build();
        return Told.of(client.send(request, BodyHandlers.ofString()));
    }

    public Told get(String path) throws IOException, InterruptedException {
        return get(URI.create(address + path));
    }

    public Told get(URI uri) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(uri).timeout(HANG).build();
        return Told.of(client.send(request, BodyHandlers.ofString()));
    }

    /// How much memory it has; 0 where the system does not say.
    public long residentMiB() throws IOException {
        return status("VmRSS:");
    }

    /// How much memory it had at most; 0 where the system does not say.
    public long mostResidentMiB() throws IOException {
        return status("VmHWM:");
    }

    /// How many files and sockets it has open; 0 where the system does not say.
    public long descriptors() throws IOException {
        Path open = Path.of("/proc/" + process.pid() + "/fd");
        if (!Files.exists(open)) {
            return 0;
        }
        try (Stream<Path> all = Files.list(open)) {
            return all.count();
        }
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

    private static void listen(
            BufferedReader lines,
            CompletableFuture<String> address,
            CompletableFuture<String> ports,
            Consumer<String> out) {
        var said = new StringBuilder();
        lines.lines().forEach(line -> {
            out.accept(line);
            if (ports.isDone()) {
                return;
            }
            Matcher matcher = LISTENS.matcher(line);
            if (matcher.matches()) {
                address.complete(matcher.group(1));
            }
            Matcher listening = PORTS.matcher(line);
            if (listening.matches()) {
                ports.complete(listening.group(1));
            }
            said.append(line).append('\n');
        });
        var ended = new AssertionError("the gateway did not start:\n" + said);
        address.completeExceptionally(ended);
        ports.completeExceptionally(ended);
    }

    /// Asks it to end, by SIGTERM.
    public void end() {
        // Unlike the process's own method, this lets it be heard until it ends.
        process.toHandle().destroy();
    }

    /// The exit status of its process, which is waited for, and for its last line.
    public int status() {
        int status = process.onExit().orTimeout(60, TimeUnit.SECONDS).join().exitValue();
        heard.join();
        return status;
    }

    @Override
    public void close() {
        end();
        var _ = status();
        client.shutdownNow();
        callers.close();
    }
}
