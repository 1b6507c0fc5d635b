package io.unpost.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// The jar as it is shipped, in a process of its own.
@Timeout(120)
final class JarIT {

    private static final Pattern LISTENS = Pattern.compile("Unpost listens on (http://127\\.0\\.0\\.1:[0-9]+),.*");

    private final HttpClient client = HttpClient.newHttpClient();

    @TempDir
    private Path temp;

    private Provider provider;
    private Process gateway;
    private String api;

    @BeforeEach
    void start() throws IOException {
        provider = new Provider();
        Path accounts = Files.writeString(temp.resolve("accounts.yml"), """
            accounts:
              acme:
                dialect: twitter-v1.1
                base-url: http://127.0.0.1:%d
                credentials:
                  consumer-key: '%s'
                  consumer-secret: '%s'
                  token: '%s'
                  token-secret: '%s'
            """.formatted(
                        provider.port(),
                        Provider.CONSUMER_KEY,
                        Provider.CONSUMER_SECRET,
                        Provider.TOKEN,
                        Provider.TOKEN_SECRET));
        var builder = new ProcessBuilder(
                        ProcessHandle.current().info().command().orElseThrow(),
                        "-jar",
                        Path.of("target", "gateway.jar").toAbsolutePath().toString())
                .directory(temp.toFile())
                .redirectErrorStream(true);
        builder.environment().put("MICRONAUT_ENVIRONMENTS", "sidecar,sandbox");
        builder.environment().put("MICRONAUT_SERVER_PORT", "-1");
        builder.environment().put("UNPOST_MANAGEMENT_PORT", "-1");
        builder.environment().put("UNPOST_ACCOUNTS_FILE", accounts.toString());
        gateway = builder.start();
        api = listensOn(gateway.inputReader());
    }

    @AfterEach
    void stop() throws IOException, InterruptedException {
        gateway.destroy();
        assertThat(gateway.waitFor(60, TimeUnit.SECONDS)).isTrue();
        provider.close();
    }

    @Test
    void deletesAtAProviderThatVerifiesEachSignature() throws IOException, InterruptedException {
        assertThat(delete("acme", "9223372036854775807"))
                .contains("\"deleted\"", "\"echo\"", "\"9223372036854775807\"");
        assertThat(delete("acme", "9223372036854775807")).contains("\"already_gone\"");

        assertThat(provider.refused()).isEmpty();
        assertThat(provider.ledger()).containsOnlyKeys("9223372036854775807");
    }

    @Test
    void demoDeletes() throws IOException, InterruptedException {
        assertThat(delete("demo-twitter", "240854986559455234")).contains("\"deleted\"", "\"echo\"");
        assertThat(delete("demo-twitter", "900001")).contains("\"deleted\"", "\"absence\"");
    }

    private String delete(String account, String id) throws IOException, InterruptedException {
        var uri = URI.create(api + "/v1/accounts/" + account + "/posts/" + id);
        return client.send(HttpRequest.newBuilder(uri).DELETE().build(), BodyHandlers.ofString())
                .body();
    }

    private static String listensOn(BufferedReader out) throws IOException {
        var before = new StringBuilder();
        for (String line = out.readLine(); line != null; line = out.readLine()) {
            Matcher matcher = LISTENS.matcher(line);
            if (matcher.matches()) {
                Thread.ofVirtual().start(() -> out.lines().forEach(_ -> {}));
                return matcher.group(1);
            }
            before.append(line).append('\n');
        }
        throw new AssertionError("the gateway did not start:\n" + before);
    }
}
