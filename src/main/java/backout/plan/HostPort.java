package backout.plan;

import java.net.Inet6Address;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where something listens: {@code HOST:PORT}, or {@code [IPv6]:PORT}.
 *
 * @param host a name or an address; an IPv6 address without its brackets
 * @param port 1 to 65535
 */
public record HostPort(String host, int port) {
    private static final Pattern FORM =
            Pattern.compile(
                    "(?:(?<name>[A-Za-z0-9][A-Za-z0-9._-]{0,252})|\\[(?<v6>[0-9A-Fa-f:.]{2,45})\\])"
                            + ":(?<port>[1-9][0-9]{0,4})");

    public HostPort {
        if (host.isBlank() || port < 1 || port > 65535) {
            throw new IllegalArgumentException("not a host and a port");
        }
    }

    /** Empty when it is written otherwise; a user, a password or a scheme have no place in it. */
    public static Optional<HostPort> parse(String text) {
        Matcher form = FORM.matcher(text);
        if (!form.matches()) {
            return Optional.empty();
        }
        int port = Integer.parseInt(form.group("port"));
        String name = form.group("name");
        String host = name == null ? form.group("v6") : name;
        boolean right = port >= 1 && port <= 65535 && (name != null || isV6(host));
        return right ? Optional.of(new HostPort(host, port)) : Optional.empty();
    }

    private static boolean isV6(String text) {
        try {
            var _ = Inet6Address.ofLiteral(text);
            return true;
        } catch (IllegalArgumentException notAnAddress) {
            return false;
        }
    }

    /** As {@link #parse} reads it. */
    @Override
    public String toString() {
        return (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
    }
}
