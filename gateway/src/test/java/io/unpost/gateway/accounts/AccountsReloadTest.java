package io.unpost.gateway.accounts;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

/// Files that change while the gateway runs.
final class AccountsReloadTest {

    private final ListAppender<ILoggingEvent> logged = new ListAppender<>();
    private final Logger logger = (Logger) LoggerFactory.getLogger(AccountsFile.class);

    @TempDir
    private Path temp;

    private AccountsFolder folder;
    private AccountsFile file;

    @BeforeEach
    void start() {
        folder = new AccountsFolder(temp);
        folder.file("secret", "one");
        write("acme");
        file = new AccountsFile(folder.reader(), temp.resolve("accounts.yml").toString());
        logged.start();
        logger.addAppender(logged);
    }

    @AfterEach
    void stop() {
        logger.detachAppender(logged);
    }

    @Test
    void changeIsTakenOnceItIsSeenTwice() {
        write("acme", "other");
        file.look();
        assertThat(names()).containsExactly("acme");

        file.look();

        assertThat(names()).containsExactly("acme", "other");
        assertThat(file.taken() + file.refused()).isEqualTo(1);
    }

    @Test
    void fileThatIsStillBeingWrittenIsWaitedFor() {
        write("acme", "other");
        file.look();
        write("acme", "other", "third");
        file.look();
        assertThat(names()).containsExactly("acme");

        file.look();

        assertThat(names()).containsExactly("acme", "other", "third");
        assertThat(file.taken() + file.refused()).isEqualTo(1);
    }

    @Test
    void whatDidNotChangeIsNotReadAgain() throws IOException {
        List<Account> before = file.accounts();
        Files.setLastModifiedTime(temp.resolve("accounts.yml"), FileTime.fromMillis(0));
        settle();

        assertThat(file.accounts()).isSameAs(before);
        assertThat(file.taken()).isZero();
    }

    /// As `sed -i` and editors do it.
    @Test
    void fileOfAnotherNameThatTakesItsPlaceIsRead() throws IOException {
        folder.file("new.yml", text("renamed"));
        Files.move(temp.resolve("new.yml"), temp.resolve("accounts.yml"), StandardCopyOption.ATOMIC_MOVE);
        settle();

        assertThat(names()).containsExactly("renamed");
    }

    /// As Kubernetes mounts a ConfigMap: files are links to `..data`, which is a link to a folder.
    @Test
    void folderThatIsSwappedAsAWholeIsRead() throws IOException {
        Path mount = Files.createDirectory(temp.resolve("mount"));
        version(mount, "..1", "one", "first");
        Files.createSymbolicLink(mount.resolve("..data"), Path.of("..1"));
        Files.createSymbolicLink(mount.resolve("accounts.yml"), Path.of("..data/accounts.yml"));
        Files.createSymbolicLink(mount.resolve("secret"), Path.of("..data/secret"));
        var mounted =
                new AccountsFile(folder.reader(), mount.resolve("accounts.yml").toString());
        assertThat(mounted.accounts()).extracting(Account::name).containsExactly("first");

        version(mount, "..2", "two", "second");
        Files.createSymbolicLink(mount.resolve("..data_tmp"), Path.of("..2"));
        Files.move(mount.resolve("..data_tmp"), mount.resolve("..data"), StandardCopyOption.ATOMIC_MOVE);
        mounted.look();
        mounted.look();

        assertThat(mounted.accounts()).extracting(Account::name).containsExactly("second");
        assertThat(secret(mounted)).isEqualTo("two");
    }

    private static void version(Path mount, String name, String secret, String account) throws IOException {
        var version = new AccountsFolder(Files.createDirectory(mount.resolve(name)));
        version.file("secret", secret);
        version.file("accounts.yml", text(account));
    }

    @Test
    void changedSecretFileIsRead() {
        folder.file("secret", "two");
        settle();

        assertThat(secret(file)).isEqualTo("two");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "accounts: {acme: {dialect: twit", "accounts: {acme: {dialect: friendster}}"})
    void wrongFileIsRefusedAndCounted(String wrong) {
        folder.file("accounts.yml", wrong);
        settle();
        settle();

        assertThat(names()).containsExactly("acme");
        assertThat(file.taken() + file.refused()).isEqualTo(1);
        assertThat(file.refused()).isEqualTo(1);
        assertThat(file.isRight()).isFalse();
        assertThat(logged.list)
                .isNotEmpty()
                .allSatisfy(event -> assertThat(event.getLevel()).isEqualTo(Level.ERROR))
                .allSatisfy(event -> assertThat(event.getFormattedMessage())
                        .startsWith("The accounts stay as they were: " + temp.resolve("accounts.yml")));
    }

    @Test
    void secretFileThatIsGoneIsRefused() throws IOException {
        Files.delete(temp.resolve("secret"));
        settle();

        assertThat(secret(file)).isEqualTo("one");
        assertThat(file.refused()).isEqualTo(1);

        folder.file("secret", "two");
        settle();

        assertThat(secret(file)).isEqualTo("two");
    }

    @Test
    void fileThatIsGoneIsRefusedUntilItIsBack() throws IOException {
        Files.delete(temp.resolve("accounts.yml"));
        settle();
        assertThat(names()).containsExactly("acme");
        assertThat(file.refused()).isEqualTo(1);

        write("back");
        settle();

        assertThat(names()).containsExactly("back");
        assertThat(file.isRight()).isTrue();
        assertThat(file.refused()).isEqualTo(1);
        assertThat(file.taken() + file.refused()).isEqualTo(2);
    }

    /// So that its breaker, its budget and its limits stay.
    @Test
    void accountThatDidNotChangeIsTheSame() {
        Account before = file.accounts().getFirst();
        write("acme", "other");
        settle();

        assertThat(file.accounts().getFirst()).isEqualTo(before);
    }

    /// Two looks, as many as it takes.
    private void settle() {
        file.look();
        file.look();
    }

    private List<String> names() {
        return file.accounts().stream().map(Account::name).toList();
    }

    private static String secret(AccountsFile of) {
        return of.accounts().getFirst().credentials() instanceof Credentials.OAuth1 oauth
                ? oauth.tokenSecret().value()
                : "";
    }

    private void write(String... accounts) {
        folder.file("accounts.yml", text(accounts));
    }

    private static String text(String... accounts) {
        var text = new StringBuilder("accounts:\n");
        for (String account : accounts) {
            text.append("""
                  %s:
                    dialect: twitter-v1.1
                    credentials: {consumer-key: a, consumer-secret: b, token: c, token-secret-file: secret}
                """.formatted(account));
        }
        return text.toString();
    }
}
