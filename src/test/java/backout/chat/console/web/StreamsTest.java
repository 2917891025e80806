package backout.chat.console.web;

import static org.assertj.core.api.Assertions.assertThat;

import backout.fixture.Await;
import backout.run.HandClock;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Map;
import java.util.regex.Pattern;

@Isolated("it measures time")
class StreamsTest {
    private final WebSite site = new WebSite(new HandClock(), false);

    @AfterEach
    void close() {
        site.close();
    }

    private static String mark(String lines) {
        var matcher = Pattern.compile("(?m)^id: (.+)$").matcher(lines);
        assertThat(matcher.find()).isTrue();
        return matcher.group(1);
    }

    private void allClosed() {
        Await.until("no stream is open", () -> site.servlet.streams() == 0);
    }

    @Test
    void a_card_arrives_where_somebody_looks_and_changes_in_place() {
        var anna = site.as("anna");
        try (var events = anna.events("/events")) {
            assertThat(events.answer().header("Content-Type")).startsWith("text/event-stream");
            events.until("id: ");
            site.as("li").say("compose claude-relay because 5xx");
            assertThat(events.until("event: card")).contains("event: card");
            assertThat(events.until("Cancel, run ")).contains("<dt>downtime</dt>");
        }
        allClosed();
    }

    @Test
    void who_comes_back_gets_what_they_missed_and_only_that() {
        var li = site.as("li");
        li.say("compose claude-relay");
        String seen;
        try (var events = li.events("/events")) {
            events.until("Confirm, run ");
            seen = mark(events.until("id: "));
        }
        allClosed();
        li.say("compose gateway");
        try (var events = li.with("Last-Event-ID", seen).events("/events?since=other")) {
            String missed = events.until("id: ");
            assertThat(missed).contains("event: card", "compose/gateway");
            assertThat(missed.split("event: side")[0])
                    .doesNotContain("Roll back compose/claude-relay");
        }
    }

    @Test
    void a_mark_of_another_process_or_of_nobody_gets_everything() {
        var li = site.as("li");
        li.say("compose claude-relay");
        for (String mark :
                new String[] {"abcdefgh-99", "", "x", "--", "abcdefgh-99999999999999999999"}) {
            try (var events = li.events("/events?since=" + mark)) {
                assertThat(events.until("id: ")).contains("event: card");
            }
        }
    }

    @Test
    void an_answer_that_comes_later_arrives_by_itself() {
        site.service.hold("plan");
        var li = site.as("li");
        li.say("plan compose gateway");
        try (var events = li.events("/events")) {
            assertThat(events.until("id: ")).contains("Looking at compose/gateway");
            site.service.release("plan");
            assertThat(events.until("nothing is done")).contains("event: notices");
        }
    }

    @Test
    void a_refusal_never_reaches_another_session() {
        var anna = site.as("anna");
        try (var events = anna.events("/events")) {
            events.until("id: ");
            site.as("li").say("nonsense");
            anna.say("help");
            assertThat(events.until("event: notices")).doesNotContain("nonsense");
            assertThat(events.until("id: ")).doesNotContain("nonsense");
        }
    }

    @Test
    void a_heartbeat_finds_out_who_has_gone() {
        var events = site.as("li").events("/events");
        events.until(": still here");
        assertThat(site.servlet.streams()).isEqualTo(1);
        events.close();
        allClosed();
    }

    @Test
    void streams_of_one_session_are_bounded() {
        var li = site.as("li");
        var open = new ArrayList<Browser.Events>();
        for (int each = 0; each < Streams.MOST_OF_ONE; each++) {
            var events = li.events("/events");
            events.until("id: ");
            open.add(events);
        }
        assertThat(li.get("/events").status()).isEqualTo(503);
        open.forEach(Browser.Events::close);
        allClosed();
        try (var events = li.events("/events")) {
            events.until("id: ");
        }
    }

    @Test
    void streams_of_all_together_are_bounded() {
        var open = new ArrayList<Browser.Events>();
        var tabs = site.as("li");
        while (open.size() < Streams.MOST) {
            if (open.size() % Streams.MOST_OF_ONE == 0) {
                tabs = site.as("li");
            }
            var events = tabs.events("/events");
            events.until("id: ");
            open.add(events);
        }
        var anna = site.as("anna");
        assertThat(anna.get("/events").status()).isEqualTo(503);
        assertThat(anna.get("/").status()).isEqualTo(200);
        open.removeLast().close();
        Await.until("one is closed", () -> site.servlet.streams() == Streams.MOST - 1);
        try (var events = anna.events("/events")) {
            events.until("id: ");
        }
        open.forEach(Browser.Events::close);
        allClosed();
    }

    @Test
    void signing_out_ends_the_stream() {
        var li = site.as("li");
        try (var events = li.events("/events")) {
            events.until("id: ");
            var page = li.get("/");
            li.post(
                    "/signout",
                    Map.of("csrf", page.field("csrf"), "delivery", page.field("delivery")));
            events.until("event: bye");
            assertThat(events.ends()).isTrue();
        }
    }

    @Test
    void closing_the_console_ends_all_streams_at_once() {
        try (var events = site.as("li").events("/events")) {
            events.until("id: ");
            long began = System.nanoTime();
            site.servlet.close();
            assertThat(events.ends()).isTrue();
            allClosed();
            assertThat(Duration.ofNanos(System.nanoTime() - began))
                    .isLessThan(Duration.ofSeconds(2));
        }
    }
}
