package io.unpost.gateway.packaging;

import java.net.InetAddress;
import java.util.List;

/// The addresses that an `ipBlock` of Kubernetes stands for.
///
/// @param but networks in it that do not belong to it
record Block(Network network, List<Network> but) {

    Block {
        but = List.copyOf(but);
        for (Network part : but) {
            if (!network.holds(part.address().getAddress()) || part.bits() <= network.bits()) {
                throw new IllegalArgumentException(part + " is not in " + network);
            }
        }
    }

    /// Addresses that begin alike.
    ///
    /// @param bits how many of them are alike
    record Network(InetAddress address, int bits) {

        /// @param cidr `10.0.0.0/8`, `fc00::/7`
        static Network of(String cidr) {
            int slash = cidr.indexOf('/');
            return new Network(
                    InetAddress.ofLiteral(cidr.substring(0, slash)), Integer.parseInt(cidr.substring(slash + 1)));
        }

        boolean holds(byte[] other) {
            byte[] own = address.getAddress();
            if (own.length != other.length) {
                return false;
            }
            int left = bits;
            for (int i = 0; left > 0; i++) {
                int unlike = (own[i] ^ other[i]) & 0xff;
                if (unlike >> Math.max(0, 8 - left) != 0) {
                    return false;
                }
                left -= 8;
            }
            return true;
        }
    }

    static Block of(String cidr, List<String> except) {
        return new Block(Network.of(cidr), except.stream().map(Network::of).toList());
    }

    boolean holds(InetAddress address) {
        byte[] bytes = address.getAddress();
        return network.holds(bytes) && but.stream().noneMatch(part -> part.holds(bytes));
    }
}
