package backout.frontdesk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import backout.chat.Block;
import backout.chat.Button;
import backout.chat.Cards;
import backout.chat.ChatRequest;
import backout.chat.Message;
import backout.chat.Place;
import backout.chat.Press;
import backout.command.Invocation;
import backout.command.Site;
import backout.language.Phrase;
import backout.plan.Checklist;
import backout.plan.Plan;
import backout.plan.Target;
import backout.plan.TargetEvent;
import backout.run.Evidence;
import backout.run.Evidence.Finding;
import backout.run.Glance;
import backout.run.HandClock;
import backout.run.MemoryJournal;
import backout.run.MemoryLeases;
import backout.run.Played;
import backout.run.RunEvent;
import backout.run.RunId;
import backout.run.Scout;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/** What only people can see, below the checks: shown to everybody, ticked off once. */
class CheckingTest {
    private static final String SIGN_IN = "Sign in to the admin page";

    private final HandClock clock = new HandClock();
    private final MemoryJournal journal = new MemoryJournal(new MemoryLeases(clock));
    private final AtomicInteger said = new AtomicInteger();
    private FrontDesk desk = desk(Cards.site());

    private FrontDesk desk(Site site) {
        return new FrontDesk(
                site,
                journal,
                new Well(),
                clock,
                () -> new RunId("AAAAA"),
                _ -> true,
                new Origin("host root"));
    }

    private record Well() implements Scout {
        @Override
        public Plan draft(List<Target> targets, Invocation wanted) {
            throw new AssertionError("nobody asked for a plan");
        }

        @Override
        public Glance checks(Target target) {
            var seen = new Evidence(Finding.WELL, List.of(), 0, List.of(), Duration.ZERO);
            return new Glance(seen, List.of());
        }

        @Override
        public List<Played> suites(Target target) {
            return List.of(
                    new Played("keys", Finding.WELL, Phrase.of("3 steps"), Duration.ZERO),
                    new Played("shop", Finding.UNWELL, Phrase.of("step 2"), Duration.ZERO));
        }
    }

    private Message verify(String person) {
        Reply reply = desk.take(typed(person, "verify claude-relay"));
        return ((Reply.Later) reply).answer().get();
    }

    private ChatRequest typed(String person, String words) {
        return new ChatRequest.Typed("d" + said.incrementAndGet(), person, PLACE, words);
    }

    private static final Place PLACE = new Place("slack", "C1");

    private Message press(String person, Button button) {
        return told(
                desk.take(
                        new ChatRequest.Pressed(
                                "d" + said.incrementAndGet(), person, PLACE, button.press())));
    }

    private static Message told(Reply reply) {
        return ((Reply.OfTarget) reply).message();
    }

    private static List<String> lines(Message message) {
        return message.blocks().stream()
                .filter(Block.Lines.class::isInstance)
                .flatMap(block -> ((Block.Lines) block).lines().stream())
                .map(line -> line.mark() + " " + line.text() + " | " + line.note())
                .toList();
    }

    private static List<Button> buttons(Message message) {
        return message.blocks().stream()
                .filter(Block.Buttons.class::isInstance)
                .flatMap(block -> ((Block.Buttons) block).buttons().stream())
                .toList();
    }

    private void happens(TargetEvent event) {
        journal.append(Cards.RELAY, List.of(event));
    }

    private void seen(String id) {
        happens(new TargetEvent.Seen(clock.instant(), id, id, id, ""));
    }

    @Test
    void what_one_person_ticks_off_others_see_with_who_and_when() {
        List<Button> open = buttons(verify("li"));
        assertThat(open).extracting(button -> button.label().toString()).contains("☐ " + SIGN_IN);
        Message answer = press("li", open.getFirst());
        assertThat(answer.summary()).hasToString("Seen by people of compose/claude-relay: 1 of 2");
        assertThat(lines(verify("anna")))
                .containsAll(lines(answer))
                .contains(
                        Phrase.of("DONE {0} | li (slack), {1}", SIGN_IN, clock.instant())
                                .toString());
        assertThat(buttons(verify("anna"))).hasSize(1);
    }

    /** As the last card of its rollback has it. */
    @Test
    void the_button_of_a_run_shows_the_target_that_it_was_about() {
        var run = new RunId("7F3KQ");
        var _ =
                journal.begin(
                        new RunEvent.Requested(
                                clock.instant(),
                                run,
                                "d0",
                                "li",
                                Cards.RELAY,
                                "compose",
                                "compose claude-relay",
                                "",
                                Map.of(),
                                "",
                                "",
                                List.of(),
                                null));
        Reply reply =
                desk.take(
                        new ChatRequest.Pressed(
                                "p1", "max", PLACE, new Press("verify", run.text(), "")));
        assertThat(lines(((Reply.Later) reply).answer().get())).hasSize(2);
    }

    @Test
    void ticked_twice_is_once_and_the_second_is_told_who_was_first() {
        Button button = buttons(verify("li")).getFirst();
        press("li", button);
        Message second = press("anna", button);
        assertThat(lines(second).getFirst()).contains(SIGN_IN + " is ticked off already: li");
        assertThat(journal.read(Cards.RELAY)).hasSize(1);
    }

    @Test
    void it_can_be_typed_as_it_stands_there() {
        String typed = lines(verify("li")).getFirst().replaceAll(".*\\| ", "");
        assertThat(typed).matches("tick [0-9A-F]{6}");
        assertThat(
                        lines(
                                        told(
                                                desk.take(
                                                        typed(
                                                                "li",
                                                                typed.toLowerCase(
                                                                        java.util.Locale.ROOT)))))
                                .getFirst())
                .startsWith("DONE ");
    }

    @Test
    void what_no_list_has_is_refused() {
        assertThatThrownBy(() -> desk.take(typed("li", "tick 0000XX")))
                .hasMessageContaining("no list has 0000XX to tick off");
        assertThat(journal.read(Cards.RELAY)).isEmpty();
    }

    @Test
    void a_target_without_a_suite_says_where_one_is_written() {
        assertThatThrownBy(() -> desk.take(typed("li", "suite claude-relay")))
                .hasMessageContaining("has no suite")
                .hasMessageContaining("checklists.yml");
    }

    /** A look changes nothing; only who asks for the suites has them played. */
    @Test
    void suites_are_offered_below_the_checks_and_played_when_somebody_asks() {
        desk = desk(withSuite());
        Button offered = buttons(verify("li")).getLast();
        int before = journal.read(Cards.RELAY).size();
        assertThat(offered.label()).hasToString("Play its suites (changes data)");
        Message played =
                ((Reply.Later)
                                desk.take(
                                        new ChatRequest.Pressed(
                                                "p1", "li", PLACE, offered.press())))
                        .answer()
                        .get();
        assertThat(played.summary()).hasToString("The suites of compose/claude-relay are unwell");
        assertThat(played.blocks().toString()).contains("li had them played", "step 2");
        assertThat(journal.read(Cards.RELAY).stream().skip(before).toList())
                .satisfiesExactly(
                        began ->
                                assertThat(began)
                                        .isInstanceOfSatisfying(
                                                TargetEvent.SuiteBegan.class,
                                                event -> assertThat(event.by()).isEqualTo("li")),
                        ended ->
                                assertThat(((TargetEvent.SuiteEnded) ended).seen().toString())
                                        .contains("unwell", "step 2"));
    }

    private static Site withSuite() {
        Site site = Cards.site();
        Target relay = site.target(Cards.RELAY).orElseThrow();
        var list = new Checklist("keys", List.of(), List.of(), List.of("GET {url}/"), List.of());
        var more =
                new Target(
                        relay.name(),
                        relay.host(),
                        relay.policy(),
                        relay.goodAfter(),
                        relay.soak(),
                        relay.checks(),
                        relay.settings(),
                        relay.file(),
                        List.of(list));
        return new Site(
                site.commands(), Map.of(relay.name(), more), site.people(), site.policies());
    }

    /** What was seen of one release says nothing of another. */
    @Test
    void another_release_and_a_proven_rollback_begin_anew() {
        seen("1.1.182");
        press("li", buttons(verify("li")).getFirst());
        seen("1.1.182");
        assertThat(buttons(verify("li"))).as("the same runs on").hasSize(1);
        happens(new TargetEvent.Locked(clock.instant(), "li", Phrase.verbatim("5xx"), "7F3KQ"));
        assertThat(buttons(verify("li"))).hasSize(2);
        press("li", buttons(verify("li")).getFirst());
        seen("1.1.174");
        assertThat(buttons(verify("li"))).as("the watch sees what the run brought").hasSize(1);
        seen("1.1.183");
        assertThat(buttons(verify("li"))).hasSize(2);
    }
}
