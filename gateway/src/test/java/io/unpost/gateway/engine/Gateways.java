package io.unpost.gateway.engine;

import io.unpost.dialect.Kind;
import io.unpost.gateway.accounts.Account;
import java.time.Duration;

/// Engines whose accounts have done nothing yet.
final class Gateways {

    /// Looks away.
    static final Observer NOBODY = new Observer() {
        @Override
        public void exchanged(Account account, Kind kind, Exchange exchange, Duration took) {}

        @Override
        public void settled(Account account, Kind kind, int retries) {}

        @Override
        public void mismatched(Account account, Kind kind) {}
    };

    private Gateways() {}

    static DeleteGateway of(Signers signers, Transport transport, RetryPolicy retry, Time time) {
        return new DeleteGateway(signers, transport, retry, time, new Protections(time), NOBODY);
    }
}
