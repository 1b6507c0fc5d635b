package io.unpost.gateway.battery;

import static org.assertj.core.api.Assertions.assertThat;

import io.unpost.gateway.accounts.AccountsFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/// Accounts files that change under load.
@Tag("battery")
@Timeout(600)
@ExtendWith(Battery.Resolver.class)
final class ReloadsTest {

    private static final int RELOADS = 10;
    private static final int OPERATIONS = 60_000;
    private static final int AT_ONCE = 16;
    private static final String EXTRA = "extra";
    private static final long POLL_NANOS = 1_000_000;
    private static final Duration IN_TIME = Duration.ofSeconds(1);

    /// As many reloads as the gateway takes, one after the other, and no delete that fails for one.
    @Test
    void deletesGoOnWhateverBecomesOfTheFile(Battery battery) throws Exception {
        int operations = battery.scaled(OPERATIONS);
        battery.row(
                "accounts file that changes, and is wrong",
                Load.ofPosts(operations).of(operations),
                row -> {
                    List<Operation> all = row.all();
                    var asked = new ArrayList<Answered>();
                    try (var editor = Executors.newVirtualThreadPerTaskExecutor()) {
                        var edits = new Edits(row);
                        var edited = CompletableFuture.runAsync(() -> edits.make(battery.scaled(RELOADS)), editor);
                        int from = 0;
                        while (!edited.isDone() && from < all.size()) {
                            asked.addAll(row.delete(all.subList(from, Math.min(from + AT_ONCE, all.size()))));
                            from += AT_ONCE;
                        }
                        edited.join();
                        row.shows("%d reloads".formatted(battery.scaled(RELOADS)));
                        row.shows(
                                "%d ms at most until a removed account is unknown".formatted(edits.slowest.toMillis()));
                        if (battery.strict()) {
                            assertThat(edits.slowest).isLessThanOrEqualTo(IN_TIME);
                        }
                    }
                    assertThat(asked)
                            .isNotEmpty()
                            .allSatisfy(each -> assertThat(each.told().claim())
                                    .as("%s", each)
                                    .isEqualTo("deleted by echo"));
                });
    }

    /// Changes the file in every way there is, and waits each time until the gateway has seen it.
    private static final class Edits {

        private final Row row;
        private final Path file;
        private final AccountsFile reader;
        private final String right;
        private final String more;
        private Duration slowest = Duration.ZERO;

        Edits(Row row) throws IOException {
            this.row = row;
            file = row.accountsFile();
            reader = row.gateway().context().getBean(AccountsFile.class);
            right = Files.readString(file);
            String first = row.all().getFirst().account();
            more = right
                    + right.lines()
                            .filter(line -> line.contains(first + ":"))
                            .findFirst()
                            .orElseThrow()
                            .replace(first + ":", EXTRA + ":")
                    + "\n";
        }

        void make(int count) {
            try {
                for (int edit = 0; edit < count; edit++) {
                    edit(edit);
                    assertThat(row.gateway().get("/health/readiness").status()).isEqualTo(200);
                }
                replace(right + "# in the end\n", true);
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        }

        private void edit(int edit) throws IOException {
            switch (edit % 6) {
                case 0 -> replace(right + "# edit " + edit + "\n", true);
                case 1 -> {
                    // Half of it, for longer than anybody takes to write the rest.
                    write(right.substring(0, right.indexOf("credentials") + edit), false);
                    write(right + "# edit " + edit + "\n", true);
                }
                case 2 -> replace(right.replace("twitter-v1.1", "friendster-" + edit), false);
                case 3 -> {
                    replace(more + "# edit " + edit + "\n", true);
                    assertThat(row.gateway().get("/v1/accounts").body()).contains(EXTRA);
                }
                case 4 -> mount(more + "# edit " + edit + "\n", edit);
                default -> {
                    Instant begun = Instant.now();
                    replace(right + "# edit " + edit + "\n", true);
                    Duration took = Duration.between(begun, Instant.now());
                    slowest = took.compareTo(slowest) > 0 ? took : slowest;
                    assertThat(row.gateway().get("/v1/accounts").body()).doesNotContain(EXTRA);
                }
            }
        }

        /// In one step, as an editor does it.
        private void replace(String text, boolean isRight) throws IOException {
            long reloads = looked();
            Path next = Files.writeString(file.resolveSibling("next.yml"), text);
            Files.move(next, file, StandardCopyOption.ATOMIC_MOVE);
            await(reloads, isRight);
        }

        /// As Kubernetes swaps a mounted folder: the file is a link through a link to a folder of this edit.
        private void mount(String text, int edit) throws IOException {
            long reloads = looked();
            Path version = Files.createDirectory(file.resolveSibling("..version-" + edit));
            Files.writeString(version.resolve(file.getFileName()), text);
            Path data = file.resolveSibling("..data");
            link(data, version.getFileName());
            link(file, Path.of("..data").resolve(file.getFileName()));
            await(reloads, true);
        }

        private void link(Path link, Path to) throws IOException {
            Path next = Files.createSymbolicLink(file.resolveSibling("..next"), to);
            Files.move(next, link, StandardCopyOption.ATOMIC_MOVE);
        }

        private void write(String text, boolean isRight) throws IOException {
            long reloads = looked();
            Files.writeString(file, text);
            await(reloads, isRight);
        }

        private long looked() {
            return reader.taken() + reader.refused();
        }

        private void await(long reloads, boolean isRight) {
            while (looked() == reloads) {
                LockSupport.parkNanos(POLL_NANOS);
            }
            assertThat(reader.isRight()).isEqualTo(isRight);
        }
    }
}
