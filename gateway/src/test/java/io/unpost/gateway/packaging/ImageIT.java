package io.unpost.gateway.packaging;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ConfigMap;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.jar.JarFile;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// The image, less its base, which only a registry has.
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class ImageIT {

    private static final Pattern LISTENS = Pattern.compile(".*listening on \\[([0-9]+)].*");
    private static final String JAR = "/app/classpath/gateway.jar";
    private static final String CACHE = "/app/gateway.aot";
    private static final String OPTIONS = "/app/java.options";

    @TempDir
    private Path temp;

    private Image image;

    @BeforeEach
    void unpack() throws IOException {
        image = Image.unpack(temp);
    }

    @Test
    void saysHowItIsRun() {
        assertThat(image.texts("/Entrypoint"))
                .containsExactly("java", "@" + OPTIONS, "-XX:AOTCache=" + CACHE, "-jar", JAR);
        assertThat(image.text("/User")).isEqualTo("65532:65532");
        assertThat(image.text("/WorkingDir")).isEqualTo("/app");
        assertThat(image.texts("/Env")).containsExactly("UNPOST_LOG_FORMAT=json");
        assertThat(image.texts("/ExposedPorts")).containsExactly("8080/tcp", "8081/tcp");
        assertThat(image.texts("/Volumes")).isEmpty();
        assertThat(image.texts("/Labels"))
                .containsExactlyInAnyOrder(
                        "org.opencontainers.image.title",
                        "org.opencontainers.image.description",
                        "org.opencontainers.image.version",
                        "org.opencontainers.image.licenses");
    }

    /// So that the same sources give the same image.
    @Test
    void isAsOldAsItsVersion() {
        String version = Repository.one("outputTimestamp>([^<]+)<", Repository.text("pom.xml"));

        assertThat(image.config().at("/created").asText()).isEqualTo(version);
    }

    @Test
    void holdsWhatIsShippedAndNothingElse() throws IOException {
        Path jar = image.root().resolve(JAR.substring(1));

        assertThat(image.files()).containsExactlyInAnyOrder(JAR, CACHE, OPTIONS);
        assertThat(image.root().resolve(OPTIONS.substring(1))).hasContent(Repository.text("config/java.options"));
        assertThat(image.root().resolve(CACHE.substring(1))).hasSameBinaryContentAs(Path.of("target", "gateway.aot"));
        assertThat(jar).hasSameBinaryContentAs(Path.of("target", "gateway.jar"));
        try (var packed = new JarFile(jar.toFile())) {
            assertThat(packed.stream().map(Object::toString))
                    .contains(
                            "io/unpost/gateway/Application.class",
                            "io/unpost/dialect/twitter/TwitterDialect.class",
                            "io/unpost/dialect/weibo/WeiboDialect.class");
        }
    }

    @Test
    void runsWithTheConfigurationOfKubernetesAndWritesNoFile() throws IOException, InterruptedException {
        Path secrets = Files.createDirectory(temp.resolve("secrets"));
        for (String name : List.of("acme-consumer-key", "acme-consumer-secret", "acme-token", "acme-token-secret")) {
            Files.writeString(secrets.resolve(name), "s3cret\n");
        }
        Path config = Files.createDirectory(image.root().resolve("app/config"));
        for (Map.Entry<String, String> file : Manifests.read(Repository.sidecar("kubernetes-standalone.yml"))
                .only(ConfigMap.class)
                .getData()
                .entrySet()) {
            Files.writeString(
                    config.resolve(file.getKey()), file.getValue().replace("/run/secrets/unpost", secrets.toString()));
        }
        Path tmp = Files.createDirectory(temp.resolve("tmp"));
        List<Path> before = everything();

        Process process = start(tmp);
        try (BufferedReader lines = process.inputReader();
                HttpClient client = HttpClient.newHttpClient()) {
            var said = new ArrayList<String>();
            String address = "http://localhost:" + port(lines, said);

            assertThat(get(client, address + "/health/readiness").body()).isEqualTo("{\"status\":\"UP\"}");
            assertThat(get(client, address + "/v1/accounts").statusCode()).isEqualTo(401);
            assertThat(said)
                    .allMatch(line -> line.startsWith("{\"time\":"))
                    .anyMatch(line -> line.contains("1 accounts from config/accounts.yml"));
            assertThat(everything()).isEqualTo(before);
            assertThat(Path.of("/tmp", "hsperfdata_" + System.getProperty("user.name"), String.valueOf(process.pid())))
                    .doesNotExist();
        } finally {
            process.destroyForcibly().waitFor();
        }
    }

    private Process start(Path tmp) throws IOException {
        var command = new ArrayList<>(image.texts("/Entrypoint"));
        command.set(0, ProcessHandle.current().info().command().orElseThrow());
        command.replaceAll(word -> word.replaceFirst(
                "(?=/app/)", Matcher.quoteReplacement(image.root().toString())));
        command.add(1, "-Djava.io.tmpdir=" + tmp);
        // It does not start where its cache does not fit.
        command.add(1, "-XX:AOTMode=on");
        var builder = new ProcessBuilder(command)
                .directory(image.root()
                        .resolve(image.text("/WorkingDir").substring(1))
                        .toFile())
                .redirectErrorStream(true);
        image.texts("/Env").stream()
                .map(variable -> variable.split("=", 2))
                .forEach(variable -> builder.environment().put(variable[0], variable[1]));
        builder.environment().put("JWT_GENERATOR_SIGNATURE_SECRET", "a-secret-for-tests-of-32-bytes-or-more");
        builder.environment().put("MICRONAUT_SERVER_PORT", "-1");
        return builder.start();
    }

    private static String port(BufferedReader lines, List<String> said) throws IOException {
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            said.add(line);
            Matcher listens = LISTENS.matcher(line);
            if (listens.matches()) {
                return listens.group(1);
            }
        }
        throw new AssertionError("the gateway did not start:\n" + String.join("\n", said));
    }

    private static HttpResponse<String> get(HttpClient client, String address)
            throws IOException, InterruptedException {
        return client.send(HttpRequest.newBuilder(URI.create(address)).build(), BodyHandlers.ofString());
    }

    private List<Path> everything() throws IOException {
        try (Stream<Path> files = Files.walk(temp)) {
            return files.sorted().toList();
        }
    }
}
