package io.unpost.gateway.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.micronaut.context.ApplicationContext;
import java.net.http.HttpResponse;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SandboxControllerTest {

    @Test
    void pageShowsWhatCanBeTried() throws Exception {
        try (var server = SandboxServer.open()) {
            HttpResponse<String> page = server.send("GET", "/sandbox");
            JsonNode twitter = provider(page);

            assertThat(page.statusCode()).isEqualTo(200);
            assertThat(page.headers().firstValue("content-type")).hasValue("application/json");
            assertThat(page.body()).startsWith("{\n").contains("\n    \"imitates\" : \"Twitter v1.1\"");
            assertThat(twitter.at("/account").textValue()).isEqualTo("demo-twitter");
            assertThat(twitter.at("/try").textValue())
                    .isEqualTo("curl -X DELETE " + server.at("/v1/accounts/demo-twitter/posts/240854986559455234"));
            assertThat(twitter.at("/posts").findValuesAsText("id"))
                    .hasSizeGreaterThanOrEqualTo(20)
                    .contains("240854986559455234", "9223372036854775807", "145344012", "20");
            assertThat(twitter.at("/posts").findValuesAsText("text")).allMatch(text -> text.length() <= 61);
            assertThat(twitter.at("/magicIds").findValuesAsText("id")).hasSameSizeAs(TwitterMagic.ALL);
            assertThat(twitter.at("/magicIds/0/does").textValue())
                    .isEqualTo("says 400, code 44: id parameter is invalid.");
        }
    }

    @Test
    void pageShowsWhatIsLeft() throws Exception {
        try (var server = SandboxServer.open()) {
            server.destroy("240854986559455234");

            JsonNode twitter = provider(server.send("GET", "/sandbox"));
            assertThat(twitter.at("/posts").findValuesAsText("id")).doesNotContain("240854986559455234");
            assertThat(twitter.at("/try").textValue()).endsWith("/posts/9223372036854775807");
        }
    }

    @Test
    void resetPutsEverythingBack() throws Exception {
        try (var server = SandboxServer.open()) {
            String before = server.send("GET", "/sandbox").body();
            server.destroy("240854986559455234");
            server.destroy("5031301");
            HttpResponse<String> reset = server.send("POST", "/sandbox/reset");

            assertThat(reset.statusCode()).isEqualTo(200);
            assertThat(reset.body()).isEqualTo(before);
            assertThat(server.destroy("240854986559455234").statusCode()).isEqualTo(200);
            assertThat(server.destroy("5031301").statusCode()).isEqualTo(503);
        }
    }

    @Test
    void sandboxNeedsNoTokenButItsReaderDoes() throws Exception {
        try (var server = new SandboxServer(Map.of("micronaut.security.enabled", true))) {
            HttpResponse<String> page = server.send("GET", "/sandbox");

            assertThat(page.statusCode()).isEqualTo(200);
            assertThat(provider(page).at("/try").textValue()).contains("-H \"Authorization: Bearer $TOKEN\"");
            assertThat(server.destroy("1001").statusCode()).isEqualTo(200);
            assertThat(server.send("POST", "/sandbox/reset").statusCode()).isEqualTo(200);
        }
    }

    /// Every other test stands its time still, with beans of its own.
    @Test
    void sandboxRunsInRealTime() {
        try (var context = ApplicationContext.run("sandbox")) {
            assertThat(context.getBean(TwitterController.class)).isNotNull();
            assertThat(context.getBean(Pause.class)).isInstanceOf(SystemPause.class);
        }
    }

    @Test
    void nothingOfItIsThereByDefault() {
        try (var context = ApplicationContext.run("test")) {
            assertThat(context.getBeanDefinitions(Imitation.class)).isEmpty();
            assertThat(context.findBean(SandboxController.class)).isEmpty();
            assertThat(context.findBean(TwitterController.class)).isEmpty();
            assertThat(context.findBean(SandboxAccounts.class)).isEmpty();
        }
    }

    private static JsonNode provider(HttpResponse<String> page) throws Exception {
        return new ObjectMapper().readTree(page.body()).at("/providers/0");
    }
}
