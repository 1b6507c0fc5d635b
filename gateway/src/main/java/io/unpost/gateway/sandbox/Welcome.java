package io.unpost.gateway.sandbox;

import io.micronaut.context.annotation.Requires;
import io.micronaut.context.event.ApplicationEventListener;
import io.micronaut.runtime.server.event.ServerStartupEvent;
import jakarta.inject.Singleton;

/// Prints what to try, once the sandbox can be reached.
@Singleton
@Requires(env = "sandbox")
@Requires(property = "micronaut.security.enabled", value = "false")
final class Welcome implements ApplicationEventListener<ServerStartupEvent> {

    private final ApiAddress address;

    Welcome(ApiAddress address) {
        this.address = address;
    }

    @Override
    public void onApplicationEvent(ServerStartupEvent event) {
        address.find().ifPresent(api -> System.out.println(text(api.toString())));
    }

    static String text(String api) {
        String posts = "curl -X DELETE " + api + "/v1/accounts/demo-twitter/posts/";
        return """

            Unpost listens on %s, with imitations of Twitter and Weibo behind it. Try, in another terminal:

              delete a post, then once more    %s240854986559455234
              its answer gets lost             %s900001
              the provider only says 503       %s503000
              it is somebody else's            %s20
              what would be sent               curl -X DELETE '%s/v1/accounts/demo-twitter/posts/1001?dry_run=true'
              a post on Weibo                  curl -X DELETE %s/v1/accounts/demo-weibo/posts/1472669360
              all there is to try              curl %s/sandbox
            """.formatted(api, posts, posts, posts, posts, api, api, api);
    }
}
