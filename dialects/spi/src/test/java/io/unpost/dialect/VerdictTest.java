package io.unpost.dialect;

import static org.assertj.core.api.Assertions.assertThat;

import io.unpost.dialect.Outcome.Verdict;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class VerdictTest {

    private static final byte[] NO_BODY = {};

    @Test
    void statusAloneNeverProvesThatSomethingIsGone() {
        for (int status = 100; status < 600; status++) {
            assertThat(byStatus(status, Map.of()))
                    .as("status %d", status)
                    .isNotInstanceOfAny(
                            Verdict.Deleted.class,
                            Verdict.AlreadyGone.class,
                            Verdict.Unverified.class,
                            Verdict.Unavailable.class);
        }
    }

    @Test
    void onlyAStandardRefusalIsDefinite() {
        var definite = Set.of(
                400, 401, 402, 403, 404, 405, 406, 409, 410, 411, 412, 413, 414, 415, 416, 417, 420, 422, 429, 431,
                451);
        for (int status = 100; status < 600; status++) {
            assertThat(!(byStatus(status, Map.of()) instanceof Verdict.Faulted))
                    .as("status %d", status)
                    .isEqualTo(definite.contains(status));
        }
    }

    @Test
    void redirectSaysWhereItPointed() {
        assertThat(byStatus(302, Map.of("Location", "http://a.example/")))
                .isInstanceOfSatisfying(
                        Verdict.Faulted.class,
                        faulted -> assertThat(faulted.why())
                                .isEqualTo("a redirect to http://a.example/, which is not followed"));
        assertThat(byStatus(302, Map.of()))
                .isInstanceOfSatisfying(
                        Verdict.Faulted.class,
                        faulted -> assertThat(faulted.why()).contains("nowhere"));
    }

    @Test
    void echoNamesTheItemsId() {
        var says = new ProviderSays(200, null, null, null);
        var item = new Item("20", null, null, null, null, new Item.Counts(null, null, null), null);
        assertThat(Verdict.Deleted.echo(item, says))
                .isEqualTo(new Verdict.Deleted(Outcome.Evidence.ECHO, "20", item, says));
        assertThat(Verdict.Deleted.acknowledged(null, says).echoedId()).isNull();
    }

    private static Verdict byStatus(int status, Map<String, String> headers) {
        var response = new WireResponse(status, headers, NO_BODY, Instant.EPOCH);
        return Verdict.byStatus(response, new ProviderSays(status, null, null, null));
    }
}
