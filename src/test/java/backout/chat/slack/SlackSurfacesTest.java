package backout.chat.slack;

import static org.assertj.core.api.Assertions.assertThat;

import backout.chat.Cards;
import backout.chat.ChatRequest;
import backout.chat.Form;
import backout.chat.Place;
import backout.command.Site;
import backout.fixture.DeskBot;
import backout.frontdesk.FrontDesk;
import backout.frontdesk.Home;
import backout.frontdesk.Origin;
import backout.frontdesk.Reply;
import backout.language.Language;
import backout.plan.TargetEvent;
import backout.run.MemoryJournal;
import backout.run.MemoryLeases;
import backout.run.RunEvent;

import com.google.gson.GsonBuilder;
import com.google.gson.JsonElement;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;

/** What Slack shows beside messages: the home tab and the form, as their golden files have them. */
class SlackSurfacesTest {
    private static final Path GOLDEN = Path.of("src/test/resources/golden/slack");
    private static final Language CHINESE = Language.of("zh-CN", ZoneId.of("Asia/Shanghai"));

    private final Site site = Cards.site();
    private final List<RunEvent> events =
            Optional.ofNullable(Cards.runs().get("card-awaiting-approval")).orElseThrow().events();
    private final Instant now = events.getLast().at().plus(Duration.ofSeconds(20));
    private final MemoryJournal journal = new MemoryJournal(new MemoryLeases(() -> now));
    private final FrontDesk desk =
            new FrontDesk(
                    site,
                    journal,
                    (_, _) -> Cards.relayPlan(),
                    () -> now,
                    () -> Cards.RUN,
                    _ -> true,
                    new Origin("host root"));

    @BeforeEach
    void happened() {
        journal.append(
                Cards.RELAY,
                List.of(
                        new TargetEvent.Seen(
                                now.minus(Duration.ofDays(6)),
                                "sha256:aaaaaaaaaaaa",
                                "weishaw/claude-relay-service:v1.1.238",
                                "v1.1.238",
                                "1.1.238"),
                        new TargetEvent.Seen(
                                now.minus(Duration.ofMinutes(20)),
                                "sha256:bbbbbbbbbbbb",
                                "weishaw/claude-relay-service:v1.1.240",
                                "v1.1.240",
                                "1.1.240")));
    }

    private static void compare(JsonElement shown, String golden) throws IOException {
        var pretty = new GsonBuilder().disableHtmlEscaping().setPrettyPrinting().create();
        String json = pretty.toJson(shown) + "\n";
        Path file = GOLDEN.resolve(golden + ".json");
        if ("write".equals(System.getenv("BACKOUT_GOLDEN"))) {
            Files.writeString(file, json);
        }
        assertThat(json).isEqualTo(Files.readString(file));
    }

    private JsonElement home(Language language) {
        var _ = journal.begin((RunEvent.Requested) events.getFirst());
        journal.append(Cards.RUN, 1, events.subList(1, events.size()), List.of(), null);
        var people = SlackChat.people(site);
        var shown = new Home(new DeskBot(site, journal, () -> now, desk::take), people);
        return new SlackRenderer(people::user, language).blocks(shown.of("U02ANNA"));
    }

    @Test
    void the_home_tab() throws IOException {
        compare(home(Language.ENGLISH), "home");
    }

    @Test
    void the_home_tab_in_chinese() throws IOException {
        compare(home(CHINESE), "zh-home");
    }

    private Form form() {
        var asks =
                new ChatRequest.PointedAt(
                        "d1",
                        "li",
                        new Place("slack", "C9"),
                        "claude-relay answers 500 since 1.1.240, 1.1.238 was well");
        return ((Reply.Ask) desk.take(asks)).form();
    }

    @Test
    void the_form_of_a_rollback() throws IOException {
        compare(SlackForm.view(form(), "C9", Language.ENGLISH).orElseThrow(), "form");
    }

    @Test
    void the_form_of_a_rollback_in_chinese() throws IOException {
        compare(SlackForm.view(form(), "C9", CHINESE).orElseThrow(), "zh-form");
    }
}
