package backout.host;

import backout.host.Host.PortState;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Where a machine listens and which addresses are its own, out of the kernel's lists (proc(5)).
 *
 * @param at where somebody listens
 * @param own the addresses of the machine
 */
record Listening(List<At> at, Set<InetAddress> own) {
    private static final Pattern LISTENER =
            Pattern.compile(
                    "(?m)^ *\\d+: ([0-9A-F]{8}|[0-9A-F]{32}):([0-9A-F]{4}) [0-9A-F]+:[0-9A-F]{4} 0A"
                            + " ");
    private static final Pattern OWN = Pattern.compile("\\|-- ([0-9.]+)\\s+/32 host LOCAL");
    private static final Pattern OWN_6 = Pattern.compile("(?m)^([0-9a-f]{32}) ");

    /** One address and port. */
    record At(InetAddress address, int port) {}

    static Listening of(String tcp, String fibTrie, String ifInet6) {
        var at = new ArrayList<At>();
        var listeners = LISTENER.matcher(tcp);
        while (listeners.find()) {
            at.add(new At(address(listeners.group(1)), Integer.parseInt(listeners.group(2), 16)));
        }
        var own = new HashSet<InetAddress>();
        OWN.matcher(fibTrie).results().forEach(found -> own.add(literal(found.group(1))));
        OWN_6.matcher(ifInet6)
                .results()
                .forEach(found -> own.add(address(HexFormat.of().parseHex(found.group(1)))));
        return new Listening(List.copyOf(at), Set.copyOf(own));
    }

    PortState look(String address, int port) {
        if (!address.matches("[0-9.]+|[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*")) {
            return PortState.UNKNOWN;
        }
        InetAddress asked = literal(address);
        if (!asked.isAnyLocalAddress() && !asked.isLoopbackAddress() && !own.contains(asked)) {
            return PortState.UNKNOWN;
        }
        return at.stream().anyMatch(one -> one.port() == port && collides(one.address(), asked))
                ? PortState.TAKEN
                : PortState.FREE;
    }

    /** Whoever listens on all addresses of IPv6 does so on those of IPv4 too, as a rule. */
    private static boolean collides(InetAddress there, InetAddress asked) {
        return there.equals(asked) || there.isAnyLocalAddress() || asked.isAnyLocalAddress();
    }

    /** Words of four bytes, each with its lowest byte first. */
    private static InetAddress address(String hex) {
        byte[] bytes = HexFormat.of().parseHex(hex);
        var turned = new byte[bytes.length];
        for (int i = 0; i < bytes.length; i++) {
            turned[i] = bytes[(i & ~3) + 3 - (i & 3)];
        }
        return address(turned);
    }

    private static InetAddress address(byte[] bytes) {
        try {
            return InetAddress.getByAddress(bytes);
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException("4 or 16 bytes", e);
        }
    }

    private static InetAddress literal(String address) {
        return InetAddress.ofLiteral(address);
    }
}
