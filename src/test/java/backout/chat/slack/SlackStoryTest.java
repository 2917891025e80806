package backout.chat.slack;

import static org.assertj.core.api.Assertions.assertThat;

import backout.approval.Person;
import backout.chat.Cards;
import backout.chat.Message;
import backout.command.Site;
import backout.fixture.Await;
import backout.fixture.DeskBot;
import backout.fixture.Emulate;
import backout.fixture.Folders;
import backout.fixture.SlackDriver;
import backout.fixture.SlackDriver.Answer;
import backout.frontdesk.FrontDesk;
import backout.frontdesk.Origin;
import backout.language.Language;
import backout.language.Phrase;
import backout.report.Card;
import backout.run.MemoryJournal;
import backout.run.MemoryLeases;
import backout.run.Run;
import backout.run.RunEvent;
import backout.serve.Listener;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Typed, posted, pressed and edited on a stateful Slack that we did not write. */
class SlackStoryTest {
    private static Path folder;
    private static Emulate slack;

    private final Instant now = Instant.now();
    private SlackDriver driver;
    private SlackApi api;
    private SlackRoom room;
    private Listener listener;
    private Site site;
    private MemoryJournal journal;
    private String ops;
    private String li;
    private String anna;

    @BeforeAll
    static void start() {
        folder = Folders.make("slack");
        slack = Emulate.start(folder);
    }

    @AfterAll
    static void stop() {
        slack.close();
        Folders.delete(folder);
    }

    @BeforeEach
    void serve() {
        ops = slack.channel("ops");
        li = slack.user("li");
        anna = slack.user("anna");
        driver = new SlackDriver(slack.address());
        site = site();
        journal = new MemoryJournal(new MemoryLeases(() -> now));
        var desk =
                new FrontDesk(
                        site,
                        journal,
                        (_, _) -> Cards.relayPlan(),
                        () -> now,
                        () -> Cards.RUN,
                        _ -> true,
                        new Origin("host root"));
        api = SlackApi.at(driver.address(), Emulate.TOKEN, Await.PATIENCE);
        var readers = new SlackReaders(api, Language.ENGLISH, Map.of(), System::nanoTime);
        room = new SlackRoom(api, site, readers);
        var bot = new DeskBot(site, journal, () -> now, desk::take);
        var slack = bot.in(driver.address(), Emulate.TOKEN, SlackDriver.SECRET);
        listener = Listener.open("127.0.0.1:0", slack.doors());
    }

    @AfterEach
    void close() {
        listener.close();
        api.close();
        driver.close();
    }

    private Site site() {
        Site site = Cards.site();
        var people = new LinkedHashMap<String, Person>(site.people());
        people.put("li", new Person("li", 1, Map.of("slack", li)));
        people.put("anna", new Person("anna", 2, Map.of("slack", anna)));
        return new Site(site.commands(), site.targets(), people, site.policies());
    }

    private Answer types(String user, String text) {
        return driver.send(listener.port(), driver.command(user, ops, text, slack.trigger()), now);
    }

    private Answer presses(String user, String value) {
        return driver.send(listener.port(), driver.press(user, ops, value, slack.trigger()), now);
    }

    private Run run() {
        return Run.of(journal.read(Cards.RUN));
    }

    private JsonObject posted(String address) {
        var history =
                JsonParser.parseString(slack.call("conversations.history", "channel=" + ops))
                        .getAsJsonObject();
        for (var message : history.getAsJsonArray("messages")) {
            if (message.getAsJsonObject().get("ts").getAsString().equals(address)) {
                return message.getAsJsonObject();
            }
        }
        throw new AssertionError("no message " + address + " in " + history);
    }

    /** The value of the button with that label, as it stands in the channel. */
    private String button(String address, String label) {
        for (var block : posted(address).getAsJsonArray("blocks")) {
            if (!block.getAsJsonObject().get("type").getAsString().equals("actions")) {
                continue;
            }
            for (var element : block.getAsJsonObject().getAsJsonArray("elements")) {
                var button = element.getAsJsonObject();
                if (button.getAsJsonObject("text").get("text").getAsString().equals(label)) {
                    return button.get("value").getAsString();
                }
            }
        }
        throw new AssertionError("no button " + label + " on " + posted(address));
    }

    private void planned() {
        var policy = site.policyOf(site.target(Cards.RELAY).orElseThrow());
        append(new RunEvent.Planned(now, Cards.relayPlan(), policy, Duration.ZERO));
    }

    private void append(RunEvent event) {
        journal.append(Cards.RUN, run().version(), List.of(event), List.of(), null);
    }

    @Test
    void typed_confirmed_and_approved_by_buttons_of_the_card_in_the_channel() throws Exception {
        Answer answer = types(li, "compose claude-relay because 5xx &amp; more");
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body())
                .contains("run 7F3KQ: nothing is done before")
                .contains("ephemeral");
        assertThat(run().request().reason()).isEqualTo("5xx & more");
        assertThat(run().request().place()).isEqualTo("slack:" + ops);

        planned();
        String card = room.post(ops, "card-7F3KQ", Card.of(run(), site, now));
        assertThat(room.find(ops, "card-7F3KQ")).contains(card);
        assertThat(room.find(ops, "card-ABCDE")).isEmpty();

        assertThat(presses(li, button(card, "Confirm")).status()).isEqualTo(200);
        assertThat(run().isConfirmed()).isTrue();
        room.edit(ops, card, Card.of(run(), site, now));
        assertThat(room.find(ops, "card-7F3KQ")).contains(card);

        assertThat(presses(anna, button(card, "Approve")).status()).isEqualTo(200);
        assertThat(run().votes()).hasSize(1);
        Await.until("both were told", () -> driver.whispers().size() == 2);

        room.reply(ops, card, Message.line(Phrase.of("step 1 is done")));
        assertThat(slack.call("conversations.replies", "channel=" + ops + "&ts=" + card))
                .contains("step 1 is done");
        room.whisper(ops, "anna", Message.line(Phrase.of("for you")));
    }

    @Test
    void a_no_asks_for_its_reason_in_a_dialog() {
        types(li, "compose claude-relay");
        planned();
        append(new RunEvent.Confirmed(now, "li", Cards.relayPlan().hash()));
        String deny = "deny:7F3KQ:" + Cards.relayPlan().hash();
        assertThat(presses(anna, deny).body()).isEmpty();
        Await.until("it opened", () -> driver.calls("views.open").size() == 1);
        String view = driver.calls("views.open").getFirst().get("view");
        var handedIn =
                driver.send(
                        listener.port(),
                        driver.submission(
                                anna,
                                "V1",
                                view,
                                """
                                {"reason": {"value": {"type": "plain_text_input", "value": "wait"}}}\
                                """),
                        now);
        assertThat(handedIn.status()).isEqualTo(200);
        assertThat(handedIn.body()).doesNotContain("errors");
        assertThat(run().votes()).hasSize(1);
        assertThat(run().votes().getFirst().reason()).isEqualTo("wait");
    }
}
