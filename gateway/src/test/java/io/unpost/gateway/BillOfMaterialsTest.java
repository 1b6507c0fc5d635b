package io.unpost.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.lang.module.ModuleDescriptor.Version;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What the jar is made of, as it says itself.
final class BillOfMaterialsTest {

    private static final Map<String, String> VERSIONS = versions();

    @Test
    void namesEveryPart() {
        assertThat(VERSIONS)
                .containsKeys(
                        "io.unpost:dialect-spi",
                        "io.unpost:dialect-twitter",
                        "io.unpost:dialect-weibo",
                        "io.micronaut:micronaut-http-server-netty",
                        "io.netty:netty-codec-http",
                        "com.fasterxml.jackson.core:jackson-core",
                        "ch.qos.logback:logback-classic")
                .doesNotContainKeys("org.junit.jupiter:junit-jupiter", "org.assertj:assertj-core");
    }

    /// Below these there are published weaknesses.
    @ParameterizedTest
    @CsvSource({
        // TLS host names that are not checked, request smuggling.
        "io.netty, 4.2.20",
        "com.fasterxml.jackson, 2.21.8",
        "ch.qos.logback, 1.5.36",
    })
    void nothingIsOlderThanWhatIsMended(String group, String least) {
        var found = new TreeMap<>(VERSIONS);
        found.keySet().removeIf(name -> !name.startsWith(group) || name.contains("jackson-annotations"));

        assertThat(found)
                .isNotEmpty()
                .allSatisfy((name, version) -> assertThat(Version.parse(version.replace(".Final", "")))
                        .as(name)
                        .isGreaterThanOrEqualTo(Version.parse(least)));
    }

    private static Map<String, String> versions() {
        try (InputStream bill = BillOfMaterialsTest.class.getResourceAsStream("/META-INF/sbom/application.cdx.json")) {
            var versions = new TreeMap<String, String>();
            for (JsonNode part : new ObjectMapper().readTree(bill).at("/components")) {
                versions.put(
                        part.at("/group").asText() + ":" + part.at("/name").asText(),
                        part.at("/version").asText());
            }
            return versions;
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
