package backout.story;

import static org.assertj.core.api.Assertions.assertThat;

import backout.fixture.Await;
import backout.fixture.Flood;
import backout.run.HandClock;
import backout.run.Outcome;

import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;

import okhttp3.Headers;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;
import okhttp3.Request;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** Strangers throw at the public listener what they have, while people roll back. */
@SuppressWarnings("NullAway.Init")
class FloodTest {
    /** What is promised to whoever asks how the bot is. */
    private static final Duration HEALTH_WITHIN = Duration.ofSeconds(2);

    private static final int BODIES = 600;
    private static final int HALVES = 5_000;

    /** Far fewer than come; the listener's own limit depends on the machine. */
    private static final int FEW = 1_100;

    @TempDir Path home;

    private final HandClock clock = new HandClock();
    private final FakeSlack slack = new FakeSlack(clock);
    private final MockWebServer idle = new MockWebServer();
    private final AtomicInteger well = new AtomicInteger();
    private final AtomicInteger unwell = new AtomicInteger();
    private SlackBot bot;

    @BeforeEach
    void serve() {
        bot = SlackBot.on(slack, home, 1, clock).serve();
    }

    @AfterEach
    void close() {
        slack.close();
        bot.close();
        idle.close();
    }

    /** Until it is interrupted. What a server with nothing to do cannot either is not its fault. */
    private void lookAfterIt(HttpUrl idle) {
        var http = new OkHttpClient.Builder().callTimeout(HEALTH_WITHIN).build();
        var healthz = HttpUrl.get("http://127.0.0.1:" + bot.privatePort + "/healthz");
        while (!Thread.currentThread().isInterrupted()) {
            boolean isCalm = isWell(http, idle);
            boolean isWell = isWell(http, healthz);
            boolean counts = isCalm && isWell(http, idle);
            if (counts && !Thread.currentThread().isInterrupted()) {
                (isWell ? well : unwell).incrementAndGet();
            }
        }
    }

    private static boolean isWell(OkHttpClient http, HttpUrl url) {
        try (var answer = http.newCall(new Request.Builder().url(url).build()).execute()) {
            return answer.code() == 200;
        } catch (IOException late) {
            return false;
        }
    }

    /** On a machine that floods itself a press may time out; people press again. */
    private void insists(String person, String value) {
        Await.until(
                "the vote is taken",
                () -> {
                    try {
                        return bot.deliver(bot.press(person, value)).status() == 200;
                    } catch (UncheckedIOException timeOut) {
                        return false;
                    }
                });
    }

    @Test
    void a_run_is_approved_switched_and_proven_in_a_flood_of_bodies_and_of_half_open_connections()
            throws Exception {
        bot.types("li", "sim relay because 5xx");
        bot.presses("li", "Confirm");
        bot.awaitButton("Approve");
        var now = clock.instant();
        var floods =
                List.of(
                        Flood.ofHalfOpen(bot.port, HALVES),
                        Flood.ofBodies(bot.port, BODIES, 1_048_576, now),
                        Flood.ofBodies(bot.port, BODIES, 65_536, now));
        idle.setDispatcher(
                new Dispatcher() {
                    @Override
                    public MockResponse dispatch(RecordedRequest request) {
                        return new MockResponse(200, Headers.of(), "");
                    }
                });
        idle.start();
        var beside = idle.url("/");
        Thread doctor = Thread.ofPlatform().start(() -> lookAfterIt(beside));
        var threads = new ArrayList<Thread>();
        floods.forEach(flood -> threads.add(Thread.ofPlatform().start(flood)));
        Await.until("it floods", () -> floods.stream().allMatch(flood -> flood.came() > 100));

        insists("anna", bot.awaitButton("Approve"));
        bot.awaitEnd();
        for (Thread thread : threads) {
            thread.join();
        }
        assertThat(bot.run().outcome().orElseThrow().result()).isEqualTo(Outcome.Result.PROVEN);
        assertThat(floods).extracting(Flood::came).containsExactly(HALVES, BODIES, BODIES);
        Await.until(
                "few of them are still let in",
                () -> floods.stream().mapToInt(Flood::stay).sum() <= FEW);
        doctor.interrupt();
        doctor.join();
        assertThat(unwell).hasValue(0);
        assertThat(well).hasPositiveValue();
        floods.forEach(Flood::close);
    }
}
