package io.unpost.gateway.packaging;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// `config/sidecar/compose.yml`, by a schema that knows no more than it uses.
final class ComposeTest {

    private static final String YAML = Repository.sidecar("compose.yml");
    private static final Schema SCHEMA = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
            .getSchema(Repository.text("gateway/src/test/resources/packaging/compose.schema.json"));

    @Test
    void isRight() {
        assertThat(SCHEMA.validate(YAML, InputFormat.YAML)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "read_only: true | read_onyl: true",
                "read_only: true | read_only: false",
                "read_only: true | read_only: \"true\"",
                "user: \"65532:65532\" | user: 65532",
                "user: \"65532:65532\" | user: \"0:0\"",
                "network_mode: service:app | network_mode: service:apps",
                "cap_drop: | cap_add:",
                "- ALL | - CHOWN",
                "- no-new-privileges:true | - no-new-privileges:false",
                "stop_grace_period: 30s | stop_grace_period: 30",
                "pids_limit: 512 | pids_limit: many",
                "restart: unless-stopped | restart: sometimes",
                "condition: service_started | condition: started",
                "- ./unpost:/app/config:ro | - ./unpost:/app/config",
                "- ./secrets:/run/secrets:ro | - ./secrets:/run/secrets",
                "volumes: | secrets:",
                "services: | service:",
            })
    void mistakeIsFound(String right, String wrong) {
        assertThat(YAML).contains(right);
        assertThat(SCHEMA.validate(YAML.replace(right, wrong), InputFormat.YAML))
                .isNotEmpty();
    }

    /// What is mounted as a single file stays what it was when another is renamed into its place.
    @Test
    void accountsAndSecretsAreFolders() {
        assertThat(Repository.all("(?m)^      - (\\./\\S+)$", YAML))
                .containsExactly("./unpost:/app/config:ro", "./secrets:/run/secrets:ro");
    }

    @Test
    void secretsAreWhereTheAccountsLookForThem() {
        List<String> names = Repository.all("(?m)/run/secrets}/(\\S+)$", Repository.sidecar("unpost/accounts.yml"));

        assertThat(names).isNotEmpty().contains(Repository.one("/dev/stdin secrets/(\\S+)", YAML));
    }
}
