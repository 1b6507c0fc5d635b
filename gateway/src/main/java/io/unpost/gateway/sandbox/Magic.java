package io.unpost.gateway.sandbox;

import static io.unpost.gateway.sandbox.Script.Delivery.HALF;
import static io.unpost.gateway.sandbox.Script.Delivery.HALF_UNFRAMED;
import static io.unpost.gateway.sandbox.Script.Delivery.NOTHING;
import static io.unpost.gateway.sandbox.Script.Delivery.WHOLE;
import static io.unpost.gateway.sandbox.Script.Ending.CLOSED;
import static io.unpost.gateway.sandbox.Script.Ending.RESET;

import io.unpost.gateway.sandbox.Post.Owner;
import io.unpost.gateway.sandbox.Script.Deletes;
import io.unpost.gateway.sandbox.Script.Delivery;
import io.unpost.gateway.sandbox.Script.Ending;
import io.unpost.gateway.sandbox.Script.Once;
import io.unpost.gateway.sandbox.Script.Says;
import io.unpost.gateway.sandbox.Script.Silent;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/// An id that makes an imitation misbehave in one documented way.
///
/// The first three digits are the HTTP status, the next the provider's code, zeros where there is none; one more digit
/// tells forms of the same apart. `900...` are failures of the network, which have no status.
///
/// @param does what happens, for people
/// @param script what happens
record Magic(String id, String does, Script script) {

    private static final Instant SINCE = Instant.parse("2026-01-01T00:00:00Z");

    /// The failures of the network, which are the same at every provider.
    static final List<Magic> NETWORK = List.of(
            new Magic("900001", "deletes, then closes without an answer", deletes(0, NOTHING)),
            new Magic("900002", "deletes, then closes amid the answer", deletes(0, HALF)),
            new Magic("900003", "deletes, then closes amid an answer without a length", deletes(0, HALF_UNFRAMED)),
            new Magic("900004", "deletes, and answers 2 seconds later", deletes(2, WHOLE)),
            new Magic("900005", "deletes, and answers 5 seconds later", deletes(5, WHOLE)),
            new Magic("900006", "closes without an answer; deletes nothing", silent(0, CLOSED)),
            new Magic("900007", "resets the connection; deletes nothing", silent(0, RESET)),
            new Magic("900008", "closes without an answer the first time; then deletes", new Once(silent(0, CLOSED))),
            new Magic("900009", "is silent for 30 seconds, then closes; deletes nothing", silent(30, CLOSED)));

    /// Those that can happen to an answer without a body.
    static final List<Magic> NETWORK_WITHOUT_BODY =
            NETWORK.stream().filter(magic -> !magic.script().cutsOff()).toList();

    static Magic says(String id, String does, Answer answer) {
        return new Magic(id, does, new Says(answer));
    }

    static Magic says(String id, String does, Reply reply) {
        return says(id, does, (_, _) -> reply);
    }

    /// The same for ids that begin like this.
    Magic prefixed(String prefix) {
        return new Magic(prefix + id, does, script);
    }

    /// What there is to delete, where the script needs it.
    Post post() {
        return new Post(id, Owner.DEMO_ACCOUNT, SINCE, "Magic: " + does);
    }

    private static Script deletes(long seconds, Delivery delivery) {
        return new Deletes(Duration.ofSeconds(seconds), delivery);
    }

    private static Script silent(long seconds, Ending ending) {
        return new Silent(Duration.ofSeconds(seconds), ending);
    }
}
