import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The gateway from its jar, with tokens, an audit log in a file and metrics.
final class Gateway {

    private static final HttpClient CLIENT =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final Path OPTIONS = Path.of("config", "java.options").toAbsolutePath();
    private static final Path SIDECAR = Path.of("config", "sidecar", "compose.yml");
    private static final Pattern SIDECAR_OPTIONS = Pattern.compile("(?m)^ +JAVA_TOOL_OPTIONS: (.+)$");

    private final Server server;
    private final Token token;
    private final Ledger ledger;
    private final Duration start;

    private Gateway(Server server, Token token, Ledger ledger, Duration start) {
        this.server = server;
        this.token = token;
        this.ledger = ledger;
        this.start = start;
    }

    /// How a gateway is started.
    enum Launch {
        /// The jar and nothing else.
        PLAIN,
        /// As `./unpost` does.
        PACKAGED,
        /// The same, with what `config/sidecar` says to Java.
        SIDECAR;

        List<String> command(Path jar) {
            String java =
                    Path.of(System.getProperty("java.home"), "bin", "java").toString();
            return switch (this) {
                case PLAIN -> List.of(java, "-jar", jar.toString());
                case PACKAGED, SIDECAR ->
                    List.of(java, "@" + OPTIONS, "-XX:AOTCache=" + cache(jar), "-jar", jar.toString());
            };
        }

        Map<String, String> environment() {
            return this == SIDECAR ? Map.of("JAVA_TOOL_OPTIONS", sidecarOptions()) : Map.of();
        }
    }

    private static String sidecarOptions() {
        try {
            Matcher options = SIDECAR_OPTIONS.matcher(Files.readString(SIDECAR));
            if (!options.find()) {
                throw new Failure(SIDECAR + " sets no JAVA_TOOL_OPTIONS");
            }
            return options.group(1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// What the build made beside the jar.
    static Path cache(Path jar) {
        return jar.resolveSibling("gateway.aot");
    }

    /// Starts one, and waits for its first delete.
    static Gateway start(Programs programs, Launch launch, int core, Path jar, Path accounts, Server stub) {
        int port = Server.freePort();
        var token = new Token();
        var ledger = new Ledger(programs.folder().resolve("audit-" + port + ".log"));
        var environment = new HashMap<>(Map.of(
                "MICRONAUT_SERVER_PORT", Integer.toString(port),
                "JWT_GENERATOR_SIGNATURE_SECRET", token.secret(),
                "UNPOST_ACCOUNTS_FILE", accounts.toAbsolutePath().toString(),
                "UNPOST_AUDIT_FILE", ledger.file().toString(),
                "BENCH_STUB", "http://127.0.0.1:" + stub.port()));
        environment.putAll(launch.environment());
        String log = "gateway-" + port + ".log";
        long begin = System.nanoTime();
        Process process = programs.start(core, log, environment, launch.command(jar.toAbsolutePath()));
        var server = new Server(process, port);
        while (!answers(server, token)) {
            if (!process.isAlive() || System.nanoTime() - begin > PATIENCE.toNanos()) {
                throw new Failure("the gateway did not start: " + programs.tail(log));
            }
            LockSupport.parkNanos(2_000_000);
        }
        var gateway = new Gateway(server, token, ledger, Duration.ofNanos(System.nanoTime() - begin));
        ledger.answered(1, 0);
        return gateway;
    }

    private static boolean answers(Server server, Token token) {
        try {
            return delete(server, token, Provider.TWITTER, "1").statusCode() == 200;
        } catch (IOException _) {
            return false;
        }
    }

    /// From the beginning of its process to its first answer to a delete.
    Duration start() {
        return start;
    }

    Server server() {
        return server;
    }

    /// That one delete is told as what it was.
    void check(Provider provider) {
        String id = "240854986559455234";
        try {
            HttpResponse<String> answer = delete(server, token, provider, id);
            ledger.answered(1, 0);
            String body = answer.body().replaceAll("\\s", "");
            boolean right = answer.statusCode() == 200
                    && body.contains("\"outcome\":\"deleted\"")
                    && body.contains("\"evidence\":\"echo\"")
                    && body.contains("\"item\":{\"id\":\"" + id + "\"");
            if (!right) {
                throw new Failure("a delete was answered " + answer.statusCode() + ": " + answer.body());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Load.Result load(Load load, Provider provider, Load.Amount amount) {
        var call = new Load.Call("DELETE", "/v1/accounts/" + provider.account + "/posts/", "", token.bearer());
        Load.Result result = load.run(server, call, amount);
        ledger.answered(result.requests(), amount.connections());
        ledger.collect();
        return result;
    }

    /// That it has audited and counted what it was asked for, and did nothing else.
    void settle() {
        ledger.settle(() -> metrics());
    }

    private String metrics() {
        try {
            return send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + "/prometheus")), token)
                    .body();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static HttpResponse<String> delete(Server server, Token token, Provider provider, String id)
            throws IOException {
        String path = "/v1/accounts/" + provider.account + "/posts/" + id;
        return send(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path))
                        .DELETE(),
                token);
    }

    private static HttpResponse<String> send(HttpRequest.Builder request, Token token) throws IOException {
        try {
            return CLIENT.send(
                    request.header("Authorization", token.bearer())
                            .timeout(PATIENCE)
                            .build(),
                    BodyHandlers.ofString());
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
