package backout.http;

import backout.check.Caller;
import backout.check.Probe;
import backout.check.Reading;
import backout.check.Secret;
import backout.check.Subject;
import backout.language.Phrase;
import backout.problem.Problem;
import backout.problem.Scarcity;

import okhttp3.Call;
import okhttp3.Dns;
import okhttp3.HttpUrl;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;

/** Asks over HTTP, each time on a new connection, and reads a bounded part of what comes. */
public final class HttpProbe implements Probe, Caller {
    static final int MAX_BYTES = 256 * 1024;

    private static final MediaType JSON = MediaType.get("application/json");

    private final OkHttpClient client;
    private final Function<String, Optional<Secret>> secrets;

    /**
     * A probe of one target.
     *
     * @param client from {@link Http#client()}
     * @param secrets the target's secrets by name
     */
    public HttpProbe(OkHttpClient client, Function<String, Optional<Secret>> secrets) {
        this.client = client;
        this.secrets = secrets;
    }

    @Override
    public Reading look(Subject filled, Duration deadline) {
        if (!(filled instanceof Subject.Http(var method, var url, var secret))) {
            throw new IllegalArgumentException("not over HTTP: " + filled);
        }
        return ready(
                method,
                url,
                Optional.empty(),
                deadline,
                request ->
                        secret.map(name -> look(request, name, deadline))
                                .orElseGet(() -> look(request.build(), deadline)));
    }

    @Override
    public Reading send(Sending what, Duration deadline) {
        return ready(
                what.method(),
                what.url(),
                what.body(),
                deadline,
                request ->
                        what.token()
                                .map(token -> as(request, token.reveal(), "token", deadline))
                                .orElseGet(() -> look(request.build(), deadline)));
    }

    private static Reading ready(
            String method,
            String url,
            Optional<Secret> body,
            Duration deadline,
            Function<Request.Builder, Reading> send) {
        HttpUrl parsed = HttpUrl.parse(url);
        if (parsed == null || !parsed.username().isEmpty() || !parsed.password().isEmpty()) {
            return notSeen(
                    Phrase.of("the address of a check is no URL without a user"),
                    Phrase.of("Check the target"));
        }
        if (deadline.toMillis() < 1) {
            return notSeen(
                    Phrase.of("there was no time left to look at {0}", shown(parsed)),
                    Phrase.of("Ask again"));
        }
        var request = new Request.Builder().url(parsed).method(method, sent(method, body));
        request.header("User-Agent", "backout");
        return send.apply(request);
    }

    /** OkHttp has no POST without a body. */
    private static @Nullable RequestBody sent(String method, Optional<Secret> body) {
        return body.map(json -> RequestBody.create(json.reveal(), JSON))
                .orElse(method.startsWith("P") ? RequestBody.create(new byte[0]) : null);
    }

    private Reading look(Request.Builder request, String secret, Duration deadline) {
        Optional<String> token = secrets.apply(secret).map(Secret::reveal);
        if (token.isEmpty()) {
            return notSeen(
                    Phrase.of("the secret {{0}} of a check is not there", secret),
                    Phrase.of("Give it to the target as env:NAME or file:PATH"));
        }
        return as(request, token.get(), secret, deadline);
    }

    private Reading as(Request.Builder request, String token, String secret, Duration deadline) {
        if (!token.chars().allMatch(c -> c > ' ' && c < 127)) {
            return notSeen(
                    Phrase.of("the secret {{0}} of a check cannot be sent as a token", secret),
                    Phrase.of("Take spaces, line ends and non-ASCII characters out of it"));
        }
        return look(request.header("Authorization", "Bearer " + token).build(), deadline);
    }

    private Reading look(Request request, Duration deadline) {
        var stations = new Stations();
        Dns dns = new DeadlineDns(client.dns(), deadline);
        OkHttpClient bounded =
                client.newBuilder()
                        .callTimeout(deadline)
                        .connectTimeout(deadline)
                        .readTimeout(deadline)
                        .eventListener(stations)
                        .dns(dns)
                        .build();
        try {
            return Scarcity.outlast(
                    deadline.dividedBy(2), () -> answered(bounded.newCall(request)));
        } catch (IOException failure) {
            return new Failure(shown(request.url()), deadline, stations).of(failure);
        } catch (Exception other) {
            // Kotlin declares nothing: an interrupted race for the fastest address throws this
            if (!(other instanceof InterruptedException)) {
                throw other;
            }
            Thread.currentThread().interrupt();
            return notSeen(
                    Phrase.of("looking at {0} was cut off", shown(request.url())),
                    Phrase.of("Ask again"));
        }
    }

    private static Reading answered(Call call) throws IOException {
        long start = System.nanoTime();
        try (Response response = call.execute()) {
            byte[] body = response.body().byteStream().readNBytes(MAX_BYTES + 1);
            Duration took = Duration.ofNanos(System.nanoTime() - start);
            // Else closing would read on, to keep a connection that nobody wants
            call.cancel();
            return answered(response, body, took);
        }
    }

    private static Reading answered(Response response, byte[] body, Duration took) {
        int length = Math.min(body.length, MAX_BYTES);
        return new Reading.Answered(
                response.code(),
                new String(body, 0, length, charset(response)),
                body.length > MAX_BYTES,
                took);
    }

    private static Charset charset(Response response) {
        MediaType type = response.body().contentType();
        Charset named = type == null ? null : type.charset(StandardCharsets.UTF_8);
        return named == null ? StandardCharsets.UTF_8 : named;
    }

    /** Without query and fragment, which may hold tokens. */
    private static String shown(HttpUrl url) {
        return url.newBuilder().query(null).fragment(null).build().toString();
    }

    private static Reading notSeen(Phrase what, Phrase next) {
        return new Reading.NotSeen(Problem.of(what, next));
    }
}
