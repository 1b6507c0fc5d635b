package io.unpost.gateway.packaging;

import static org.assertj.core.api.Assertions.assertThat;

import io.unpost.gateway.Jar;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The AOT cache that the build makes.
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class CacheIT {

    private static final Path JAR = Path.of("target", "gateway.jar").toAbsolutePath();
    private static final Path CACHE = Path.of("target", "gateway.aot").toAbsolutePath();
    private static final Path OPTIONS = Path.of("..", "config", "java.options").toAbsolutePath();
    private static final String ACCOUNTS = """
        accounts:
          acme:
            dialect: weibo-v1
            allow-plaintext: true
            credentials: {username: me, password: s3cret, source: app}
        """;

    @TempDir
    private Path folder;

    @Test
    void fitsTheJar() throws IOException, InterruptedException {
        assertThat(statusWhereItMustFit(JAR)).isZero();
    }

    @Test
    void fitsACopyInAnotherFolderThatKeepsItsTime() throws IOException, InterruptedException {
        Path copy = Files.copy(JAR, folder.resolve("gateway.jar"));
        assertThat(statusWhereItMustFit(copy)).isNotZero();

        Files.setLastModifiedTime(copy, Files.getLastModifiedTime(JAR));
        assertThat(statusWhereItMustFit(copy)).isZero();
    }

    @ParameterizedTest
    @MethodSource
    void gatewayThatUsesItHasNothingToSay(List<String> options) throws Exception {
        var lines = new ArrayList<String>();
        try (var gateway = start(options, lines::add)) {
            assertThat(gateway.delete("demo-twitter/posts/1001").claim()).isEqualTo("deleted by echo");
        }

        assertThat(lines).noneMatch(line -> line.contains("AOT"));
    }

    static Stream<List<String>> gatewayThatUsesItHasNothingToSay() {
        String sidecar = Repository.one("JAVA_TOOL_OPTIONS: (.+)", Repository.sidecar("compose.yml"));
        return Stream.of("", " " + sidecar).map(more -> List.of(("-XX:AOTMode=on" + more).split(" ")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"-XX:AOTCache=none.aot", "-XX:+UseCompactObjectHeaders"})
    void gatewayThatCannotUseItStartsAndSaysSo(String option) throws Exception {
        var lines = new ArrayList<String>();
        var told = new CompletableFuture<String>();
        try (var gateway = start(List.of(option), line -> {
            lines.add(line);
            if (line.contains("AOT")) {
                told.complete(line);
            }
        })) {
            assertThat(gateway.delete("demo-twitter/posts/1001").claim()).isEqualTo("deleted by echo");
            assertThat(told.get(60, TimeUnit.SECONDS)).contains("WARN", "started without the AOT cache");
        }

        assertThat(lines)
                .filteredOn(line -> line.toLowerCase(Locale.ROOT).contains("aot"))
                .hasSize(1);
    }

    private Jar start(List<String> more, Consumer<String> out) throws IOException {
        var options = new ArrayList<>(List.of("@" + OPTIONS, "-XX:AOTCache=" + CACHE));
        options.addAll(more);
        return new Jar(folder, ACCOUNTS, options, out);
    }

    /// The exit status of a Java that does not start without the cache.
    private int statusWhereItMustFit(Path jar) throws IOException, InterruptedException {
        return new ProcessBuilder(
                        ProcessHandle.current().info().command().orElseThrow(),
                        "@" + OPTIONS,
                        "-XX:AOTCache=" + CACHE,
                        "-XX:AOTMode=on",
                        "-jar",
                        jar.toString(),
                        "--version")
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("out.txt").toFile())
                .start()
                .waitFor();
    }
}
