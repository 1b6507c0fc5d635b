package io.unpost.gateway.transport;

import java.io.IOException;

/// A host name leads to no address that a request may be sent to.
final class UnreachableHost extends IOException {

    UnreachableHost() {
        super("the host's addresses are outside the public network", null);
    }
}
