package backout.run;

import static org.assertj.core.api.Assertions.assertThat;

import backout.check.Caller;
import backout.check.Reading;
import backout.check.Secret;
import backout.http.TargetCalls;
import backout.language.Phrase;
import backout.plan.Checklist;
import backout.plan.Secrets;
import backout.plan.Settings;
import backout.plan.Target;
import backout.plan.TargetName;
import backout.problem.Problem;
import backout.run.Evidence.Finding;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/** Sign in, call, clean up, against a service that answers as each test says. */
class SuitePlayTest {
    private static final String PASSWORD = "p\"w\\d";
    private static final String ID = "a/../b c";
    private static final String LOGIN =
            "POST {url}/login keep token = [BODY].token with {\"password\": \"{password}\"}";
    private static final String MAKE =
            "POST {url}/keys as {token} [STATUS] == 201 keep id = [BODY].data.id with {\"n\": 1}";
    private static final String LIST = "GET {url}/keys as {token}";
    private static final String REMOVE = "DELETE {url}/keys/{id} as {token}";

    private final List<String> asked = new ArrayList<>();
    private final Map<String, Integer> otherwise = new java.util.HashMap<>();
    private HttpServer server;

    @BeforeEach
    void serve() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.start();
    }

    @AfterEach
    void end() {
        server.stop(0);
    }

    private void answer(HttpExchange asking) throws IOException {
        String what = asking.getRequestMethod() + " " + asking.getRequestURI().getRawPath();
        String as = String.valueOf(asking.getRequestHeaders().getFirst("Authorization"));
        String body = new String(asking.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        asked.add(what + " | " + as + " | " + body);
        String answer =
                what.endsWith("/login")
                        ? "{\"token\": \"t0k3n\"}"
                        : "{\"data\": {\"id\": \"" + ID + "\"}}";
        int status = what.equals("POST /keys") ? 201 : 200;
        byte[] bytes = answer.getBytes(StandardCharsets.UTF_8);
        asking.sendResponseHeaders(otherwise.getOrDefault(what, status), bytes.length);
        asking.getResponseBody().write(bytes);
        asking.close();
    }

    private Played play(List<String> suite, List<String> cleanUp) {
        String url = "http://127.0.0.1:" + server.getAddress().getPort();
        var secrets = new Secrets(name -> name.equals("PASSWORD") ? PASSWORD : "");
        return play(url, suite, cleanUp, new TargetCalls(secrets), new AtomicLong()::get);
    }

    private static Played play(
            String url,
            List<String> suite,
            List<String> cleanUp,
            Callers callers,
            java.util.function.LongSupplier nanos) {
        var list = new Checklist("keys", List.of(), List.of(), suite, cleanUp);
        var target =
                new Target(
                        TargetName.of("sim/shop"),
                        "local",
                        "some",
                        Duration.ZERO,
                        Duration.ZERO,
                        List.of(),
                        new Settings(
                                Map.of(
                                        "url",
                                        java.net.URI.create(url),
                                        "secrets",
                                        Map.of("password", "env:PASSWORD"))),
                        "config/targets.yml",
                        List.of(list));
        return new SuitePlay(target, list, callers, nanos).play();
    }

    @Test
    void what_an_answer_gives_later_steps_send_and_what_was_made_is_removed() {
        Played played = play(List.of(LOGIN, MAKE, LIST), List.of(REMOVE));
        assertThat(asked)
                .containsExactly(
                        "POST /login | null | {\"password\": \"p\\\"w\\\\d\"}",
                        "POST /keys | Bearer t0k3n | {\"n\": 1}",
                        "GET /keys | Bearer t0k3n | ",
                        "DELETE /keys/a%2F..%2Fb%20c | Bearer t0k3n | ");
        assertThat(played.finding()).isEqualTo(Finding.WELL);
        assertThat(played.seen()).hasToString("3 steps, one after the other");
    }

    @Test
    void a_step_that_fails_ends_the_steps_and_not_the_clean_up() {
        otherwise.put("POST /keys", 409);
        String also = "DELETE {url}/sessions as {token}";
        Played played = play(List.of(LOGIN, MAKE, LIST), List.of(REMOVE, also));
        assertThat(asked).hasSize(3).last().asString().startsWith("DELETE /sessions");
        assertThat(played.finding()).isEqualTo(Finding.UNWELL);
        assertThat(played.seen())
                .hasToString(
                        "step 2 of 3, POST {url}/keys: answers 409, wanted 201; clean-up: step 1 of"
                            + " 2, DELETE {url}/keys/{id}: not sent, for {id} is not known; look by"
                            + " hand what stayed");
    }

    @Test
    void a_clean_up_that_fails_is_told_though_all_steps_went_well() {
        otherwise.put("DELETE /keys/a%2F..%2Fb%20c", 500);
        Played played = play(List.of(LOGIN, MAKE), List.of(REMOVE));
        assertThat(played.finding()).isEqualTo(Finding.UNWELL);
        assertThat(played.seen())
                .hasToString(
                        "2 steps, one after the other; clean-up: step 1 of 1, DELETE"
                                + " {url}/keys/{id}: answers 500, wanted 2xx; look by hand what"
                                + " stayed");
    }

    @Test
    void what_an_answer_does_not_give_is_told_by_its_name() {
        Played played = play(List.of("POST {url}/login keep token = [BODY].tokn"), List.of());
        assertThat(played.finding()).isEqualTo(Finding.UNWELL);
        assertThat(played.seen().toString()).endsWith("its answer has nothing to keep as token");
    }

    /** The address that failed holds what was kept. */
    @Test
    void what_was_kept_is_never_told() {
        String gone = "DELETE http://nowhere.invalid/keys/{id}/t0k3n";
        Played played = play(List.of(LOGIN, MAKE, gone), List.of());
        assertThat(played.finding()).isNotEqualTo(Finding.WELL);
        assertThat(played.seen().toString())
                .startsWith("step 3 of 3, DELETE http://nowhere.invalid/keys/{id}")
                .doesNotContain(ID, "a%2F..%2Fb%20c", PASSWORD);
    }

    /** A minute for all steps, ten seconds for each; the clean-up has a minute of its own. */
    @Test
    void what_is_slow_does_not_eat_the_time_of_the_clean_up() {
        var nanos = new AtomicLong();
        var given = new ArrayList<Long>();
        Caller slow =
                (_, within) -> {
                    given.add(within.toSeconds());
                    nanos.addAndGet(Duration.ofSeconds(55).toNanos());
                    return within.isZero()
                            ? new Reading.NotSeen(
                                    Problem.of(Phrase.of("no time left"), Phrase.NONE))
                            : new Reading.Answered(200, "{}", false, Duration.ZERO);
                };
        String step = "GET {url}/";
        Played played =
                play(
                        "http://shop.test",
                        List.of(step, step, step, step),
                        List.of(step),
                        calling(slow),
                        nanos::get);
        assertThat(given).containsExactly(10L, 5L, 0L, 10L);
        assertThat(played.finding()).isEqualTo(Finding.UNKNOWN);
        assertThat(played.seen()).hasToString("step 3 of 4, GET {url}/: no time left");
    }

    @Test
    void a_bot_that_is_stopped_meanwhile_cleans_up() {
        var stopped = new ArrayList<Boolean>();
        Caller cut =
                (_, _) -> {
                    stopped.add(Thread.currentThread().isInterrupted());
                    Thread.currentThread().interrupt();
                    return new Reading.NotSeen(Problem.of(Phrase.of("cut off"), Phrase.NONE));
                };
        List<String> steps = List.of("GET {url}/");
        play("http://shop.test", steps, steps, calling(cut), new AtomicLong()::get);
        assertThat(stopped).containsExactly(false, false);
        assertThat(Thread.interrupted()).as("who waits for its end still sees it").isTrue();
    }

    private static Callers calling(Caller caller) {
        return new Callers() {
            @Override
            public Caller of(Target target) {
                return caller;
            }

            @Override
            public Optional<Secret> secret(Target target, String name) {
                return Optional.empty();
            }
        };
    }
}
