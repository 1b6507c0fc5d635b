package io.unpost.gateway.battery;

import static org.assertj.core.api.Assertions.assertThat;

import io.unpost.gateway.Call;
import io.unpost.gateway.audit.AuditLines;
import io.unpost.gateway.battery.Finding.Rule;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// A row finds what is wrong beside the claims: what was written and counted, what hangs, what does not heal.
@Tag("battery")
@Timeout(120)
final class RowTest {

    private static final Load LOAD = Load.ofPosts(3);
    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final Duration LONG = Figures.most(SECOND).multipliedBy(Figures.HANG);

    @TempDir
    private Path folder;

    @Test
    void rowWithoutFaultHasNoFindings() throws Exception {
        try (var row = new Row(LOAD, 0, folder)) {
            row.deleteAll();

            assertThat(row.findings(LOAD.call())).isEmpty();
        }
    }

    /// So many failures open the circuit breakers, and no time passes in which they could close.
    @Test
    void gatewayThatDoesNotHealIsFound() throws Exception {
        Load load = Load.ofPosts(60).of(20);
        try (var row = new Row(load, 0, folder)) {
            row.does(Call::reset);
            row.deleteAll();

            assertThat(row.findings(load.call())).extracting(Finding::rule).containsOnly(Rule.HEALED);
        }
    }

    @Test
    void hangIsFound() {
        assertThat(figures(SECOND, LONG, 192).hangs(SECOND, SECOND, 64)).isEmpty();
        assertThat(figures(SECOND.plusNanos(1), LONG, 192).hangs(SECOND, SECOND, 64))
                .extracting(Finding::rule)
                .containsExactly(Rule.NO_HANG);
        assertThat(figures(SECOND, LONG.plusNanos(1), 192).hangs(SECOND, SECOND, 64))
                .hasSize(1);
        assertThat(figures(SECOND, LONG, 193).hangs(SECOND, SECOND, 64)).hasSize(1);
    }

    private static Figures figures(Duration p99, Duration slowest, int connections) {
        return new Figures(1, 1, 1, p99, slowest, connections);
    }

    static Stream<UnaryOperator<List<String>>> auditLogs() {
        return Stream.of(
                lines -> replaced(lines, "\"evidence\":\"echo\"", "\"evidence\":\"absence\""),
                lines -> replaced(lines, "\"outcome\":\"deleted\"", "\"outcome\":\"already_gone\""),
                lines -> replaced(lines, "\"code\":null", "\"code\":\"not_found\""),
                // Without an intent, without an outcome, with the same twice.
                lines -> lines.subList(1, lines.size()),
                lines -> lines.subList(0, lines.size() - 1),
                RowTest::twice);
    }

    private static <T> List<T> twice(List<T> list) {
        return Collections.nCopies(2, list).stream().flatMap(List::stream).toList();
    }

    private static List<String> replaced(List<String> lines, String what, String instead) {
        var replaced = new ArrayList<>(lines);
        replaced.add(replaced.removeLast().replace(what, instead));
        return replaced;
    }

    @ParameterizedTest
    @MethodSource("auditLogs")
    void wrongAuditLogIsFound(UnaryOperator<List<String>> wrong) throws Exception {
        try (var row = new Row(LOAD, 0, folder)) {
            List<Claim> told = row.deleteAll().stream().map(Answered::claim).toList();
            List<String> lines =
                    row.gateway().context().getBean(AuditLines.class).lines();

            assertThat(Audited.findings(Audited.claims(lines), told, 0)).isEmpty();
            assertThat(Audited.findings(Audited.claims(wrong.apply(lines)), told, 0))
                    .extracting(Finding::rule)
                    .containsExactly(Rule.ONE_ANSWER);
        }
    }

    @Test
    void wrongCountIsFound() throws Exception {
        try (var row = new Row(LOAD, 0, folder)) {
            List<Claim> told = row.deleteAll().stream().map(Answered::claim).toList();
            var counted = new Counted(row.metrics());
            List<Claim> fewer = told.subList(1, told.size());

            assertThat(counted.findings(told, 0)).isEmpty();
            assertThat(counted.findings(fewer, 1)).isEmpty();
            assertThat(counted.findings(fewer, 0)).extracting(Finding::rule).containsExactly(Rule.ONE_ANSWER);
            assertThat(counted.findings(twice(told), 0)).hasSize(1);
        }
    }
}
