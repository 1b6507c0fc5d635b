package io.unpost.gateway.packaging;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.fabric8.kubernetes.api.model.ConfigMap;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.FieldSource;

/// What is said in more than one place: by the gateway, the image, and what runs them.
final class OneTruthTest {

    private static final List<String> RUNNERS = Repository.RUNNERS;
    private static final String POM = Repository.text("gateway/pom.xml");
    private static final String SIDECAR = Repository.text("gateway/src/main/resources/application-sidecar.yml");
    private static final String GATEWAY = Repository.gateway().collect(Collectors.joining("\n"));

    /// The framework's own.
    private static final Set<String> FRAMEWORK = Set.of("MICRONAUT_ENVIRONMENTS", "MICRONAUT_SERVER_PORT");

    private static final Set<String> SETTINGS =
            new TreeSet<>(Repository.all("[\"{]((?:unpost|jwt)\\.[a-z][a-z.-]*[a-z])[:}\"]", GATEWAY));

    @Test
    void portsAreThoseOfTheGateway() throws IOException {
        String api = Repository.one("micronaut\\.server\\.port:([0-9]+)", SIDECAR);
        String management = Repository.one("unpost\\.management\\.port:([0-9]+)", SIDECAR);

        assertThat(Repository.all("<port>([0-9]+)</port>", POM)).containsExactly(api, management);
        assertThat(Repository.all("containerPort: ([0-9]+)", Repository.sidecar("kubernetes-sidecar.yml")))
                .containsExactly(management);
        assertThat(Repository.all("containerPort: ([0-9]+)", Repository.sidecar("kubernetes-standalone.yml")))
                .containsExactly(api);
        for (String file : List.of("compose.yml", "kubernetes-sidecar.yml")) {
            assertThat(Repository.all("(?m)http://127\\.0\\.0\\.1:([0-9]+)$", Repository.sidecar(file)))
                    .as(file)
                    .containsExactly(api);
        }
    }

    @Test
    void userIsThatOfTheImage() {
        String user = Repository.one("<user>([0-9:]+)</user>", POM);

        assertThat(Repository.one("user: \"([0-9:]+)\"", Repository.sidecar("compose.yml")))
                .isEqualTo(user);
        for (String file : List.of("kubernetes-sidecar.yml", "kubernetes-standalone.yml")) {
            String manifest = Repository.sidecar(file);
            assertThat(Repository.one("runAsUser: ([0-9]+)", manifest) + ":"
                            + Repository.one("runAsGroup: ([0-9]+)", manifest))
                    .as(file)
                    .isEqualTo(user);
        }
    }

    @Test
    void imageHasOneName() {
        assertThat(Stream.concat(RUNNERS.stream().map(Repository::sidecar), Stream.of(Repository.text("README.md")))
                        .flatMap(text -> Repository.all("(registry\\.example\\.com/unpost\\S*)", text).stream())
                        .collect(Collectors.toSet()))
                .containsExactly("registry.example.com/unpost:1");
    }

    @Test
    void accountsAreWhereTheImageLooks() {
        String folder = Repository.one("<workingDirectory>(\\S+)</workingDirectory>", POM) + "/config";

        assertThat(Repository.sidecar("compose.yml")).contains(":" + folder + ":ro");
        assertThat(Repository.sidecar("kubernetes-sidecar.yml")).contains("mountPath: " + folder + "\n");
        assertThat(Repository.sidecar("kubernetes-standalone.yml")).contains("mountPath: " + folder + "\n");
    }

    @ParameterizedTest
    @CsvSource({
        "compose.yml, stop_grace_period: ([0-9]+)s",
        "kubernetes-sidecar.yml, terminationGracePeriodSeconds: ([0-9]+)",
        "kubernetes-standalone.yml, terminationGracePeriodSeconds: ([0-9]+)",
        "unpost.service, TimeoutStopSec=([0-9]+)",
    })
    void drainEndsBeforeItIsKilled(String file, String pattern) {
        Duration traces = Duration.ofSeconds(Long.parseLong(Repository.one("FLUSH_SECONDS = ([0-9]+);", GATEWAY)));
        Duration least = drain("delay").plus(drain("timeout")).plus(traces);

        assertThat(least).isEqualTo(Duration.ofSeconds(19));
        assertThat(Duration.ofSeconds(Long.parseLong(Repository.one(pattern, Repository.sidecar(file)))))
                .isGreaterThan(least);
    }

    @ParameterizedTest
    @FieldSource("RUNNERS")
    void gatewayKnowsEachVariable(String file) {
        assertThat(SETTINGS).hasSizeGreaterThan(10);
        Set<String> known = SETTINGS.stream()
                .map(setting -> setting.toUpperCase(Locale.ROOT).replaceAll("[.-]", "_"))
                .collect(Collectors.toCollection(TreeSet::new));
        known.addAll(FRAMEWORK);

        assertThat(Repository.all("\\b((?:UNPOST|MICRONAUT|JWT)_[A-Z_]*[A-Z])\\b", Repository.sidecar(file)))
                .isNotEmpty()
                .allMatch(known::contains);
    }

    @Test
    void gatewayKnowsEachSetting() throws IOException {
        ConfigMap settings =
                Manifests.read(Repository.sidecar("kubernetes-standalone.yml")).only(ConfigMap.class);
        JsonNode read = new YAMLMapper().readTree(settings.getData().get("application.yml"));

        assertThat(leaves("", read)).isNotEmpty().allMatch(SETTINGS::contains);
        assertThat(read.at("/unpost/drain/delay").asText()).isEqualTo("5s");
        assertThat(read.at("/unpost/drain/timeout").asText()).isEqualTo("12s");
    }

    /// By the image, under systemd, and from a checkout: the AOT cache fits no other options.
    @Test
    void optionsOfJavaAreInOneFile() {
        String options = "@(?:config|/app|/opt/unpost)/java\\.options";

        assertThat(POM).contains("<arg>@/app/java.options</arg>", "<arg>-XX:AOTCache=/app/gateway.aot</arg>");
        assertThat(Repository.all(
                        "(" + options + ") -XX:AOTCache=/opt/unpost/gateway\\.aot",
                        Repository.sidecar("unpost.service")))
                .hasSize(1);
        assertThat(Repository.text("unpost"))
                .contains("set -- -jar \"$jar\" \"$@\"", "set -- \"-XX:AOTCache=$cache\" \"$@\"");
        assertThat(Repository.all("/java\" (" + options + ") \"\\$@\"", Repository.text("unpost")))
                .hasSize(1);
        assertThat(Repository.all("(?m)^(-.*)$", Repository.text("config/java.options")))
                .contains("-XX:+UseSerialGC", "-XX:-UsePerfData");
    }

    /// What is beside an application; what stands in java.options would win over it.
    @Test
    void sidecarsSayTheSameToJava() {
        String options = Repository.one("JAVA_TOOL_OPTIONS: (.+)", Repository.sidecar("compose.yml"));

        assertThat(Repository.one(
                        "name: JAVA_TOOL_OPTIONS\\n +value: (.+)", Repository.sidecar("kubernetes-sidecar.yml")))
                .isEqualTo(options);
        assertThat(Repository.one("Environment=\"JAVA_TOOL_OPTIONS=(.+)\"", Repository.sidecar("unpost.service")))
                .isEqualTo(options);
        assertThat(Repository.sidecar("kubernetes-standalone.yml")).doesNotContain("JAVA_TOOL_OPTIONS");
        assertThat(Repository.text("unpost")).contains("  *,sidecar,*) set -- " + options + " \"$@\" ;;\n");
        assertThat(Repository.text("README.md")).contains("`" + options + "`");
        assertThat(options).startsWith("-XX:TieredStopAtLevel=");
        assertThat(Repository.text("config/java.options"))
                .doesNotContain("TieredStopAtLevel", "CompileThresholdScaling");
    }

    private static Duration drain(String name) {
        return Duration.ofSeconds(
                Long.parseLong(Repository.one("\\$\\{unpost\\.drain\\." + name + ":([0-9]+)s}", GATEWAY)));
    }

    private static Stream<String> leaves(String path, JsonNode node) {
        return node.isObject()
                ? node.properties().stream()
                        .flatMap(entry ->
                                leaves(path.isEmpty() ? entry.getKey() : path + "." + entry.getKey(), entry.getValue()))
                : Stream.of(path);
    }
}
