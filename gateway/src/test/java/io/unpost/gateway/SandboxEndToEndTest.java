package io.unpost.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// What the sandbox's magic ids come to when they are deleted through the gateway.
@Timeout(120)
final class SandboxEndToEndTest {

    private static final String TABLE = """
        400044   400 invalid_request
        400215   502 credentials_rejected
        401032   502 credentials_rejected
        401089   502 credentials_rejected
        401135   502 credentials_rejected
        401136   403 refused
        401416   502 permission_missing
        403038   400 invalid_request
        403063   403 refused
        403064   502 account_locked
        403087   502 permission_missing
        403092   403 refused
        403093   502 permission_missing
        403099   502 credentials_rejected
        403179   403 refused
        403183   403 not_owner
        403185   429 rate_limited
        403220   502 permission_missing
        403226   403 refused
        403261   502 permission_missing
        403326   502 account_locked
        403453   502 permission_missing
        404034   404 not_found
        404144   200 already_gone by absence
        404421   404 not_found
        404422   404 not_found
        410068   502 endpoint_retired
        410251   502 endpoint_retired
        500131   504 outcome_unknown
        503130   503 provider_unavailable
        200000   504 outcome_unknown
        200001   504 outcome_unknown
        200002   504 outcome_unknown
        200131   504 outcome_unknown
        302000   504 outcome_unknown
        401000   502 permission_missing
        4010891  502 permission_missing
        403000   403 refused
        404000   404 not_found
        420088   429 rate_limited
        429088   429 rate_limited
        4290881  429 rate_limited
        500000   504 outcome_unknown
        502000   504 outcome_unknown
        503000   504 outcome_unknown
        5030001  200 deleted by absence
        5031301  200 deleted by echo
        504000   504 outcome_unknown
        900001   200 deleted by absence
        900002   200 deleted by absence
        900003   200 deleted by absence
        900004   200 deleted by echo
        900005   200 deleted by absence
        900006   504 outcome_unknown
        900007   504 outcome_unknown
        900008   200 deleted by echo
        900009   504 outcome_unknown
        """;

    @Test
    void everyMagicIdIsToldAsTheTableSays() throws Exception {
        try (Gateway gateway = Gateway.sandbox()) {
            var calls = new LinkedHashMap<String, Future<Told>>();
            StreamSupport.stream(
                            gateway.get("/sandbox")
                                    .json()
                                    .at("/providers/0/magicIds")
                                    .spliterator(),
                            false)
                    .map(magic -> magic.get("id").asText())
                    .forEach(id -> calls.put(id, call(gateway, id)));

            var told = new TreeMap<String, String>();
            for (var call : calls.entrySet()) {
                Told answer = call.getValue().get();
                told.put(call.getKey(), answer.status() + " " + answer.claim());
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

    /// The one that is silent for 30 seconds is not waited for as long as it may be.
    private static Future<Told> call(Gateway gateway, String id) {
        return id.equals("900009")
                ? gateway.deleteLater("demo-twitter", id, "Prefer", "wait=1")
                : gateway.deleteLater("demo-twitter", id);
    }

    private static Map<String, String> table() {
        return TABLE.lines()
                .map(line -> line.split(" +", 2))
                .collect(Collectors.toMap(row -> row[0], row -> row[1], (a, _) -> a, TreeMap::new));
    }
}
