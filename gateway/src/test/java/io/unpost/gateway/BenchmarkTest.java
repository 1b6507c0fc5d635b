package io.unpost.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The benchmark runs from its sources, which the build does not compile.
final class BenchmarkTest {

    private static final Path SOURCES = Path.of("src", "bench");

    @Test
    void compilesWithoutAWarning(@TempDir Path classes) throws IOException {
        var compiler = ToolProvider.getSystemJavaCompiler();
        var said = new StringWriter();
        try (Stream<Path> files = Files.list(SOURCES);
                var manager = compiler.getStandardFileManager(null, null, UTF_8)) {
            List<Path> sources =
                    files.filter(file -> file.toString().endsWith(".java")).toList();
            List<String> options = List.of("-Xlint:all", "-Werror", "-proc:none", "-d", classes.toString());

            boolean right = compiler.getTask(
                            said, manager, null, options, null, manager.getJavaFileObjectsFromPaths(sources))
                    .call();

            assertThat(right).as(said.toString()).isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"--fast", "--rounds=0", "--cores=1", "--cores=1,1", "--quick --write"})
    void wrongOptionIsRefused(String options) throws Exception {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        List<String> command = Stream.concat(
                        Stream.of(java, SOURCES.resolve("Bench.java").toString()), Stream.of(options.split(" ")))
                .toList();

        Process bench = new ProcessBuilder(command).redirectErrorStream(true).start();

        assertThat(new String(bench.getInputStream().readAllBytes(), UTF_8)).contains("Usage: ./unpost bench");
        assertThat(bench.waitFor()).isEqualTo(2);
    }
}
