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
            JsonNode twitter = provider(page, 0);
            JsonNode tweets = twitter.at("/kinds/0");

            assertThat(page.statusCode()).isEqualTo(200);
            assertThat(page.headers().firstValue("content-type")).hasValue("application/json");
            assertThat(page.body().lines())
                    .startsWith("{")
                    .contains("      \"imitates\" : \"Twitter v1.1\",")
                    .contains("            { \"id\" : \"1001\", \"text\" : \"Good morning!\" },");
            assertThat(twitter.at("/account").textValue()).isEqualTo("demo-twitter");
            assertThat(tweets.at("/ids").findValuesAsText("id"))
                    .hasSizeGreaterThanOrEqualTo(20)
                    .contains("240854986559455234", "9223372036854775807", "145344012", "20");
            assertThat(tweets.at("/ids").findValuesAsText("text")).allMatch(text -> text.length() <= 61);
            assertThat(tweets.at("/magicIds").findValuesAsText("id")).hasSameSizeAs(TwitterMagic.TWEETS);
            assertThat(tweets.at("/magicIds/0/does").textValue())
                    .isEqualTo("says 400, code 44: id parameter is invalid.");
        }
    }

    @Test
    void pageShowsEveryKindOfEveryProvider() throws Exception {
        try (var server = SandboxServer.open()) {
            HttpResponse<String> page = server.send("GET", "/sandbox");
            String delete = "curl -X DELETE " + server.at("/v1/accounts/");

            assertThat(provider(page, 1).at("/imitates").textValue()).isEqualTo("Sina Weibo v1");
            assertThat(provider(page, 1).at("/dialect").textValue()).isEqualTo("weibo-v1");
            assertThat(provider(page, 2).isMissingNode()).isTrue();
            assertThat(provider(page, 0).findValuesAsText("try"))
                    .containsExactly(
                            delete + "demo-twitter/posts/240854986559455234",
                            delete + "demo-twitter/reposts/241259202004267009",
                            delete + "demo-twitter/messages/938178981337088004",
                            delete + "demo-twitter/collections/custom-390882285743898624");
            assertThat(provider(page, 1).findValuesAsText("try"))
                    .containsExactly(delete + "demo-weibo/posts/1472669360", delete + "demo-weibo/messages/4001");
            assertThat(provider(page, 1).at("/kinds/0/magicIds").findValuesAsText("id"))
                    .contains("40340308", "900001");
        }
    }

    @Test
    void pageShowsWhatIsLeft() throws Exception {
        try (var server = SandboxServer.open()) {
            server.destroy("240854986559455234");

            JsonNode tweets = provider(server.send("GET", "/sandbox"), 0).at("/kinds/0");
            assertThat(tweets.at("/ids").findValuesAsText("id")).doesNotContain("240854986559455234");
            assertThat(tweets.at("/try").textValue()).endsWith("/posts/9223372036854775807");
        }
    }

    @Test
    void resetPutsEverythingBack() throws Exception {
        try (var server = SandboxServer.open()) {
            String before = server.send("GET", "/sandbox").body();
            server.destroy("240854986559455234");
            server.destroy("5031301");
            server.twitter("DELETE", "/direct_messages/events/destroy.json?id=938178981337088004", Map.of());
            server.weibo("POST", "/statuses/destroy/1472669360.json");
            server.weibo("DELETE", "/direct_messages/destroy/4001.xml");
            assertThat(server.send("GET", "/sandbox").body())
                    .doesNotContain("240854986559455234", "938178981337088004", "1472669360", "\"4001\"");
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
            assertThat(provider(page, 0).at("/kinds/0/try").textValue())
                    .contains("-H \"Authorization: Bearer $TOKEN\"");
            assertThat(server.destroy("1001").statusCode()).isEqualTo(200);
            assertThat(server.weibo("POST", "/statuses/destroy/2001.json").statusCode())
                    .isEqualTo(200);
            assertThat(server.send("POST", "/sandbox/reset").statusCode()).isEqualTo(200);
        }
    }

    /// Every other test stands its time still, with beans of its own.
    @Test
    void sandboxRunsInRealTime() {
        try (var context = ApplicationContext.run("sandbox")) {
            assertThat(context.getBean(TwitterController.class)).isNotNull();
            assertThat(context.getBean(WeiboController.class)).isNotNull();
            assertThat(context.getBean(Pause.class)).isInstanceOf(SystemPause.class);
        }
    }

    @Test
    void nothingOfItIsThereByDefault() {
        try (var context = ApplicationContext.run("test")) {
            assertThat(context.getBeanDefinitions(Imitation.class)).isEmpty();
            assertThat(context.findBean(SandboxController.class)).isEmpty();
            assertThat(context.findBean(TwitterController.class)).isEmpty();
            assertThat(context.findBean(WeiboController.class)).isEmpty();
            assertThat(context.findBean(SandboxAccounts.class)).isEmpty();
        }
    }

    private static JsonNode provider(HttpResponse<String> page, int index) throws Exception {
        return new ObjectMapper().readTree(page.body()).at("/providers/" + index);
    }
}
