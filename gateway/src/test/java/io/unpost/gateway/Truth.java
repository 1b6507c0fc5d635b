package io.unpost.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Set;

/// Holds what callers were told against what the provider knows.
final class Truth {

    private static final int MOST_SENDS = 3;

    private Truth() {}

    /// Nobody was told more than the ledger shows, or less than an answer may leave open.
    ///
    /// @param told what the gateway said about ids that each was asked for once, by id
    static void isTold(Gateway gateway, Provider provider, Map<String, Told> told) {
        Set<String> gone = provider.ledger().keySet();
        told.forEach((id, answer) -> {
            String outcome = answer.at("/outcome");
            boolean inLedger = gone.contains(id);
            switch (outcome) {
                case "deleted" -> assertThat(inLedger).as("%s: %s", id, answer).isTrue();
                case "not_deleted", "already_gone" ->
                    assertThat(inLedger).as("%s: %s", id, answer).isFalse();
                default -> assertThat(outcome).as("%s: %s", id, answer).isEqualTo("unknown");
            }
            assertThat(answer.status() < 300)
                    .as("%s: %s", id, answer)
                    .isEqualTo(outcome.equals("deleted") || outcome.equals("already_gone"));
            assertThat(answer.at("/id")).isEqualTo(id);
            assertThat(answer.header("Unpost-Outcome")).isEqualTo(outcome);
            assertThat(provider.sends(id)).as("sends of %s", id).isLessThanOrEqualTo(MOST_SENDS);
            assertThat(answer.at("/attempts")).isEqualTo(Integer.toString(provider.sends(id)));
        });
        assertThat(gone).isSubsetOf(gateway.requested());
        assertThat(provider.ledger().values())
                .allMatch(line -> Set.of(Provider.TOKEN, Provider.USER).contains(line.token()));
        // Every request was signed, with a nonce of its own.
        assertThat(provider.refused()).isEmpty();
    }
}
