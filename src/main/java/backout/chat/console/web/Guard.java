package backout.chat.console.web;

import backout.language.Phrase;

import jakarta.servlet.http.HttpServletRequest;

import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * Whether a request comes from a page of this console. A foreign page can make a browser send
 * anything, but it cannot choose the Host, Origin and Sec-Fetch-Site that the browser sends along.
 */
final class Guard {
    /**
     * The console's own name on this machine: browsers lead every name below localhost to the
     * loopback (RFC 6761). A cookie knows no port, so under a name that is shared, each service of
     * this machine that the browser visits would be sent the console's.
     */
    static final String OWN = "backout.localhost";

    /** Shared with every other service of this machine. */
    private static final Set<String> LOOPBACK =
            Set.of("localhost", "127.0.0.1", "[::1]", "0.0.0.0", "[::]");

    private final Set<String> hosts;

    /**
     * @param hosts names besides the loopback's under which people reach the console, lower case,
     *     without a port
     */
    Guard(Set<String> hosts) {
        this.hosts = Set.copyOf(hosts);
    }

    /**
     * A name that is not ours may lead to this address too (DNS rebinding); its pages would be of
     * the same origin as the console.
     */
    void checkHost(HttpServletRequest request) throws Refused {
        String host = name(host(request));
        if (!host.equals(OWN) && !LOOPBACK.contains(host) && !hosts.contains(host)) {
            throw new Refused(
                    421,
                    Phrase.of("this console does not answer to that host name"),
                    Phrase.of(
                            "open it as {0}, through an SSH tunnel where it runs elsewhere", OWN));
        }
    }

    /**
     * The same address under the console's own name; empty where it was asked under that, or under
     * one that reaches it from other machines. The port is the browser's: a tunnel's may differ.
     */
    static Optional<String> elsewhere(HttpServletRequest request) {
        String host = host(request);
        String name = name(host);
        if (!LOOPBACK.contains(name)) {
            return Optional.empty();
        }
        String query = request.getQueryString();
        return Optional.of(
                request.getScheme()
                        + "://"
                        + OWN
                        + host.substring(name.length())
                        + request.getRequestURI()
                        + (query == null ? "" : "?" + query));
    }

    /** Also of an address that listens everywhere: on this machine it is the loopback's too. */
    static boolean isLoopback(String host) {
        return LOOPBACK.contains(host.toLowerCase(Locale.ROOT)) || host.equals(OWN);
    }

    private static String host(HttpServletRequest request) {
        return Objects.requireNonNullElse(request.getHeader("Host"), "");
    }

    private static String name(String host) {
        int colon = host.lastIndexOf(':');
        boolean port = colon > host.lastIndexOf(']');
        return (port ? host.substring(0, colon) : host).toLowerCase(Locale.ROOT);
    }

    /** Every browser of today says where a POST comes from; who says nothing is no browser. */
    void checkOrigin(HttpServletRequest request) throws Refused {
        String site = request.getHeader("Sec-Fetch-Site");
        String origin = request.getHeader("Origin");
        String host = host(request);
        boolean here =
                origin == null
                        || origin.equals("http://" + host)
                        || origin.equals("https://" + host);
        boolean same = site == null || site.equals("same-origin");
        if (!here || !same || (origin == null && site == null)) {
            throw new Refused(
                    403,
                    Phrase.of("this did not come from a page of the console"),
                    Phrase.of("press it on the console"));
        }
    }
}
