package backout.chat.slack;

import static org.assertj.core.api.Assertions.assertThat;

import backout.chat.Cards;
import backout.chat.Message;
import backout.command.Site;
import backout.fixture.Await;
import backout.fixture.DeskBot;
import backout.fixture.SlackDriver;
import backout.frontdesk.Reply;
import backout.language.Language;
import backout.language.Phrase;
import backout.run.Loop;
import backout.run.MemoryJournal;
import backout.run.MemoryLeases;
import backout.run.RunEvent;

import mockwebserver3.MockResponse;

import okhttp3.Headers;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** How often the home tab is shown anew, and to whom. */
class SlackHomeTest {
    private static final String LI = "U01LI";
    private static final String ANNA = "U02ANNA";

    private final Instant now = Instant.now();
    private final AtomicLong ahead = new AtomicLong();
    private final AtomicInteger status = new AtomicInteger();
    private final SlackDriver driver = new SlackDriver(URI.create("http://127.0.0.1:9/api/"));
    private final SlackApi api = SlackApi.at(driver.address(), "xoxb-secret", Await.PATIENCE);
    private final MemoryJournal journal = new MemoryJournal(new MemoryLeases(() -> now));
    private final Site site = Cards.site();
    private SlackHome home;
    private Loop loop;

    @BeforeEach
    void open() {
        var bot = new DeskBot(site, journal, () -> now, _ -> said());
        var readers = new SlackReaders(api, Language.ENGLISH, Map.of(), System::nanoTime);
        for (int call = 0; call < 100; call++) {
            driver.answering("views.publish", answer(200, "{\"ok\": true}"));
        }
        home =
                new SlackHome(
                        bot,
                        api,
                        new SlackRoom(api, site, readers),
                        readers,
                        () -> System.nanoTime() + ahead.get());
        loop = home.loop().start();
    }

    private Reply said() {
        return new Reply.Told(Message.line(Phrase.of("status {0}", status.get())));
    }

    private static MockResponse answer(int status, String body, String... headers) {
        var all = Headers.of(headers).newBuilder().add("Content-Type", "application/json");
        return new MockResponse(status, all.build(), body);
    }

    @AfterEach
    void close() {
        loop.stop();
        driver.close();
        api.close();
    }

    private List<String> shown(String user) {
        return driver.calls("views.publish").stream()
                .filter(call -> call.get("user_id").equals(user))
                .map(call -> call.get("view"))
                .toList();
    }

    private void awaitShown(String user, int times) {
        Await.until("shown " + times + " times", () -> shown(user).size() == times);
    }

    /** What the loop would do by now it has done. */
    private void hasLooked() {
        int before = shown(ANNA).size();
        home.opened(ANNA);
        Await.until("the loop looked", () -> shown(ANNA).size() > before);
    }

    private void pass(Duration time) {
        ahead.addAndGet(time.toNanos());
    }

    private void happens() {
        status.incrementAndGet();
        var events =
                Optional.ofNullable(Cards.runs().get("card-awaiting-approval"))
                        .orElseThrow()
                        .events();
        int there = journal.read(Cards.RUN).size();
        if (there == 0) {
            var _ = journal.begin((RunEvent.Requested) events.getFirst());
        } else {
            journal.append(Cards.RUN, there, List.of(events.get(there)), List.of(), null);
        }
    }

    @Test
    void many_changes_are_shown_at_most_each_ten_seconds_and_the_last_is_shown() {
        home.opened(LI);
        awaitShown(LI, 1);
        happens();
        happens();
        hasLooked();
        assertThat(shown(LI)).hasSize(1);
        pass(SlackHome.CHANGED);
        awaitShown(LI, 2);
        assertThat(shown(LI).getLast()).contains("status 2");
        hasLooked();
        assertThat(shown(LI)).hasSize(2);
    }

    @Test
    void what_did_not_change_is_not_shown_again() {
        home.opened(LI);
        awaitShown(LI, 1);
        pass(SlackHome.UNCHANGED.multipliedBy(2));
        hasLooked();
        assertThat(shown(LI)).hasSize(1);
        status.incrementAndGet();
        pass(SlackHome.UNCHANGED);
        awaitShown(LI, 2);
    }

    @Test
    void who_opened_it_long_ago_is_not_shown_anything_more() {
        home.opened(LI);
        awaitShown(LI, 1);
        pass(SlackHome.LOOKED_AT);
        happens();
        hasLooked();
        assertThat(shown(LI)).hasSize(1);
    }

    @Test
    void only_the_last_few_who_opened_it_are_kept_up_to_date() {
        for (int user = 0; user < SlackHome.MOST; user++) {
            home.opened("U9" + user);
            awaitShown("U9" + user, 1);
        }
        home.opened(LI);
        awaitShown(LI, 1);
        happens();
        pass(SlackHome.CHANGED);
        awaitShown(LI, 2);
        assertThat(shown("U90")).hasSize(1);
    }

    @Test
    void a_slack_that_wants_to_be_left_alone_is_left_alone_and_shows_the_newest_then() {
        driver.refuseNext("views.publish", answer(429, "", "Retry-After", "30"));
        home.opened(LI);
        awaitShown(LI, 1);
        happens();
        home.opened(ANNA);
        pass(Duration.ofSeconds(29));
        Await.until("time passes", () -> driver.calls("views.publish").size() == 1);
        pass(Duration.ofSeconds(2));
        awaitShown(LI, 2);
        assertThat(shown(LI).getLast()).contains("status 1");
        Await.until("anna is shown it", () -> shown(ANNA).size() == 1);
    }

    @Test
    void an_app_without_a_home_tab_is_not_asked_again_and_again() {
        driver.refuseNext(
                "views.publish", answer(200, "{\"ok\": false, \"error\": \"not_enabled\"}"));
        home.opened(LI);
        awaitShown(LI, 1);
        happens();
        pass(SlackHome.CHANGED);
        hasLooked();
        assertThat(shown(LI)).hasSize(1);
    }
}
