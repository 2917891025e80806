package backout.chat.slack;

import backout.http.Http;
import backout.language.Phrase;
import backout.problem.Problem;
import backout.report.Room;

import com.slack.api.Slack;
import com.slack.api.SlackConfig;
import com.slack.api.methods.MethodsClient;
import com.slack.api.methods.SlackApiException;
import com.slack.api.methods.SlackApiTextResponse;
import com.slack.api.methods.response.auth.AuthTestResponse;
import com.slack.api.util.http.SlackHttpClient;

import okhttp3.Headers;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Slack's Web API with one bot token. Each call goes out once, with a deadline; nothing that it
 * throws holds the token.
 */
public final class SlackApi implements AutoCloseable {
    private static final MediaType JSON = MediaType.get("application/json; charset=utf-8");

    private final URI address;
    private final OkHttpClient http;
    private final Slack slack;
    private final MethodsClient methods;
    private final boolean expires;
    private final AtomicReference<Headers> said;

    private SlackApi(
            URI address,
            OkHttpClient http,
            SlackConfig config,
            String botToken,
            AtomicReference<Headers> said) {
        this.said = said;
        this.address = address;
        this.http = http;
        this.slack = Slack.getInstance(config, new SlackHttpClient(http));
        this.methods = slack.methods(botToken);
        this.expires = botToken.startsWith("xoxe");
    }

    /**
     * Opens no connection yet.
     *
     * @param address of the Web API, with a slash at its end
     * @param deadline of each call
     */
    public static SlackApi at(URI address, String botToken, Duration deadline) {
        var config = new SlackConfig();
        config.setMethodsEndpointUrlPrefix(address.toString());
        config.setStatsEnabled(false);
        // they log what was sent, the token with it
        config.getHttpClientResponseHandlers().clear();
        var said = new AtomicReference<>(Headers.of());
        var http =
                Http.client()
                        .newBuilder()
                        .callTimeout(deadline)
                        .addInterceptor(chain -> {
                            Response answer = chain.proceed(chain.request());
                            said.set(answer.headers());
                            return answer;
                        })
                        .build();
        return new SlackApi(address, http, config, botToken, said);
    }

    /** One call of the Web API. */
    @FunctionalInterface
    interface Call<R extends SlackApiTextResponse> {
        R on(MethodsClient methods) throws IOException, SlackApiException;
    }

    /**
     * @param where what the call was about, for people: a channel's id
     * @param call only fills in the request: what it throws counts as Slack's fault
     * @return an answer that says ok
     */
    <R extends SlackApiTextResponse> R call(String where, Call<R> call)
            throws Room.Later, Room.Refused {
        R response;
        try {
            response = call.on(methods);
        } catch (SlackApiException e) {
            throw SlackErrors.ofStatus(where, e);
        } catch (IOException e) {
            throw new Room.Later(
                    Phrase.of("Slack did not answer: {0}", e.getMessage()), Duration.ZERO);
        } catch (RuntimeException e) {
            // what the SDK throws for an answer that is empty or no JSON
            throw new Room.Later(
                    Phrase.of("Slack's answer cannot be read: {0}", e.getClass().getSimpleName()),
                    Duration.ZERO);
        }
        if (!response.isOk()) {
            SlackErrors.raise(where, response);
        }
        return response;
    }

    /** A header of the last answer, which the SDK keeps to itself. */
    Optional<String> said(String header) {
        return Optional.ofNullable(said.get()).map(all -> all.get(header));
    }

    /** Asks Slack whose token this is. */
    public String whoAmI() throws Room.Later, Room.Refused {
        AuthTestResponse answer = call("auth.test", methods -> methods.authTest(r -> r));
        return answer.getUser() + " in " + answer.getTeam();
    }

    /**
     * Asks with an app's token for the address of one web socket, which is good once and for half a
     * minute. Whoever has it can listen.
     */
    URI socket() throws Room.Later, Room.Refused {
        try {
            return URI.create(
                    call("apps.connections.open", methods -> methods.appsConnectionsOpen(r -> r))
                            .getUrl());
        } catch (Room.Refused e) {
            throw new Room.Refused(
                    new Problem(
                            e.problem().what(),
                            "slack/app-token",
                            Phrase.of(
                                    "make a token with connections:write on the app's page (Basic"
                                            + " Information, App-Level Tokens), put it where"
                                            + " slack/app-token in chat.yml points, switch Socket"
                                            + " Mode on, and start again")));
        }
    }

    /**
     * Answers to an address that came with a request; Slack takes five answers within 30 minutes.
     *
     * @return whether it was taken
     */
    boolean respond(String responseUrl, String json) {
        if (!isSlacks(responseUrl)) {
            return false;
        }
        var request =
                new Request.Builder().url(responseUrl).post(RequestBody.create(json, JSON)).build();
        try (var response = http.newCall(request).execute()) {
            return response.isSuccessful();
        } catch (IOException e) {
            return false;
        }
    }

    /** Only Slack, or what stands in for it: a signed request may still name any host. */
    boolean isSlacks(String responseUrl) {
        URI url;
        try {
            url = URI.create(responseUrl);
        } catch (IllegalArgumentException e) {
            return false;
        }
        boolean hooks =
                "https".equals(url.getScheme())
                        && "hooks.slack.com".equals(url.getHost())
                        && url.getPort() == -1;
        boolean configured =
                address.getScheme().equals(url.getScheme())
                        && address.getHost().equals(url.getHost())
                        && address.getPort() == url.getPort();
        return (hooks || configured) && url.getUserInfo() == null;
    }

    /** Whether the token is one of those that Slack takes back after twelve hours. */
    boolean expires() {
        return expires;
    }

    Slack slack() {
        return slack;
    }

    @Override
    public String toString() {
        return "SlackApi[" + address + ", ***]";
    }

    @Override
    public void close() {
        http.dispatcher().executorService().shutdown();
        http.connectionPool().evictAll();
    }
}
