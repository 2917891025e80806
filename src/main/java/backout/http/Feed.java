package backout.http;

import backout.language.Phrase;
import backout.problem.Cause;
import backout.problem.Problem;
import backout.problem.ProblemException;
import backout.problem.Shown;

import okhttp3.Dns;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;

import okio.BufferedSource;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;

/**
 * Reads what somebody publishes at an address that the configuration names. Only over TLS, unless
 * it is this machine; who answers may send it elsewhere, but never into the network that the bot is
 * in.
 */
public final class Feed {
    private static final Duration LIMIT = Duration.ofSeconds(10);
    private static final int MOST_REDIRECTS = 3;
    private static final Dns SYSTEM = new DeadlineDns(Dns.SYSTEM, LIMIT);
    private static final Dns OUTSIDE = Feed::outside;
    private static final OkHttpClient CLIENT =
            Http.client().newBuilder().callTimeout(LIMIT).build();

    private Feed() {}

    /** Its host: the rest of an address is often the key to what is there. */
    public static String shown(String address) {
        HttpUrl url = HttpUrl.parse(address);
        return url == null ? address.replaceFirst(":.*", "://…") : url.host();
    }

    /**
     * Asks once and never waits longer than seconds.
     *
     * @param most bytes; more is refused
     * @throws ProblemException when it cannot be had
     */
    public static byte[] read(String address, int most) {
        HttpUrl url = HttpUrl.parse(address);
        if (url == null || !(url.isHttps() || isLoopback(url))) {
            throw Problem.stop(
                    Phrase.of("it is no address that begins with https://"),
                    Phrase.of("only calendars of this machine itself may come over http://"));
        }
        return read(url, most, SYSTEM, 0);
    }

    private static byte[] read(HttpUrl url, int most, Dns dns, int redirects) {
        var request = new Request.Builder().url(url).header("User-Agent", "Backout").build();
        var client = CLIENT.newBuilder().dns(dns).build();
        try (Response response = client.newCall(request).execute()) {
            if (response.isRedirect()) {
                return elsewhere(url, response, most, redirects);
            }
            if (response.code() != 200) {
                throw Problem.stop(
                        Phrase.of("{0} answered {1}", url.host(), response.code()),
                        Phrase.of("open the address in a browser where nobody is signed in"));
            }
            return body(response.body().source(), most);
        } catch (Inside inside) {
            throw inside.problem();
        } catch (IOException e) {
            throw silent(url, e);
        }
    }

    private static byte[] elsewhere(HttpUrl from, Response response, int most, int redirects) {
        HttpUrl to = from.resolve(String.valueOf(response.header("Location")));
        boolean samePlace = to != null && to.host().equals(from.host());
        boolean safe = to != null && (to.isHttps() || (samePlace && !from.isHttps()));
        if (to == null || !safe || redirects == MOST_REDIRECTS) {
            throw Problem.stop(
                    Phrase.of("{0} sends on, not to an https address", from.host()),
                    Phrase.of("write the address that it is in the end"));
        }
        if (samePlace) {
            return read(to, most, SYSTEM, redirects + 1);
        }
        try {
            // an address in digits is never looked up by the client
            var _ = OUTSIDE.lookup(to.host());
        } catch (Inside inside) {
            throw inside.problem();
        } catch (IOException e) {
            throw silent(to, e);
        }
        return read(to, most, OUTSIDE, redirects + 1);
    }

    /** The address of a redirect leads into a network of one's own. */
    private static final class Inside extends UnknownHostException {
        private final String host;

        Inside(String host) {
            super(host);
            this.host = host;
        }

        ProblemException problem() {
            return Problem.stop(
                    Phrase.of("it sends on to {0}, an address of a private network", host),
                    Phrase.of("write that address itself, if it is the right one"));
        }
    }

    private static List<InetAddress> outside(String host) throws UnknownHostException {
        List<InetAddress> found = SYSTEM.lookup(host);
        if (found.stream().anyMatch(Feed::isInside)) {
            throw new Inside(host);
        }
        return found;
    }

    static boolean isInside(InetAddress address) {
        byte[] bytes = address.getAddress();
        boolean unique = bytes.length == 16 && (bytes[0] & 0xfe) == 0xfc;
        boolean shared = bytes.length == 4 && bytes[0] == 100 && (bytes[1] & 0xc0) == 64;
        return unique
                || shared
                || address.isLoopbackAddress()
                || address.isAnyLocalAddress()
                || address.isLinkLocalAddress()
                || address.isSiteLocalAddress()
                || address.isMulticastAddress();
    }

    private static boolean isLoopback(HttpUrl url) {
        return url.host().equals("localhost")
                || url.host().equals("::1")
                || url.host().startsWith("127.");
    }

    private static byte[] body(BufferedSource source, int most) throws IOException {
        if (source.request(most + 1L)) {
            throw tooLong(most);
        }
        return source.readByteArray();
    }

    public static ProblemException tooLong(int most) {
        return Problem.stop(
                Phrase.of("it is longer than {0} KB", most / 1024),
                Phrase.of("leave out what is long over"));
    }

    private static ProblemException silent(HttpUrl url, IOException why) {
        return Problem.stop(
                Phrase.of("{0} did not answer: {1}", Shown.of(url.host()), Cause.of(why)),
                Phrase.of("look at the address and the network"));
    }
}
