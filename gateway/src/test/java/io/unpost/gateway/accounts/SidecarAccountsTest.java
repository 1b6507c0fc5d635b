package io.unpost.gateway.accounts;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The accounts in `config/sidecar/`.
final class SidecarAccountsTest {

    private static final Path SIDECAR = Path.of("..", "config", "sidecar");
    private static final List<String> SECRETS =
            List.of("acme-consumer-key", "acme-consumer-secret", "acme-token", "acme-token-secret");

    @TempDir
    private Path secrets;

    @BeforeEach
    void writeSecrets() throws IOException {
        for (String name : SECRETS) {
            Files.writeString(secrets.resolve(name), "s3cret\n");
        }
    }

    @ParameterizedTest
    @CsvSource({"kubernetes-sidecar.yml", "kubernetes-standalone.yml"})
    void configMapIsRight(String file) throws IOException {
        String accounts = configMap(file).replace("/run/secrets/unpost", secrets.toString());

        assertThat(read(accounts, null)).extracting(Account::name).containsExactly("acme-news");
    }

    @Test
    void systemdSaysWhereTheSecretsAre() throws IOException {
        String accounts = Files.readString(SIDECAR.resolve("unpost/accounts.yml"));

        assertThat(read(accounts, secrets.toString())).extracting(Account::name).containsExactly("acme-news");
    }

    @Test
    void composeHasThemInRunSecrets() throws IOException {
        String accounts =
                Files.readString(SIDECAR.resolve("unpost/accounts.yml")).replace("/run/secrets", secrets.toString());

        assertThat(read(accounts, null)).extracting(Account::name).containsExactly("acme-news");
    }

    @Test
    void secretThatIsNotThereIsAMistake() throws IOException {
        Files.delete(secrets.resolve("acme-token"));
        String accounts = configMap("kubernetes-sidecar.yml").replace("/run/secrets/unpost", secrets.toString());

        assertThat(reading(accounts, null)).isInstanceOf(Reading.Mistaken.class);
    }

    private List<Account> read(String accounts, @Nullable String credentials) throws IOException {
        return switch (reading(accounts, credentials)) {
            case Reading.Read(List<Account> all) -> all;
            case Reading.Mistaken(List<Mistake> mistakes) -> throw new AssertionError(mistakes.toString());
        };
    }

    /// @param credentials what systemd sets; null elsewhere
    private Reading reading(String accounts, @Nullable String credentials) throws IOException {
        Map<String, String> environment = credentials == null ? Map.of() : Map.of("CREDENTIALS_DIRECTORY", credentials);
        return new AccountsReader(new Dialects(), environment::get)
                .read(Files.writeString(secrets.resolve("accounts.yml"), accounts));
    }

    private static String configMap(String file) throws IOException {
        try (var documents = new YAMLMapper()
                .readerFor(JsonNode.class)
                .<JsonNode>readValues(SIDECAR.resolve(file).toFile())) {
            while (documents.hasNextValue()) {
                JsonNode document = documents.nextValue();
                if (document.path("kind").asText().equals("ConfigMap")) {
                    return document.at("/data/accounts.yml").asText();
                }
            }
        }
        throw new AssertionError("no ConfigMap in " + file);
    }
}
