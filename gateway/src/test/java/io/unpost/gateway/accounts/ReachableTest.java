package io.unpost.gateway.accounts;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ReachableTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1.1.1.1",
                "100.63.255.255",
                "100.128.0.0",
                "172.15.0.1",
                "172.32.0.1",
                "192.0.1.1",
                "192.167.0.1",
                "198.17.0.1",
                "198.20.0.1",
                "169.253.0.1",
                "223.255.255.255",
                "2606:4700::1111",
                "64:ff9b::101:101",
                "2002:101:101::1"
            })
    void publicNetworkIsReachable(String address) {
        assertThat(Reachable.PUBLIC.allows(InetAddress.ofLiteral(address))).isTrue();
        assertThat(Reachable.PRIVATE_TOO.allows(InetAddress.ofLiteral(address))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "10.1.2.3", "127.0.0.1", "127.255.0.1", "100.64.0.1", "172.16.0.1", "172.31.255.255", "192.168.1.1",
                "198.18.0.1", "::1", "fc00::1", "fd12::1", "fec0::1", "::ffff:10.0.0.1", "64:ff9b::a00:1",
                "2002:a00:1::1", "::10.0.0.1"
            })
    void privateNetworksAreWhereAllowed(String address) {
        assertThat(Reachable.PUBLIC.allows(InetAddress.ofLiteral(address))).isFalse();
        assertThat(Reachable.PRIVATE_TOO.allows(InetAddress.ofLiteral(address))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "169.254.169.254",
                "169.254.0.1",
                "100.100.100.200",
                "192.0.0.192",
                "0.0.0.0",
                "0.1.2.3",
                "224.0.0.1",
                "192.0.2.1",
                "198.51.100.1",
                "203.0.113.1",
                "168.63.129.16",
                "64:ff9b:1::a9fe:a9fe",
                "2001::1",
                "2001:db8::1",
                "100::1",
                "4000::1",
                "fd20:ce::254",
                "fd00:c1::a9fe:a9fe",
                "fd00:ec2::23",
                "255.255.255.255",
                "240.0.0.1",
                "::",
                "fe80::1",
                "ff02::1",
                "fd00:ec2::254",
                "::ffff:169.254.169.254",
                "64:ff9b::a9fe:a9fe",
                "2002:a9fe:a9fe::1"
            })
    void othersNeverAre(String address) {
        assertThat(Reachable.PUBLIC.allows(InetAddress.ofLiteral(address))).isFalse();
        assertThat(Reachable.PRIVATE_TOO.allows(InetAddress.ofLiteral(address))).isFalse();
    }

    /// As a name server may give it, which the JDK may not turn into IPv4 by itself.
    @Test
    void mappedAddressIsTheOneItHolds() throws UnknownHostException {
        byte[] mapped = HexFormat.of().parseHex("00000000000000000000ffff" + "a9fea9fe");

        assertThat(Reachable.PRIVATE_TOO.allows(InetAddress.getByAddress(mapped)))
                .isFalse();
    }
}
