package backout.chat.slack;

import static org.assertj.core.api.Assertions.assertThat;

import backout.fixture.Await;
import backout.fixture.SlackDriver;
import backout.language.Language;

import mockwebserver3.MockResponse;
import mockwebserver3.SocketEffect;

import okhttp3.Headers;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.net.URI;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** What Slack says of its users, and who hears of it when. */
@Isolated("it measures time")
class SlackReadersTest {
    private static final Language SITE = Language.of("zh", ZoneId.of("Asia/Tokyo"));
    private static final Language SHANGHAI = Language.of("zh-CN", ZoneId.of("Asia/Shanghai"));

    private final SlackDriver driver = new SlackDriver(URI.create("http://127.0.0.1:9/api/"));
    private final SlackApi api =
            SlackApi.at(driver.address(), "xoxb-of-the-tests", Duration.ofSeconds(5));
    private final AtomicLong nanos = new AtomicLong();
    private final SlackReaders readers = new SlackReaders(api, SITE, Map.of(), nanos::get);

    @AfterEach
    void close() {
        api.close();
        driver.close();
    }

    private static MockResponse json(String body) {
        return new MockResponse(200, Headers.of("Content-Type", "application/json"), body);
    }

    private static MockResponse user(String fields) {
        return json("{\"ok\": true, \"user\": {" + fields + "}}");
    }

    private int asked() {
        return driver.calls("users.info").size();
    }

    private void pass(Duration time) {
        nanos.addAndGet(time.toNanos());
    }

    /** The cache counts from a little after its answer is there. */
    private void awaitAskedAgain(Duration after, Language language) {
        Await.until(
                "it is asked again",
                () -> {
                    pass(after);
                    return readers.of("U1").equals(language);
                });
        assertThat(asked()).isEqualTo(2);
    }

    @Test
    void what_slack_says_is_asked_for_once_and_again_after_hours() {
        driver.answering(
                "users.info",
                user("\"locale\": \"zh-CN\", \"tz\": \"Asia/Shanghai\""),
                user("\"locale\": \"en-GB\", \"tz\": \"Europe/London\""));
        assertThat(readers.of("U1")).isEqualTo(SHANGHAI);
        pass(SlackReaders.KEPT.minusSeconds(1));
        assertThat(readers.of("U1")).isEqualTo(SHANGHAI);
        var call = driver.calls("users.info").getFirst();
        assertThat(call.get("user")).isEqualTo("U1");
        assertThat(call.get("include_locale")).isIn("1", "true");
        assertThat(asked()).isEqualTo(1);
        awaitAskedAgain(SlackReaders.KEPT, Language.of("en-GB", ZoneId.of("Europe/London")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"ok\": false, \"error\": \"missing_scope\", \"needed\": \"users:read\"}",
                "{\"ok\": false, \"error\": \"user_not_found\"}",
                "{\"ok\": true}",
                "<html>"
            })
    void of_whom_slack_says_nothing_the_sites_language_is_taken_for_a_minute(String answer) {
        driver.answering("users.info", json(answer), user("\"locale\": \"zh-CN\""));
        assertThat(readers.of("U1")).isEqualTo(SITE);
        pass(SlackReaders.UNTOLD.minusSeconds(1));
        assertThat(readers.of("U1")).isEqualTo(SITE);
        assertThat(asked()).isEqualTo(1);
        awaitAskedAgain(SlackReaders.UNTOLD, Language.of("zh-CN", SITE.zone()));
    }

    @Test
    void a_zone_that_nobody_knows_and_none_are_the_sites() {
        driver.answering(
                "users.info",
                user("\"locale\": \"en-US\", \"tz\": \"Mars/Olympus\""),
                user("\"tz\": \"Asia/Shanghai\""));
        assertThat(readers.of("U1")).isEqualTo(Language.of("en-US", SITE.zone()));
        assertThat(readers.of("U2")).isEqualTo(SITE.in(ZoneId.of("Asia/Shanghai")));
    }

    @Test
    void who_is_in_a_hurry_does_not_wait_and_knows_it_the_next_time() {
        driver.answering(
                "users.info",
                user("\"locale\": \"zh-CN\", \"tz\": \"Asia/Shanghai\"")
                        .newBuilder()
                        .headersDelay(2, TimeUnit.SECONDS)
                        .build());
        long began = System.nanoTime();
        assertThat(readers.soon("U1")).isEqualTo(SITE);
        assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofMillis(1900));
        Await.until("it is known", () -> readers.soon("U1").equals(SHANGHAI));
        assertThat(asked()).isEqualTo(1);
    }

    @Test
    void a_slack_that_is_silent_costs_one_call() {
        driver.answering(
                "users.info",
                new MockResponse.Builder().onResponseStart(SocketEffect.Stall.INSTANCE).build());
        assertThat(readers.soon("U1")).isEqualTo(SITE);
        assertThat(readers.soon("U1")).isEqualTo(SITE);
        assertThat(asked()).isEqualTo(1);
    }

    @Test
    void many_at_once_ask_once() throws Exception {
        driver.answering("users.info", user("\"locale\": \"zh-CN\", \"tz\": \"Asia/Shanghai\""));
        var asks = new ArrayList<Callable<Language>>();
        for (int i = 0; i < 50; i++) {
            asks.add(() -> readers.of("U1"));
        }
        try (var people = Executors.newVirtualThreadPerTaskExecutor()) {
            for (var answer : people.invokeAll(asks)) {
                assertThat(answer.get()).isEqualTo(SHANGHAI);
            }
        }
        assertThat(asked()).isEqualTo(1);
    }
}
