package io.unpost.gateway.accounts;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.List;

/// Which addresses a request may be sent to.
///
/// A provider is on the public network. A name that leads elsewhere is a mistake, or somebody's attempt to have the
/// gateway call what only it can reach, with an account's credentials.
public enum Reachable {
    /// The public network.
    PUBLIC,
    /// The public network, private networks and this machine.
    PRIVATE_TOO;

    private enum Kind {
        PUBLIC,
        PRIVATE,
        NOBODYS
    }

    private static final int IPV4_BYTES = 4;
    /// Prefixes of IPv6 that hold an IPv4 address after them: NAT64 (RFC 6052), mapped and compatible (RFC 4291).
    private static final List<int[]> EMBEDDING = List.of(
            new int[] {0x00, 0x64, 0xff, 0x9b, 0, 0, 0, 0, 0, 0, 0, 0},
            new int[] {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff},
            new int[] {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0},
            // 6to4 (RFC 3056).
            new int[] {0x20, 0x02});
    /// Of the addresses where Amazon, Google and Oracle serve the metadata of a machine.
    private static final List<int[]> METADATA = List.of(
            new int[] {0xfd, 0x00, 0x0e, 0xc2}, new int[] {0xfd, 0x20, 0x00, 0xce}, new int[] {0xfd, 0x00, 0x00, 0xc1});

    private static final int[] DOCUMENTATION = {0x20, 0x01, 0x0d, 0xb8};

    /// Whether a request may be sent there. To link-local, multicast and reserved addresses, and to those where clouds
    /// serve the metadata of a machine, none may.
    public boolean allows(InetAddress address) {
        return switch (kind(address)) {
            case PUBLIC -> true;
            case PRIVATE -> this == PRIVATE_TOO;
            case NOBODYS -> false;
        };
    }

    private static Kind kind(InetAddress address) {
        int[] bytes = unsigned(address.getAddress());
        if (address.isLoopbackAddress()) {
            return Kind.PRIVATE;
        }
        if (address.isAnyLocalAddress() || address.isMulticastAddress() || address.isLinkLocalAddress()) {
            return Kind.NOBODYS;
        }
        return address instanceof Inet4Address ? ofIpv4(bytes) : ofIpv6(bytes);
    }

    private static int[] unsigned(byte[] bytes) {
        int[] unsigned = new int[bytes.length];
        for (int i = 0; i < bytes.length; i++) {
            unsigned[i] = Byte.toUnsignedInt(bytes[i]);
        }
        return unsigned;
    }

    /// The registry of special addresses that RFC 6890 made, and the metadata addresses of Alibaba, Azure and Oracle.
    private static Kind ofIpv4(int[] bytes) {
        return switch (bytes[0]) {
            case 0 -> Kind.NOBODYS;
            case 10, 127 -> Kind.PRIVATE;
            case 100 -> {
                boolean shared = bytes[1] >= 64 && bytes[1] < 128;
                boolean metadata = Arrays.equals(bytes, new int[] {100, 100, 100, 200});
                yield metadata ? Kind.NOBODYS : shared ? Kind.PRIVATE : Kind.PUBLIC;
            }
            case 168 -> Arrays.equals(bytes, new int[] {168, 63, 129, 16}) ? Kind.NOBODYS : Kind.PUBLIC;
            case 169 -> bytes[1] == 254 ? Kind.NOBODYS : Kind.PUBLIC;
            case 172 -> bytes[1] >= 16 && bytes[1] < 32 ? Kind.PRIVATE : Kind.PUBLIC;
            case 192 -> {
                boolean special = bytes[1] == 0 && (bytes[2] == 0 || bytes[2] == 2);
                yield special ? Kind.NOBODYS : bytes[1] == 168 ? Kind.PRIVATE : Kind.PUBLIC;
            }
            case 198 -> {
                boolean documentation = bytes[1] == 51 && bytes[2] == 100;
                boolean benchmarks = bytes[1] == 18 || bytes[1] == 19;
                yield documentation ? Kind.NOBODYS : benchmarks ? Kind.PRIVATE : Kind.PUBLIC;
            }
            case 203 -> bytes[1] == 0 && bytes[2] == 113 ? Kind.NOBODYS : Kind.PUBLIC;
            default -> bytes[0] >= 224 ? Kind.NOBODYS : Kind.PUBLIC;
        };
    }

    private static Kind ofIpv6(int[] bytes) {
        for (int[] prefix : EMBEDDING) {
            if (begins(bytes, prefix)) {
                return ofIpv4(Arrays.copyOfRange(bytes, prefix.length, prefix.length + IPV4_BYTES));
            }
        }
        if (METADATA.stream().anyMatch(prefix -> begins(bytes, prefix))) {
            return Kind.NOBODYS;
        }
        boolean unique = (bytes[0] & 0xfe) == 0xfc;
        boolean site = bytes[0] == 0xfe && (bytes[1] & 0xc0) == 0xc0;
        if (unique || site) {
            return Kind.PRIVATE;
        }
        // All that is given out (RFC 4291), less protocol assignments such as Teredo (RFC 2928) and documentation.
        boolean global = (bytes[0] & 0xe0) == 0x20;
        boolean protocol = bytes[0] == 0x20 && bytes[1] == 0x01 && bytes[2] < 0x02;
        return global && !protocol && !begins(bytes, DOCUMENTATION) ? Kind.PUBLIC : Kind.NOBODYS;
    }

    private static boolean begins(int[] bytes, int[] prefix) {
        return Arrays.equals(bytes, 0, prefix.length, prefix, 0, prefix.length);
    }
}
