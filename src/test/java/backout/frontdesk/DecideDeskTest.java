package backout.frontdesk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import backout.approval.Person;
import backout.approval.Policy;
import backout.chat.Block;
import backout.chat.Button;
import backout.chat.Cards;
import backout.chat.ChatRequest;
import backout.chat.Message;
import backout.chat.Place;
import backout.chat.Press;
import backout.command.CommandSpec;
import backout.command.Grammar;
import backout.command.Invocation;
import backout.command.Site;
import backout.language.Phrase;
import backout.plan.Plan;
import backout.plan.Remedy;
import backout.plan.Remedy.Difficulty;
import backout.plan.Remedy.Sort;
import backout.plan.Settings;
import backout.plan.Target;
import backout.plan.TargetEvent;
import backout.plan.TargetName;
import backout.problem.Problem;
import backout.run.Evidence;
import backout.run.Evidence.Finding;
import backout.run.Glance;
import backout.run.HandClock;
import backout.run.MemoryJournal;
import backout.run.MemoryLeases;
import backout.run.Offer;
import backout.run.Proposal;
import backout.run.Run;
import backout.run.RunEvent;
import backout.run.RunId;
import backout.run.Scout;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The flow chart of a service that has three ways back, walked with each thing that may be seen.
 */
class DecideDeskTest {
    private static final Duration HOUR = Duration.ofHours(1);
    private static final TargetName VERCEL = TargetName.of("vercel/vidfab");

    private final HandClock clock = new HandClock();
    private final MemoryJournal journal = new MemoryJournal(new MemoryLeases(clock));
    private final AtomicInteger said = new AtomicInteger();
    private Set<String> possible = Set.of("vercel", "dns", "rebuild");
    private Finding health = Finding.UNWELL;
    private boolean isBlind;
    private final FrontDesk desk =
            new FrontDesk(
                    site(),
                    journal,
                    new World(),
                    clock,
                    () -> new RunId("AAAAA"),
                    _ -> true,
                    new Origin("host root"));

    private static Site site() {
        var targets = new TreeMap<TargetName, Target>();
        for (String name :
                List.of("vercel/vidfab", "dns/vidfab", "rebuild/vidfab", "source/shop")) {
            targets.put(TargetName.of(name), target(TargetName.of(name)));
        }
        return new Site(
                List.of(
                        command("vercel", "[TARGET] [because REASON...]", "rollback"),
                        command("dns", "[TARGET] [because REASON...]", "rollback"),
                        command("rebuild", "[TARGET] [because REASON...]", "rollback"),
                        command("plan", "COMMAND...", "plan"),
                        command("fix", "RUN", "fix"),
                        command("decide", "TARGET", "decide")),
                targets,
                Map.of("li", new Person("li", 1, Map.of())),
                Map.of(),
                Map.of("some", new Policy("some", 1, 1, HOUR, HOUR, HOUR, false)),
                Map.of(),
                Map.of(),
                Path.of("config"),
                Map.of(
                        "vercel",
                        Remedy.of(Sort.RELEASE, Difficulty.VERY_LOW).byHand("1–2"),
                        "dns",
                        Remedy.of(Sort.STANDBY, Difficulty.LOW).byHand("15–40"),
                        "rebuild",
                        Remedy.of(Sort.REBUILD, Difficulty.MEDIUM).byHand("30–60")));
    }

    private static CommandSpec command(String name, String words, String does) {
        return new CommandSpec(
                name,
                "",
                Grammar.of(words),
                does,
                does.equals("rollback") ? name : "",
                1,
                List.of(),
                List.of(),
                List.of());
    }

    private static Target target(TargetName name) {
        return new Target(name, "local", "some", HOUR, HOUR, List.of(), new Settings(Map.of()));
    }

    private final class World implements Scout {
        @Override
        public Plan draft(List<Target> targets, Invocation wanted) {
            String kind = targets.getFirst().name().kind();
            if (!possible.contains(kind)) {
                throw Problem.stop(Phrase.of("no " + kind), Phrase.of("mend it"));
            }
            return Cards.relayPlan();
        }

        @Override
        public Glance checks(Target target) {
            if (isBlind) {
                throw Problem.stop(Phrase.of("nobody can look"), Phrase.NONE);
            }
            return new Glance(
                    new Evidence(health, List.of(), -1, List.of(), Duration.ZERO), List.of());
        }
    }

    /** The one before is good; the one that runs came so long ago, proven or not. */
    private void deployed(Duration ago, boolean proven) {
        Instant now = clock.instant();
        Instant before = now.minus(ago).minus(HOUR);
        journal.append(
                VERCEL,
                List.of(
                        new TargetEvent.Seen(before, "old", "old", "1", "1"),
                        new TargetEvent.FoundGood(before, "old", "1"),
                        new TargetEvent.Seen(now.minus(ago), "new", "new", "2", "2")));
        if (proven) {
            journal.append(VERCEL, List.of(new TargetEvent.FoundGood(now, "new", "2")));
        }
    }

    private Message says(String words) {
        return asked(
                new ChatRequest.Typed(
                        "d" + said.incrementAndGet(), "li", new Place("slack", "C1"), words));
    }

    private Message asked(ChatRequest request) {
        return ((Reply.Later) desk.take(request)).answer().get();
    }

    private static List<Button> buttons(Message message) {
        return message.blocks().stream()
                .filter(Block.Buttons.class::isInstance)
                .flatMap(block -> ((Block.Buttons) block).buttons().stream())
                .toList();
    }

    private static String recommended(Message message) {
        return buttons(message).stream()
                .filter(button -> button.look() == Button.Look.PRIMARY)
                .map(button -> button.label().toString())
                .findFirst()
                .orElse("nothing");
    }

    @ParameterizedTest
    @CsvSource({
        "5m, new, vercel dns rebuild, UNWELL, Plan: vercel, only the newest release is ill",
        "5m, proven, vercel dns, UNWELL, Plan: vercel, only the newest release is ill",
        "2h, proven, vercel dns rebuild, UNWELL, Plan: dns, it hardly is the release",
        "5m, new, dns rebuild, UNWELL, Plan: dns, a standby is there",
        "5m, new, rebuild, UNKNOWN, Plan: rebuild, no standby is there",
        "2h, proven, vercel, UNWELL, Plan: vercel, nothing else can be begun now",
        "5m, new, '', UNWELL, nothing, none of its methods can be begun now",
        "5m, new, vercel dns, WELL, nothing, nothing here speaks for a rollback",
    })
    void the_chart_is_walked_by_what_is_seen(
            String ago, String state, String can, Finding health, String best, String why) {
        deployed(
                Duration.parse("PT" + ago.toUpperCase(java.util.Locale.ROOT)),
                state.equals("proven"));
        possible = Set.of(can.split(" "));
        this.health = health;
        Message message = says("decide vidfab");
        assertThat(recommended(message)).isEqualTo(best);
        assertThat(message.blocks().get(1).toString()).contains(why);
        assertThat(buttons(message)).hasSize(can.isEmpty() ? 0 : possible.size());
    }

    @Test
    void each_way_says_what_it_takes_how_hard_it_is_and_why_it_cannot_be_begun() {
        deployed(HOUR, false);
        possible = Set.of("vercel");
        assertThat(says("decide dns/vidfab").blocks().toString())
                .contains("no dns. mend it")
                .contains("by hand 15–40 min; difficulty: low")
                .contains("by hand 1–2 min; difficulty: very low")
                .contains("plan vercel vidfab", "plan dns vidfab", "plan rebuild vidfab");
    }

    @Test
    void a_press_shows_the_plan_of_that_way_and_the_next_press_asks_for_it() {
        deployed(HOUR, false);
        Button way = buttons(says("decide vidfab")).getFirst();
        Message plan = asked(pressed(way));
        assertThat(plan.summary().toString()).startsWith("Plan for");
        var begun = (Reply.OfRun) desk.take(pressed(buttons(plan).getFirst()));
        assertThat(journal.read(begun.run()).getFirst().toString())
                .contains("vercel vidfab", "requester=li");
    }

    private ChatRequest pressed(Button button) {
        return pressed(button.press());
    }

    private ChatRequest pressed(Press press) {
        return new ChatRequest.Pressed(
                "d" + said.incrementAndGet(), "li", new Place("slack", "C1"), press);
    }

    @Test
    void a_proposal_offers_it_and_its_clock_stands_beside_the_ways() {
        deployed(HOUR, false);
        Instant now = clock.instant();
        var proposal =
                new Proposal("new", "2", now, now, Phrase.of("5xx"), List.of(), Phrase.NONE, null);
        var _ =
                journal.begin(
                        new RunEvent.Requested(
                                now,
                                new RunId("PPPPP"),
                                "proposal:PPPPP",
                                Proposal.NOBODY,
                                VERCEL,
                                "vercel",
                                "vercel vidfab",
                                "",
                                Map.of("target", "vidfab"),
                                "",
                                "",
                                List.of(),
                                proposal));
        Message ways = asked(pressed(new Press("decide", "PPPPP", "")));
        assertThat(buttons(ways).stream().map(button -> button.press().action()))
                .containsExactly("ask", "fix", "ask", "ask");
        assertThat(buttons(ways).get(1).press().run()).isEqualTo("PPPPP");
        desk.take(pressed(buttons(ways).get(1).press()));
        Run run = Run.of(journal.read(new RunId("PPPPP")));
        assertThat(Offer.of(run).orElseThrow().isBeingMended(now)).isTrue();
    }

    @Test
    void a_service_that_nobody_knows_is_refused() {
        assertThatThrownBy(() -> says("decide vidfob"))
                .hasMessageContaining("there is no target \"vidfob\"")
                .hasMessageContaining("did you mean vidfab?");
    }

    @Test
    void checks_that_nobody_could_read_are_unknown_and_hide_no_way() {
        deployed(HOUR, false);
        isBlind = true;
        Message message = says("decide vidfab");
        assertThat(message.summary().toString()).endsWith("It is unknown");
        assertThat(buttons(message)).hasSize(3);
    }

    @Test
    void a_service_that_no_command_rolls_back_is_refused() {
        assertThatThrownBy(() -> says("decide shop"))
                .hasMessageContaining("no command rolls a target called shop back");
    }
}
