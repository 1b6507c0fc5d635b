package io.unpost.gateway.packaging;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
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
                "pids_limit: 256 | pids_limit: many",
                "restart: unless-stopped | restart: sometimes",
                "condition: service_started | condition: started",
                "- ./unpost:/app/config:ro | - ./unpost:/app/config",
                "file: ./secrets/acme-token | path: ./secrets/acme-token",
                "services: | service:",
            })
    void mistakeIsFound(String right, String wrong) {
        assertThat(YAML).contains(right);
        assertThat(SCHEMA.validate(YAML.replace(right, wrong), InputFormat.YAML))
                .isNotEmpty();
    }

    /// In `/run/secrets/` by their names, where the accounts look for them.
    @Test
    void secretsAreThoseOfTheAccounts() {
        List<String> used = Repository.all("(?m)^      - (acme-[a-z-]+)$", YAML);
        Map<String, String> defined = Repository.all("(?m)^  (acme-[a-z-]+):$", YAML).stream()
                .collect(Collectors.toMap(name -> name, name -> "./secrets/" + name));

        assertThat(defined).containsOnlyKeys(used);
        assertThat(Repository.all("file: (\\S+)", YAML)).containsExactlyInAnyOrderElementsOf(defined.values());
        assertThat(Repository.all("(?m)/run/secrets}/(\\S+)$", Repository.sidecar("unpost/accounts.yml")))
                .containsExactlyElementsOf(used);
    }
}
