package io.unpost.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// What the sandbox's magic ids come to when they are deleted through the gateway.
@Timeout(120)
final class SandboxEndToEndTest {

    private static final String TABLE = """
        demo-twitter collections custom-200000  504 outcome_unknown
        demo-twitter collections custom-900001  504 outcome_unknown
        demo-twitter collections custom-900002  504 outcome_unknown
        demo-twitter collections custom-900003  504 outcome_unknown
        demo-twitter collections custom-900004  200 deleted by acknowledged
        demo-twitter collections custom-900005  504 outcome_unknown
        demo-twitter collections custom-900006  504 outcome_unknown
        demo-twitter collections custom-900007  504 outcome_unknown
        demo-twitter collections custom-900008  200 deleted by acknowledged
        demo-twitter collections custom-900009  504 outcome_unknown
        demo-twitter messages 403093  502 permission_missing
        demo-twitter messages 900001  504 outcome_unknown
        demo-twitter messages 900004  200 deleted by acknowledged
        demo-twitter messages 900005  504 outcome_unknown
        demo-twitter messages 900006  504 outcome_unknown
        demo-twitter messages 900007  504 outcome_unknown
        demo-twitter messages 900008  200 deleted by acknowledged
        demo-twitter messages 900009  504 outcome_unknown
        demo-twitter posts 200000  504 outcome_unknown
        demo-twitter posts 200001  504 outcome_unknown
        demo-twitter posts 200002  504 outcome_unknown
        demo-twitter posts 200131  504 outcome_unknown
        demo-twitter posts 302000  504 outcome_unknown
        demo-twitter posts 400044  400 invalid_request
        demo-twitter posts 400215  502 credentials_rejected
        demo-twitter posts 401000  502 permission_missing
        demo-twitter posts 401032  502 credentials_rejected
        demo-twitter posts 401089  502 credentials_rejected
        demo-twitter posts 4010891  502 permission_missing
        demo-twitter posts 401135  502 credentials_rejected
        demo-twitter posts 401136  403 refused
        demo-twitter posts 401416  502 permission_missing
        demo-twitter posts 403000  403 refused
        demo-twitter posts 403038  400 invalid_request
        demo-twitter posts 403063  403 refused
        demo-twitter posts 403064  502 account_locked
        demo-twitter posts 403087  502 permission_missing
        demo-twitter posts 403092  403 refused
        demo-twitter posts 403093  502 permission_missing
        demo-twitter posts 403099  502 credentials_rejected
        demo-twitter posts 403179  403 refused
        demo-twitter posts 403183  403 not_owner
        demo-twitter posts 403185  429 rate_limited
        demo-twitter posts 403220  502 permission_missing
        demo-twitter posts 403226  403 refused
        demo-twitter posts 403261  502 permission_missing
        demo-twitter posts 403326  502 account_locked
        demo-twitter posts 403453  502 permission_missing
        demo-twitter posts 404000  404 not_found
        demo-twitter posts 404034  404 not_found
        demo-twitter posts 404144  200 already_gone by absence
        demo-twitter posts 404421  404 not_found
        demo-twitter posts 404422  404 not_found
        demo-twitter posts 410068  502 endpoint_retired
        demo-twitter posts 410251  502 endpoint_retired
        demo-twitter posts 420088  429 rate_limited
        demo-twitter posts 429088  429 rate_limited
        demo-twitter posts 4290881  429 rate_limited
        demo-twitter posts 500000  504 outcome_unknown
        demo-twitter posts 500131  504 outcome_unknown
        demo-twitter posts 502000  504 outcome_unknown
        demo-twitter posts 503000  504 outcome_unknown
        demo-twitter posts 5030001  200 deleted by absence
        demo-twitter posts 503130  503 provider_unavailable
        demo-twitter posts 5031301  200 deleted by echo
        demo-twitter posts 504000  504 outcome_unknown
        demo-twitter posts 900001  200 deleted by absence
        demo-twitter posts 900002  200 deleted by absence
        demo-twitter posts 900003  200 deleted by absence
        demo-twitter posts 900004  200 deleted by echo
        demo-twitter posts 900005  200 deleted by absence
        demo-twitter posts 900006  504 outcome_unknown
        demo-twitter posts 900007  504 outcome_unknown
        demo-twitter posts 900008  200 deleted by echo
        demo-twitter posts 900009  504 outcome_unknown
        demo-twitter reposts 401000  502 permission_missing
        demo-twitter reposts 429088  429 rate_limited
        demo-twitter reposts 900001  200 deleted by absence
        demo-twitter reposts 900002  200 deleted by absence
        demo-twitter reposts 900003  200 deleted by absence
        demo-twitter reposts 900004  200 deleted by acknowledged
        demo-twitter reposts 900005  200 deleted by absence
        demo-twitter reposts 900006  504 outcome_unknown
        demo-twitter reposts 900007  504 outcome_unknown
        demo-twitter reposts 900008  200 deleted by acknowledged
        demo-twitter reposts 900009  504 outcome_unknown
        demo-weibo messages 40040010  200 already_gone by absence
        demo-weibo messages 40040021  403 not_owner
        demo-weibo messages 900001  200 deleted by absence
        demo-weibo messages 900002  200 deleted by absence
        demo-weibo messages 900003  200 deleted by absence
        demo-weibo messages 900004  200 deleted by echo
        demo-weibo messages 900005  200 deleted by absence
        demo-weibo messages 900006  504 outcome_unknown
        demo-weibo messages 900007  504 outcome_unknown
        demo-weibo messages 900008  200 deleted by echo
        demo-weibo messages 900009  504 outcome_unknown
        demo-weibo posts 20000000  504 outcome_unknown
        demo-weibo posts 20000001  504 outcome_unknown
        demo-weibo posts 20000002  200 deleted by echo
        demo-weibo posts 20040028  504 outcome_unknown
        demo-weibo posts 40040007  403 refused
        demo-weibo posts 40040022  502 credentials_rejected
        demo-weibo posts 40040028  403 refused
        demo-weibo posts 40040031  200 already_gone by absence
        demo-weibo posts 40040036  403 not_owner
        demo-weibo posts 40040070  502 permission_missing
        demo-weibo posts 40040072  502 credentials_rejected
        demo-weibo posts 40140104  502 credentials_rejected
        demo-weibo posts 40140105  504 outcome_unknown
        demo-weibo posts 40140107  502 credentials_rejected
        demo-weibo posts 40140108  502 credentials_rejected
        demo-weibo posts 40140113  502 credentials_rejected
        demo-weibo posts 40200000  502 account_locked
        demo-weibo posts 40300000  403 refused
        demo-weibo posts 40340302  502 credentials_rejected
        demo-weibo posts 40340304  429 rate_limited
        demo-weibo posts 40340305  429 rate_limited
        demo-weibo posts 40340307  403 refused
        demo-weibo posts 40340308  429 rate_limited
        demo-weibo posts 40340312  429 rate_limited
        demo-weibo posts 40340313  502 account_locked
        demo-weibo posts 40340314  502 permission_missing
        demo-weibo posts 50000000  504 outcome_unknown
        demo-weibo posts 50000001  200 deleted by absence
        demo-weibo posts 50200000  504 outcome_unknown
        demo-weibo posts 900001  200 deleted by absence
        demo-weibo posts 900002  200 deleted by absence
        demo-weibo posts 900003  200 deleted by absence
        demo-weibo posts 900004  200 deleted by echo
        demo-weibo posts 900005  200 deleted by absence
        demo-weibo posts 900006  504 outcome_unknown
        demo-weibo posts 900007  504 outcome_unknown
        demo-weibo posts 900008  200 deleted by echo
        demo-weibo posts 900009  504 outcome_unknown
        """;

    @Test
    void everyMagicIdIsToldAsTheTableSays() {
        try (Gateway gateway = Gateway.sandbox()) {
            var told = new TreeMap<String, String>();
            for (JsonNode provider : gateway.get("/sandbox").json().at("/providers")) {
                String account = provider.get("account").asText();
                for (JsonNode kind : provider.get("kinds")) {
                    String name = kind.get("kind").asText();
                    for (JsonNode magic : kind.get("magicIds")) {
                        String id = magic.get("id").asText();
                        Told answer = call(gateway, account, name, id);
                        told.put(account + " " + name + " " + id, answer.status() + " " + answer.claim());
                    }
                }
            }

            assertThat(told).isEqualTo(table());
        }
    }

    @Test
    void postIsDeletedOnceThenGoneAndBackAfterAReset() {
        try (Gateway gateway = Gateway.sandbox()) {
            assertThat(gateway.delete("demo-twitter", "240854986559455234").claim())
                    .isEqualTo("deleted by echo");
            assertThat(gateway.delete("demo-twitter", "240854986559455234").claim())
                    .isEqualTo("already_gone by absence");
            assertThat(gateway.delete("demo-twitter", "2001").claim()).isEqualTo("not_owner");

            assertThat(gateway.post("/sandbox/reset").status()).isEqualTo(200);

            assertThat(gateway.delete("demo-twitter", "240854986559455234").claim())
                    .isEqualTo("deleted by echo");
        }
    }

    /// Those that are silent for 30 seconds are not waited for as long as they may be.
    private static Told call(Gateway gateway, String account, String kind, String id) {
        gateway.forget();
        String path = account + "/" + kind + "/" + id;
        return id.endsWith("900009") ? gateway.deleteAt(path, "Prefer", "wait=1") : gateway.deleteAt(path);
    }

    private static Map<String, String> table() {
        return TABLE.lines()
                .map(line -> line.split(" {2,}", 2))
                .collect(Collectors.toMap(row -> row[0], row -> row[1], (a, _) -> a, TreeMap::new));
    }
}
