import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// Makes the AOT cache: runs the jar with its imitations of providers, deletes whatever there is, and has Java
/// write down what that took.
///
/// The build runs this source as it is, because tests are not always compiled. Its arguments are the java that the
/// cache is for, where "toolchain" is the one that runs this; the options of the gateway; the jar; the cache; and
/// the time that the jar gets, to which the cache holds it.
final class Training {

    private static final int ROUNDS = 10;
    /// What was called how often in a training of seconds would mislead the compiler for as long as a gateway runs.
    private static final String CLASSES_ALONE = "-XX:-AOTRecordTraining";
    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final String SECRET = "a-secret-for-the-training-of-32-bytes-or-more";

    private static final List<String> DELETES = List.of(
            "demo-twitter/posts/240854986559455234",
            "demo-twitter/posts/1002",
            "demo-twitter/posts/1003?trim_user=true",
            "demo-twitter/posts/1004?raw=true",
            "demo-twitter/posts/1005?dry_run=true",
            "demo-twitter/posts/20",
            "demo-twitter/posts/404144",
            "demo-twitter/posts/401089",
            "demo-twitter/posts/not-an-id",
            "demo-twitter/reposts/241259202004267009",
            "demo-twitter/messages/938178981337088004",
            "demo-twitter/collections/custom-4001",
            "demo-weibo/posts/1472669360",
            "demo-weibo/posts/40340308",
            "weibo-xml/posts/1472669360",
            "weibo-xml/posts/20",
            "nobody/posts/1");

    private final HttpClient client;
    private final String api;
    private final String management;
    private final String token;

    private Training(HttpClient client, String api, String management, String token) {
        this.client = client;
        this.api = api;
        this.management = management;
        this.token = token;
    }

    public static void main(String[] args) throws IOException, InterruptedException {
        String java = args[0].equals("toolchain")
                ? ProcessHandle.current().info().command().orElseThrow()
                : args[0];
        Path jar = Path.of(args[2]);
        Path cache = Path.of(args[3]);
        Files.deleteIfExists(cache);
        Files.setLastModifiedTime(jar, FileTime.from(Instant.parse(args[4])));
        // Where jib keeps layers, which it knows by the times of their files: it would take a former jar for this one.
        delete(cache.resolveSibling("jib-cache"));
        Path folder = Files.createTempDirectory("unpost-training");
        var said = new StringBuffer();
        try {
            var command =
                    List.of(java, "@" + args[1], "-XX:AOTCacheOutput=" + cache, CLASSES_ALONE, "-jar", jar.toString());
            run(command, folder, said);
            if (!Files.exists(cache)) {
                throw new IllegalStateException("Java has left no cache");
            }
        } catch (IOException | IllegalStateException | GeneralSecurityException | ExecutionException e) {
            Files.deleteIfExists(cache);
            System.err.println(said + "The training run for the AOT cache has failed: " + e.getMessage());
            System.exit(1);
        } catch (TimeoutException _) {
            System.err.println(said + "The training run for the AOT cache has failed: the gateway did not start.");
            System.exit(1);
        } finally {
            Files.deleteIfExists(folder.resolve("accounts.yml"));
            Files.deleteIfExists(folder.resolve("audit.log"));
            Files.deleteIfExists(folder);
        }
    }

    private static void delete(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path file : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    private static void run(List<String> command, Path folder, StringBuffer said)
            throws IOException, InterruptedException, GeneralSecurityException, ExecutionException, TimeoutException {
        String port = freePort();
        String managementPort = freePort();
        String api = "http://127.0.0.1:" + port;
        Path accounts = Files.writeString(folder.resolve("accounts.yml"), """
            accounts:
              weibo-xml:
                dialect: weibo-v1
                allow-plaintext: true
                base-url: %s/sandbox/weibo
                format: xml
                method: delete
                credentials: {username: demo@unpost.example, password: "demo:password", source: demo-app-key}
            """.formatted(api));
        var builder = new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true);
        builder.environment().keySet().removeAll(List.of("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS", "_JAVA_OPTIONS"));
        builder.environment()
                .putAll(Map.of(
                        "MICRONAUT_ENVIRONMENTS",
                        "sidecar,sandbox",
                        // So that the cache has what tokens need as well.
                        "MICRONAUT_SECURITY_ENABLED",
                        "true",
                        "JWT_GENERATOR_SIGNATURE_SECRET",
                        SECRET,
                        "MICRONAUT_SERVER_PORT",
                        port,
                        "UNPOST_MANAGEMENT_PORT",
                        managementPort,
                        "UNPOST_ACCOUNTS_FILE",
                        accounts.toString(),
                        "UNPOST_AUDIT_FILE",
                        folder.resolve("audit.log").toString(),
                        "UNPOST_LOG_FORMAT",
                        "json"));
        Process process = builder.start();
        try (HttpClient client = HttpClient.newHttpClient()) {
            var listens = new CompletableFuture<Void>();
            Thread listener = Thread.startVirtualThread(() -> listen(process.inputReader(), said, listens));
            listens.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
            new Training(client, api, "http://127.0.0.1:" + managementPort, token()).drive();
            // By SIGTERM, at which Java writes the cache.
            process.toHandle().destroy();
            if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                throw new IllegalStateException("the gateway did not end");
            }
            listener.join();
        } finally {
            process.destroyForcibly().waitFor();
        }
    }

    private static void listen(BufferedReader lines, StringBuffer said, CompletableFuture<Void> listens) {
        lines.lines().forEach(line -> {
            said.append(line).append('\n');
            if (line.contains("listening on [")) {
                listens.complete(null);
            }
        });
        listens.completeExceptionally(new IllegalStateException("the gateway did not start"));
    }

    private void drive() throws IOException, InterruptedException {
        for (int round = 0; round < ROUNDS; round++) {
            for (String delete : DELETES) {
                String address = api + "/v1/accounts/" + delete;
                send("DELETE", address, 0);
            }
            send("POST", api + "/sandbox/reset", 0);
        }
        send("DELETE", api + "/v1/accounts/weibo-xml/posts/1472669360", 200);
        send("DELETE", api + "/v1/accounts/demo-twitter/posts/1002", 200);
        send("GET", api + "/v1/accounts", 200);
        send("GET", management + "/health/liveness", 200);
        send("GET", management + "/health/readiness", 200);
        send("GET", management + "/prometheus", 200);
    }

    /// @param expected the status of the answer; 0 for any
    private void send(String method, String address, int expected) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(URI.create(address))
                .method(method, HttpRequest.BodyPublishers.noBody())
                .header("Authorization", "Bearer " + token)
                .timeout(PATIENCE)
                .build();
        HttpResponse<String> answer = client.send(request, BodyHandlers.ofString());
        if (expected != 0 && answer.statusCode() != expected) {
            throw new IllegalStateException(
                    "%s %s was answered %d: %s".formatted(method, address, answer.statusCode(), answer.body()));
        }
    }

    private static String token() throws GeneralSecurityException {
        long ends = Instant.now().plus(Duration.ofHours(1)).getEpochSecond();
        String content = base64("{\"alg\":\"HS256\",\"typ\":\"JWT\"}") + "."
                + base64("{\"sub\":\"training\",\"exp\":%d,\"accounts\":[\"*\"],\"scope\":\"delete\"}".formatted(ends));
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(SECRET.getBytes(UTF_8), "HmacSHA256"));
        return content + "." + base64(mac.doFinal(content.getBytes(UTF_8)));
    }

    private static String base64(String text) {
        return base64(text.getBytes(UTF_8));
    }

    private static String base64(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private static String freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return Integer.toString(socket.getLocalPort());
        }
    }
}
