package io.unpost.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The process as an operator sees it.
final class ApplicationTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    private Path temp;

    @Test
    void wrongAccountsEndTheProcessWithOneLineForEachMistake() throws IOException, InterruptedException {
        Path accounts = Files.writeString(temp.resolve("accounts.yml"), "accounts:\n  a: c4nary\n  b: c4nary\n");

        Ended ended = start(Map.of(
                "MICRONAUT_ENVIRONMENTS",
                "sidecar",
                "UNPOST_MANAGEMENT_PORT",
                "-1",
                "UNPOST_ACCOUNTS_FILE",
                accounts.toString()));

        assertThat(ended.status()).isEqualTo(2);
        String what = "must be a mapping with the keys dialect and credentials";
        assertThat(ended.err())
                .containsExactly(accounts + ":2: account 'a': " + what, accounts + ":3: account 'b': " + what);
        assertThat(ended.out()).doesNotContain("c4nary", "Exception");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "NOTHING | | It is not said who may call. Set JWT_GENERATOR_SIGNATURE_SECRET",
                "JWT_GENERATOR_SIGNATURE_SECRET | c4nary | JWT_GENERATOR_SIGNATURE_SECRET is shorter than 32 bytes.",
                "JWT_GENERATOR_SIGNATURE_SECRET | c4nary-of-32-bytes-or-more-${w | JWT_GENERATOR_SIGNATURE_SECRET"
                        + " holds",
                "MICRONAUT_SECURITY_ENABLED | false | Without tokens"
            })
    void wrongSettingsEndTheProcessWithOneLine(String name, @Nullable String value, String line)
            throws IOException, InterruptedException {
        Ended ended = start(value == null ? Map.of() : Map.of(name, value));

        assertThat(ended.status()).isEqualTo(2);
        assertThat(ended.err()).singleElement().asString().startsWith(line).doesNotContain("c4nary");
        assertThat(ended.out()).doesNotContain("c4nary", "Exception");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "UNPOST_AUDIT_FILE | none/audit.log | unpost.audit.file: there is no folder",
                "UNPOST_AUDIT_FILE | . | unpost.audit.file:",
                "UNPOST_AUDIT_FILE | /dev/null | unpost.audit.file: /dev/null is no regular file",
                "UNPOST_AUDIT_MAX_SIZE | 100 | unpost.audit.max-size is no size",
                "UNPOST_AUDIT_MAX_SIZE | '' | unpost.audit.max-size is no size",
                "UNPOST_AUDIT_MAX_SIZE | 0MB | unpost.audit.max-size is no size",
                "UNPOST_AUDIT_KEEP | 0 | unpost.audit.keep is no number of files",
                "UNPOST_AUDIT_KEEP | many | unpost.audit.keep is no number of files",
                "UNPOST_LOG_FORMAT | yaml | UNPOST_LOG_FORMAT is neither text nor json.",
                "UNPOST_MAX_IN_FLIGHT | 0 | unpost.max-in-flight is no number from 1 to 999999.",
                "UNPOST_MAX_CONNECTIONS | many | unpost.max-connections is no number from 1 to 999999.",
                "MICRONAUT_SERVER_HTTP_VERSION | 2.0 | The gateway serves HTTP/1.1 only.",
                "UNPOST_REQUEST_TIMEOUT | soon | unpost.request-timeout is no length of time.",
                "UNPOST_DRAIN_DELAY | -1s | unpost.drain.delay is no length of time.",
                "UNPOST_DRAIN_TIMEOUT | '' | unpost.drain.timeout is no length of time.",
                "OTEL_EXPORTER_OTLP_ENDPOINT | otel.example.com:4318 | The settings for traces (OTEL_…) are wrong."
            })
    void wrongSettingOfASidecarEndsTheProcessWithOneLine(String name, String value, String line)
            throws IOException, InterruptedException {
        Ended ended = start(Map.of("MICRONAUT_ENVIRONMENTS", "sidecar", "UNPOST_MANAGEMENT_PORT", "-1", name, value));

        assertThat(ended.status()).isEqualTo(2);
        assertThat(ended.err()).singleElement().asString().startsWith(line);
        assertThat(ended.out()).doesNotContain("Exception");
    }

    @ParameterizedTest
    @ValueSource(strings = {"c4nary${w", "${c4nary}"})
    void settingThatMicronautCannotReadIsNotQuoted(String password) throws IOException, InterruptedException {
        Ended ended = start(Map.of(
                "MICRONAUT_ENVIRONMENTS", "sidecar",
                "UNPOST_MANAGEMENT_PORT", "-1",
                "MICRONAUT_HTTP_CLIENT_PROXY_PASSWORD", password));

        assertThat(ended.status()).isEqualTo(2);
        assertThat(ended.err())
                .singleElement()
                .asString()
                .startsWith("A setting holds ${, which stands for a variable in settings")
                .doesNotContain("c4nary");
        assertThat(ended.out()).doesNotContain("c4nary", "Exception");
    }

    @Test
    void takenPortEndsTheProcessWithOneLine() throws IOException, InterruptedException {
        try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Ended ended = start(Map.of(
                    "MICRONAUT_ENVIRONMENTS", "sidecar",
                    "MICRONAUT_SERVER_PORT", Integer.toString(taken.getLocalPort()),
                    "UNPOST_MANAGEMENT_PORT", "-1"));

            assertThat(ended.status()).isEqualTo(2);
            assertThat(ended.err()).singleElement().asString().startsWith("A port to listen on is taken");
            assertThat(ended.out()).doesNotContain("Exception");
        }
    }

    @Test
    void logIsJsonWhereThatIsAskedFor() throws IOException, InterruptedException {
        try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Ended ended = start(Map.of(
                    "MICRONAUT_ENVIRONMENTS", "sidecar",
                    "MICRONAUT_SERVER_PORT", Integer.toString(taken.getLocalPort()),
                    "UNPOST_MANAGEMENT_PORT", "-1",
                    "UNPOST_LOG_FORMAT", "json"));

            assertThat(ended.out().lines()).isNotEmpty();
            for (String line : ended.out().lines().toList()) {
                JsonNode event = JSON.readTree(line);
                assertThat(event.fieldNames()).toIterable().contains("time", "level", "logger", "thread", "message");
            }
        }
    }

    @Test
    void logIsConfiguredByAFileWhereOneIsNamed() throws IOException, InterruptedException {
        Path file = Files.writeString(temp.resolve("own.xml"), """
            <configuration>
              <appender name="own" class="ch.qos.logback.core.ConsoleAppender">
                <encoder><pattern>own: %level%n</pattern></encoder>
              </appender>
              <root level="INFO"><appender-ref ref="own"/></root>
            </configuration>
            """);
        try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Ended ended = start(Map.of(
                    "MICRONAUT_ENVIRONMENTS",
                    "sidecar",
                    "MICRONAUT_SERVER_PORT",
                    Integer.toString(taken.getLocalPort()),
                    "UNPOST_MANAGEMENT_PORT",
                    "-1",
                    "JDK_JAVA_OPTIONS",
                    "-Dlogback.configurationFile=" + file));

            assertThat(ended.out().lines()).isNotEmpty().allMatch(line -> line.matches("own: [A-Z]+"));
        }
    }

    @Test
    void checkTellsEachMistakeAndStartsNothing() throws IOException, InterruptedException {
        Path accounts = Files.writeString(temp.resolve("accounts.yml"), "accounts:\n  a: c4nary\n");

        Ended ended = start(sidecar(accounts), "check");

        assertThat(ended.status()).isEqualTo(2);
        assertThat(ended.err()).singleElement().asString().startsWith(accounts + ":2: account 'a': must be a mapping");
        assertThat(ended.out()).isEmpty();
    }

    @Test
    void checkOfRightAccountsIsQuiet() throws IOException, InterruptedException {
        Ended ended = start(sidecar(accounts()), "check");

        assertThat(ended.status()).isZero();
        assertThat(ended.err()).isEmpty();
        assertThat(ended.out()).isEqualTo("no mistakes; accounts: 2\n");
    }

    @Test
    void accountsAreListedWithoutTheirSecrets() throws IOException, InterruptedException {
        Ended ended = start(sidecar(accounts()), "accounts");

        assertThat(ended.status()).isZero();
        assertThat(ended.out().lines().map(line -> line.replaceAll(" +", " ")))
                .containsExactly(
                        "ACCOUNT DIALECT KINDS PROVIDER",
                        "acme-cn weibo-v1 posts,reposts,messages http://api.t.sina.com.cn",
                        "acme-news twitter-v1.1 posts,reposts,messages,collections https://api.twitter.com");
        assertThat(ended.out()).doesNotContain("c4nary");
    }

    @Test
    void helpSaysWhatThereIs() throws IOException, InterruptedException {
        Ended ended = start(Map.of(), "--help");

        assertThat(ended.status()).isZero();
        assertThat(ended.out()).startsWith("Usage: unpost").contains("check", "accounts", "MICRONAUT_SERVER_PORT");
    }

    @Test
    void unknownCommandIsAMistake() throws IOException, InterruptedException {
        Ended ended = start(Map.of(), "chekc");

        assertThat(ended.status()).isEqualTo(2);
        assertThat(ended.err()).anyMatch(line -> line.contains("chekc"));
        assertThat(ended.out()).isEmpty();
    }

    private Path accounts() throws IOException {
        return Files.writeString(temp.resolve("accounts.yml"), """
            accounts:
              acme-news:
                dialect: twitter-v1.1
                credentials: {consumer-key: c4nary, consumer-secret: c4nary, token: c4nary, token-secret: c4nary}
              acme-cn:
                dialect: weibo-v1
                allow-plaintext: true
                credentials: {username: c4nary, password: c4nary, source: c4nary}
            """);
    }

    private static Map<String, String> sidecar(Path accounts) {
        return Map.of("MICRONAUT_ENVIRONMENTS", "sidecar", "UNPOST_ACCOUNTS_FILE", accounts.toString());
    }

    /// A process that has ended.
    private record Ended(int status, List<String> err, String out) {}

    private Ended start(Map<String, String> environment, String... arguments) throws IOException, InterruptedException {
        Path out = temp.resolve("out.txt");
        Path err = temp.resolve("err.txt");
        var command = new ArrayList<>(List.of(
                ProcessHandle.current().info().command().orElseThrow(),
                "-cp",
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                Application.class.getName()));
        command.addAll(List.of(arguments));
        var builder = new ProcessBuilder(command)
                .directory(temp.toFile())
                .redirectOutput(out.toFile())
                .redirectError(err.toFile());
        builder.environment().put("MICRONAUT_SERVER_PORT", "-1");
        builder.environment().putAll(environment);

        Process process = builder.start();
        boolean ended = process.waitFor(60, TimeUnit.SECONDS);
        process.destroyForcibly();

        assertThat(ended).isTrue();
        return new Ended(
                process.exitValue(),
                Files.readAllLines(err).stream()
                        .filter(line -> !line.startsWith("WARNING: "))
                        .toList(),
                Files.readString(out));
    }
}
