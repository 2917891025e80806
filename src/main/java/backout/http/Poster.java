package backout.http;

import backout.language.Phrase;
import backout.problem.Cause;
import backout.problem.Problem;
import backout.report.Room;

import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Sends JSON to an address that the site names. Of the address only the host is ever told: the rest
 * may hold a secret.
 */
public final class Poster {
    private static final MediaType JSON = MediaType.get("application/json; charset=utf-8");
    private static final Duration WITHIN = Duration.ofSeconds(10);
    private static final Duration LONGEST_REST = Duration.ofHours(1);
    private static final long MOST_READ = 64 * 1024;
    private static final int TOO_EARLY = 425;

    private final OkHttpClient client;

    public Poster() {
        client = Http.client().newBuilder().callTimeout(WITHIN).build();
    }

    /** What came back; at most 64 kB of it. */
    public record Answer(int status, String body) {
        public boolean isTaken() {
            return status >= 200 && status < 300;
        }
    }

    /**
     * Sends it once and follows nothing.
     *
     * @return any answer that will be the same the next time
     * @throws Room.Later when there was none in time, or one that asks to come again
     */
    public Answer post(URI to, Map<String, String> headers, String json) throws Room.Later {
        var request =
                new Request.Builder()
                        .url(to.toString())
                        .post(RequestBody.create(json.getBytes(StandardCharsets.UTF_8), JSON));
        headers.forEach(request::header);
        try (Response response = client.newCall(request.build()).execute()) {
            if (isForLater(response.code())) {
                throw new Room.Later(
                        Phrase.of("{0} answers {1}", shown(to), response.code()), rest(response));
            }
            return new Answer(response.code(), response.peekBody(MOST_READ).string());
        } catch (IOException e) {
            throw new Room.Later(
                    Phrase.of("{0} gave no answer: {1}", shown(to), Cause.of(e)), Duration.ZERO);
        }
    }

    private static boolean isForLater(int status) {
        return status == 408 || status == TOO_EARLY || status == 429 || status >= 500;
    }

    private static Duration rest(Response response) {
        String wanted = response.header("Retry-After", "");
        if (wanted == null || !wanted.matches("[0-9]{1,6}")) {
            return Duration.ZERO;
        }
        Duration rest = Duration.ofSeconds(Long.parseLong(wanted));
        return rest.compareTo(LONGEST_REST) < 0 ? rest : LONGEST_REST;
    }

    /** The host alone. */
    public static String shown(URI address) {
        String port = address.getPort() < 0 ? "" : ":" + address.getPort();
        return address.getScheme() + "://" + address.getHost() + port;
    }

    /**
     * What is wrong with an address: what is told there is for nobody on the way.
     *
     * @param open whether the site says that it may be without TLS
     */
    public static Optional<Problem> mistake(URI address, boolean open) {
        String host = Optional.ofNullable(address.getHost()).orElse("");
        if (address.getUserInfo() != null) {
            return Optional.of(
                    Problem.of(
                            Phrase.of("should hold no user and no password"),
                            Phrase.of("Write a secret below token: as env:NAME or file:PATH")));
        }
        return isSecure(address) || open || isLoopback(host)
                ? Optional.empty()
                : Optional.of(
                        Problem.of(
                                Phrase.of("should begin with https://"),
                                Phrase.of("Without TLS everybody on the way reads it")));
    }

    private static boolean isSecure(URI address) {
        return "https".equalsIgnoreCase(address.getScheme());
    }

    /** As it is written: what a name leads to is another matter each time. */
    public static boolean isLoopback(String host) {
        String name = host.toLowerCase(Locale.ROOT);
        return name.equals("localhost")
                || name.equals("[::1]")
                || name.equals("::1")
                || name.matches("127(\\.[0-9]{1,3}){3}");
    }
}
