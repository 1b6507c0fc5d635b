package io.unpost.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The process as an operator sees it.
final class ApplicationTest {

    @TempDir
    private Path temp;

    @Test
    void wrongAccountsEndTheProcessWithOneLineForEachMistake() throws IOException, InterruptedException {
        Path accounts = Files.writeString(temp.resolve("accounts.yml"), "accounts:\n  a: c4nary\n  b: c4nary\n");

        Ended ended = start(Map.of("UNPOST_ACCOUNTS_FILE", accounts.toString()));

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
                "UNPOST_AUDIT_KEEP | many | unpost.audit.keep is no number of files"
            })
    void wrongAuditLogEndsTheProcessWithOneLine(String name, String value, String line)
            throws IOException, InterruptedException {
        Ended ended = start(Map.of("MICRONAUT_ENVIRONMENTS", "sidecar", "UNPOST_MANAGEMENT_PORT", "-1", name, value));

        assertThat(ended.status()).isEqualTo(2);
        assertThat(ended.err()).singleElement().asString().startsWith(line);
        assertThat(ended.out()).doesNotContain("Exception");
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

    /// A process that has ended.
    private record Ended(int status, List<String> err, String out) {}

    private Ended start(Map<String, String> environment) throws IOException, InterruptedException {
        Path out = temp.resolve("out.txt");
        Path err = temp.resolve("err.txt");
        var builder = new ProcessBuilder(
                        ProcessHandle.current().info().command().orElseThrow(),
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        Application.class.getName())
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
