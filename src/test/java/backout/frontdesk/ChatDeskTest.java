package backout.frontdesk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import backout.approval.Person;
import backout.approval.Policy;
import backout.approval.Vote;
import backout.chat.Block;
import backout.chat.Button;
import backout.chat.ChatRequest;
import backout.chat.Form;
import backout.chat.Place;
import backout.chat.Press;
import backout.command.CommandSpec;
import backout.command.Grammar;
import backout.command.Site;
import backout.language.Phrase;
import backout.language.Phrases;
import backout.plan.Plan;
import backout.plan.Settings;
import backout.plan.Step;
import backout.plan.Target;
import backout.plan.TargetEvent;
import backout.plan.TargetName;
import backout.problem.Problem;
import backout.problem.ProblemException;
import backout.report.Card;
import backout.report.Progress;
import backout.run.HandClock;
import backout.run.Journal;
import backout.run.Outcome;
import backout.run.Run;
import backout.run.RunEvent;
import backout.run.RunId;
import backout.store.sql.SqlStore;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/** What people type, press and fill in, whichever chat it comes from. */
@SuppressWarnings("NullAway.Init")
final class ChatDeskTest {
    private static final TargetName RELAY = TargetName.of("compose/relay");
    private static final Place CHANNEL = new Place("slack", "C1");
    private static final Duration HOUR = Duration.ofHours(1);

    @TempDir private Path folder;
    private final HandClock clock = new HandClock();
    private final AtomicInteger deliveries = new AtomicInteger();
    private final AtomicInteger runs = new AtomicInteger();
    private SqlStore store;
    private FrontDesk desk;

    @BeforeEach
    void open() {
        store = SqlStore.open(folder, clock);
        desk = desk(site("relay"));
    }

    @AfterEach
    void close() {
        store.close();
    }

    private FrontDesk desk(Site site) {
        return desk(site, true);
    }

    private FrontDesk desk(Site site, boolean isWorkedOn) {
        return new FrontDesk(
                site,
                store.journal(),
                (_, _) -> plan("1.0"),
                clock,
                () -> new RunId("AAAA" + (char) ('A' + runs.getAndIncrement())),
                _ -> isWorkedOn,
                new Origin("host root"));
    }

    private static Site site(String... targets) {
        var byName = new LinkedHashMap<TargetName, Target>();
        for (String name : targets) {
            var target = TargetName.of("compose/" + name);
            String policy = name.equals("shop") ? "strict" : "prod";
            byName.put(
                    target,
                    new Target(
                            target,
                            "local",
                            policy,
                            HOUR,
                            HOUR,
                            List.of(),
                            new Settings(Map.of())));
        }
        var commands = new ArrayList<CommandSpec>();
        commands.add(
                new CommandSpec(
                        "compose",
                        "",
                        Grammar.of("[TARGET] [to RELEASE] [because REASON...]"),
                        "rollback",
                        "compose",
                        1,
                        List.of(),
                        List.of("up"),
                        List.of("x")));
        commands.add(
                new CommandSpec(
                        "plan",
                        "",
                        Grammar.of("COMMAND..."),
                        "plan",
                        "",
                        1,
                        List.of(),
                        List.of(),
                        List.of()));
        Stream.of("confirm", "approve", "deny", "cancel", "undo", "keep")
                .map(name ->
                        new CommandSpec(
                                name,
                                "",
                                Grammar.of("RUN [plan PLAN] [because REASON...]"),
                                name,
                                "",
                                1,
                                List.of(),
                                List.of(),
                                List.of()))
                .forEach(commands::add);
        return new Site(
                commands,
                byName,
                people(),
                Map.of(
                        "prod", new Policy("prod", 1, 2, HOUR, HOUR, HOUR, false),
                        "strict", new Policy("strict", 1, 2, HOUR, HOUR, HOUR, true)));
    }

    private static Map<String, Person> people() {
        var people = new LinkedHashMap<String, Person>();
        people.put("visitor", new Person("visitor", 0, Map.of()));
        people.put("li", new Person("li", 1, Map.of()));
        people.put("eve", new Person("eve", 1, Map.of()));
        people.put("ben", new Person("ben", 2, Map.of()));
        people.put("dora", new Person("dora", 3, Map.of()));
        return people;
    }

    private static Plan plan(String to) {
        return new Plan(
                RELAY,
                "compose",
                new Plan.Shown("sha256:b", "2.0", Phrase.NONE),
                new Plan.Shown("sha256:" + to, to, Phrase.NONE),
                Phrase.of("the last good one"),
                List.of(
                        new Step(
                                "up",
                                RELAY,
                                Step.Phase.SWITCH,
                                "b",
                                to,
                                Map.of(),
                                Phrase.of("replace it"))),
                List.of(0),
                List.of("container [STATE] == running"),
                List.of(),
                List.of(),
                List.of());
    }

    private Reply types(String person, String words) {
        return desk.take(
                new ChatRequest.Typed("d" + deliveries.incrementAndGet(), person, CHANNEL, words));
    }

    private Reply presses(String person, Press press) {
        return desk.take(
                new ChatRequest.Pressed(
                        "d" + deliveries.incrementAndGet(), person, CHANNEL, press));
    }

    private Reply fillsIn(String person, Form form, Map<String, String> values) {
        return desk.take(
                new ChatRequest.Submitted(
                        "d" + deliveries.incrementAndGet(),
                        person,
                        CHANNEL,
                        form.words(),
                        form.plan(),
                        values));
    }

    private static RunId run(Reply reply) {
        return ((Reply.OfRun) reply).run();
    }

    private static Form form(Reply reply) {
        return ((Reply.Ask) reply).form();
    }

    private void happens(RunId run, RunEvent event) {
        int there = store.journal().read(run).size();
        store.journal().append(run, there, List.of(event), List.of(), null);
    }

    private void endsWithoutPlan(RunId run) {
        happens(
                run,
                new RunEvent.Finished(
                        clock.instant(),
                        new Outcome(
                                Outcome.Result.NOTHING_CHANGED,
                                Phrase.of("no plan"),
                                Phrase.NONE)));
    }

    private RunId planned(int votes) {
        RunId run = run(types("li", "compose relay because 5xx"));
        var policy = new Policy("prod", votes, 2, HOUR, HOUR, HOUR, false);
        happens(run, new RunEvent.Planned(clock.instant(), plan("1.0"), policy, HOUR));
        return run;
    }

    private String hash(RunId run) {
        return read(run).plan().hash();
    }

    private String said(String person, String words) {
        return ((Reply.OfRun) types(person, words)).said().toString();
    }

    @Test
    void a_yes_is_told_what_it_came_to_and_what_is_still_missing() {
        RunId run = planned(2);
        assertThat(said("ben", "approve " + run))
                .isEqualTo(
                        "run %s: your vote counts: 1 of 2; li must still confirm it"
                                .formatted(run));
        var _ = types("li", "confirm " + run);
        assertThat(said("ben", "approve " + run))
                .isEqualTo(
                        "you approved it already: run %s: your vote counts: 1 of 2".formatted(run));
        assertThat(said("dora", "approve " + run)).isEqualTo("run " + run + " is approved");
    }

    @Test
    void the_last_vote_before_the_requester_confirmed_approves_nothing_yet() {
        RunId run = planned(1);
        assertThat(said("ben", "approve " + run))
                .isEqualTo("run %s: your vote counts, li must still confirm it".formatted(run));
    }

    @Test
    void a_vote_on_a_plan_that_is_given_up_at_that_moment_is_told_to_be_void() {
        RunId run = planned(1);
        var _ = types("li", "confirm " + run);
        var _ = types("ben", "approve " + run);
        happens(run, new RunEvent.PlanChanged(clock.instant(), Phrases.of("another container")));
        assertThat(
                        Tally.says(
                                        read(run),
                                        new Person("ben", 2, Map.of()),
                                        clock.instant(),
                                        false)
                                .toString())
                .contains("your vote is void");
    }

    @Test
    void the_card_says_whose_votes_went_with_a_plan_that_changed_until_all_said_yes_again() {
        RunId run = planned(1);
        var _ = types("li", "confirm " + run);
        var _ = types("ben", "approve " + run);
        happens(run, new RunEvent.PlanChanged(clock.instant(), Phrases.of("another container")));
        assertThat(Card.of(read(run), site("relay"), clock.instant()).toString())
                .contains("The plan changed, please look again")
                .contains("the votes of ben no longer count");

        plan(run, "0.9");
        var _ = types("li", "confirm " + run + " plan " + hash(run));
        var _ = types("dora", "approve " + run + " plan " + hash(run));
        assertThat(Card.of(read(run), site("relay"), clock.instant()).toString())
                .doesNotContain("please look again");
    }

    @Test
    void a_run_that_nobody_works_on_is_not_said_to_go_on_by_itself() {
        RunId run = planned(1);
        var _ = types("li", "confirm " + run);
        var _ = types("ben", "approve " + run);
        happens(run, new RunEvent.SwitchBegan(clock.instant(), List.of("ben")));
        assertThatThrownBy(() -> types("li", "cancel " + run))
                .hasMessageContaining("it checks itself now");
        desk = desk(site("relay"), false);
        assertThatThrownBy(() -> types("li", "cancel " + run))
                .hasMessageContaining("nobody works on it");
    }

    private RunId planned() {
        RunId run = run(types("li", "compose relay because 5xx"));
        plan(run, "1.0");
        return run;
    }

    private void plan(RunId run, String to) {
        var policy = new Policy("prod", 1, 2, HOUR, HOUR, HOUR, false);
        happens(run, new RunEvent.Planned(clock.instant(), plan(to), policy, HOUR));
    }

    private Press asksForShownPlan() {
        var shown = (Reply.Later) types("li", "plan compose relay because 5xx");
        return shown.answer().get().blocks().stream()
                .filter(Block.Buttons.class::isInstance)
                .map(block -> ((Block.Buttons) block).buttons().getFirst().press())
                .findFirst()
                .orElseThrow();
    }

    @Test
    void the_plan_that_is_shown_has_the_button_that_asks_for_it() {
        Press press = Press.of(asksForShownPlan().text()).orElseThrow();

        RunId run = run(presses("eve", press));

        assertThat(read(run).request().words()).isEqualTo("compose relay because 5xx");
        assertThat(read(run).requester()).isEqualTo("eve");
        plan(run, "1.0");
        assertThat(Card.of(read(run), site("relay"), clock.instant()).toString())
                .doesNotContain("please look again");
    }

    @Test
    void a_plan_that_is_another_by_the_time_it_is_asked_for_says_so() {
        Press press = asksForShownPlan();
        RunId run = run(presses("li", press));
        plan(run, "0.9");
        assertThat(Card.of(read(run), site("relay"), clock.instant()).toString())
                .contains("please look again")
                .contains("which was shown before this was asked")
                .contains(press.plan());
    }

    @Test
    void a_plan_of_a_former_process_is_asked_for_no_more() {
        Press press = asksForShownPlan();
        desk = desk(site("relay"));
        assertThatThrownBy(() -> presses("li", press)).hasMessageContaining("too long ago");
        assertThat(store.journal().open()).isEmpty();
    }

    @Test
    void an_id_that_an_older_run_has_is_drawn_again() {
        RunId former = run(types("li", "compose relay because 5xx"));
        endsWithoutPlan(former);
        runs.set(0);

        RunId run = run(types("li", "compose relay because 5xx"));

        assertThat(run).isNotEqualTo(former);
        assertThat(read(former).outcome()).isPresent();
    }

    private Run read(RunId run) {
        return Run.of(store.journal().read(run));
    }

    private List<Press> buttons(RunId run) {
        return Card.of(read(run), site("relay"), clock.instant()).blocks().stream()
                .filter(Block.Buttons.class::isInstance)
                .flatMap(block -> ((Block.Buttons) block).buttons().stream())
                .map(Button::press)
                .toList();
    }

    private Press button(RunId run, String action) {
        return buttons(run).stream()
                .filter(press -> press.action().equals(action))
                .findFirst()
                .orElseThrow(() -> new AssertionError(action + " is not on the card"));
    }

    @Test
    void the_buttons_of_the_card_carry_a_rollback_to_its_approval() {
        RunId run = planned();
        assertThat(buttons(run)).extracting(Press::action).containsExactly("confirm", "cancel");
        var _ = presses("li", button(run, "confirm"));
        assertThat(buttons(run))
                .extracting(Press::action)
                .containsExactly("approve", "deny", "cancel");
        var _ = presses("ben", button(run, "approve"));
        assertThat(read(run).votes()).singleElement().extracting("by").isEqualTo("ben");
        assertThat(buttons(run)).extracting(Press::action).containsExactly("cancel");
        assertThat(read(run).request().place()).isEqualTo("slack:C1");
    }

    @Test
    void a_site_without_a_command_has_no_button_for_it() {
        RunId run = planned();
        var all = site("relay");
        var fewer =
                new Site(
                        all.commands().stream()
                                .filter(command -> !command.does().equals("cancel"))
                                .toList(),
                        all.targets(),
                        all.people(),
                        all.policies());
        assertThat(Card.of(read(run), fewer, clock.instant()).blocks())
                .filteredOn(Block.Buttons.class::isInstance)
                .singleElement()
                .extracting(block -> ((Block.Buttons) block).buttons())
                .asInstanceOf(org.assertj.core.api.InstanceOfAssertFactories.list(Button.class))
                .extracting(button -> button.press().action())
                .containsExactly("confirm");
    }

    @Test
    void self_approval_by_button_is_refused_with_the_rule_and_who_can_act() {
        RunId run = planned();
        var _ = presses("li", button(run, "confirm"));
        assertThatThrownBy(() -> presses("li", button(run, "approve")))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("nobody approves their own rollback")
                .hasMessageContaining("ben, dora");
        assertThat(read(run).votes()).isEmpty();
    }

    @Test
    void only_the_requester_confirms_and_a_visitor_presses_nothing() {
        RunId run = planned();
        assertThatThrownBy(() -> presses("ben", button(run, "confirm")))
                .hasMessageContaining("only li");
        assertThatThrownBy(() -> presses("visitor", button(run, "confirm")))
                .hasMessageContaining("visitor is L0");
        assertThat(read(run).isConfirmed()).isFalse();
    }

    @Test
    void a_double_click_counts_once() {
        RunId run = planned();
        Press confirm = button(run, "confirm");
        var _ = presses("li", confirm);
        var _ = presses("li", confirm);
        Press approve = button(run, "approve");
        var _ = presses("ben", approve);
        int events = store.journal().read(run).size();
        assertThat(((Reply.OfRun) presses("ben", approve)).said().toString()).contains("already");
        Press cancel = button(run, "cancel");
        var _ = presses("li", cancel);
        var _ = presses("li", cancel);
        assertThat(store.journal().read(run)).hasSize(events + 1);
    }

    @Test
    void what_somebody_saw_who_pressed_is_kept_and_that_others_named_nothing() {
        RunId run = planned(2);
        var _ = presses("li", button(run, "confirm"));
        var _ = presses("ben", button(run, "approve"));
        var _ = types("dora", "approve " + run);
        assertThat(read(run).votes())
                .extracting(vote -> vote.by() + " saw " + vote.saw())
                .containsExactly("ben saw " + hash(run), "dora saw ");
        assertThat(store.journal().read(run))
                .filteredOn(RunEvent.Confirmed.class::isInstance)
                .extracting(event -> ((RunEvent.Confirmed) event).saw())
                .containsExactly(hash(run));
    }

    @Test
    void a_button_of_a_card_with_an_older_plan_decides_nothing() {
        RunId run = planned();
        var _ = presses("li", button(run, "confirm"));
        Press approve = button(run, "approve");
        happens(run, new RunEvent.PlanChanged(clock.instant(), Phrases.of("another container")));
        plan(run, "1.1");
        assertThatThrownBy(() -> presses("ben", approve))
                .hasMessageContaining("has changed since that card was drawn")
                .hasMessageContaining(read(run).plan().hash());
        assertThat(read(run).votes()).isEmpty();
    }

    @Test
    void a_yes_that_is_typed_after_the_plan_was_made_anew_names_the_plan() {
        RunId run = planned();
        var _ = types("li", "confirm " + run);
        happens(run, new RunEvent.PlanChanged(clock.instant(), Phrases.of("another container")));
        plan(run, "1.1");
        String plan = read(run).plan().hash();
        assertThatThrownBy(() -> types("li", "confirm " + run))
                .hasMessageContaining("was made anew since it was asked for")
                .hasMessageContaining("confirm " + run + " plan " + plan);
        assertThatThrownBy(() -> types("ben", "approve " + run + " plan 0123456789ab"))
                .hasMessageContaining("has changed since that card was drawn");
        var _ = types("li", "confirm " + run + " plan " + plan);
        assertThatThrownBy(() -> types("ben", "approve " + run + " because fine"))
                .hasMessageContaining("approve " + run + " plan " + plan);
        var _ = types("ben", "approve " + run + " plan " + plan + " because fine");
        assertThat(read(run).votes()).extracting(Vote::plan).containsExactly(plan);
    }

    @Test
    void undo_or_keep_is_for_the_requester_the_voters_and_leads_alone() {
        RunId run = asked();
        for (String word : List.of("undo", "keep")) {
            assertThatThrownBy(() -> types("eve", word + " " + run))
                    .isInstanceOf(ProblemException.class)
                    .hasMessageContaining("undo or keep is for li")
                    .hasMessageContaining("Ask one of: li, ben, dora");
            assertThatThrownBy(() -> presses("eve", button(run, word)))
                    .hasMessageContaining("undo or keep is for li");
        }
        assertThat(read(run).question()).isPresent();
        var _ = types("ben", "keep " + run);
        assertThat(read(run).question()).isEmpty();
    }

    @Test
    void whoever_asked_for_the_rollback_answers_it() {
        RunId run = asked();
        var _ = presses("li", button(run, "undo"));
        assertThat(read(run).question()).isEmpty();
    }

    @Test
    void what_people_say_carries_the_face_and_at_the_host_its_user() {
        RunId run = run(typesAtHost("li", "compose relay because 5xx"));
        assertThat(read(run).request().via()).isEqualTo("host root");
        plan(run, "1.0");
        var _ = typesAtHost("li", "confirm " + run);
        var _ = presses("ben", button(run, "approve"));
        assertThat(read(run).votes())
                .extracting("by", "via")
                .containsExactly(tuple("ben", "slack"));
        assertThat(shown(run)).contains("approved by ben (slack)");
        var _ = desk.take(new ChatRequest.Typed("w1", "dora", Place.CONSOLE, "cancel " + run));
        assertThat(told(run))
                .containsExactly(
                        "li asked: compose relay because 5xx (at the host as root)",
                        "li confirmed (at the host as root)",
                        "ben approved (slack)",
                        "dora cancelled (in the console)");
    }

    @Test
    void a_vote_through_sudo_names_both_users() {
        Origin origin = Origin.ofProcess(Map.of("SUDO_USER", "mallory"));
        assertThat(origin.host()).matches("host \\S+ mallory");
        assertThat(Origin.ofProcess(Map.of("SUDO_USER", "a b\n")).host()).matches("host \\S+");
        RunId run = planned();
        var _ = presses("li", button(run, "confirm"));
        var vote =
                new Vote(
                        clock.instant(),
                        "ben",
                        2,
                        true,
                        read(run).plan().hash(),
                        "",
                        "host root mallory");
        happens(run, new RunEvent.Voted(clock.instant(), vote));
        assertThat(shown(run))
                .contains("approved by ben (at the host as root, through sudo by mallory)");
    }

    private Reply typesAtHost(String person, String words) {
        return desk.take(new ChatRequest.Typed("h" + deliveries.incrementAndGet(), person, words));
    }

    private String shown(RunId run) {
        return Card.of(read(run), site("relay"), clock.instant()).toString();
    }

    /** What people said, as the thread tells it. */
    private List<String> told(RunId run) {
        Run read = read(run);
        return read.events().stream()
                .filter(event -> !(event instanceof RunEvent.Planned))
                .flatMap(event -> Progress.line(read, event).stream())
                .map(Phrase::toString)
                .toList();
    }

    /** Its release is not proven to be well after the switch. */
    @Test
    void an_undo_is_not_cancelled_also_after_the_proof() {
        RunId run = asked();
        happens(run, new RunEvent.Proven(clock.instant(), clock.instant().plus(HOUR)));
        happens(run, new RunEvent.UndoDecided(clock.instant(), "backout", Phrase.of("unwell")));
        int events = store.journal().read(run).size();
        assertThatThrownBy(() -> types("li", "cancel " + run))
                .hasMessageContaining("is being undone and cannot be cancelled");
        assertThat(store.journal().read(run)).hasSize(events);
    }

    private RunId asked() {
        RunId run = planned();
        var _ = presses("li", button(run, "confirm"));
        happens(run, new RunEvent.SwitchBegan(clock.instant(), List.of("ben")));
        Instant until = clock.instant().plus(HOUR);
        happens(run, new RunEvent.Asked(clock.instant(), Phrase.of("unwell"), until));
        return run;
    }

    @Test
    void deny_by_button_asks_for_a_reason_first() {
        RunId run = planned();
        var _ = presses("li", button(run, "confirm"));
        Form form = form(presses("ben", button(run, "deny")));
        assertThat(form.inputs()).extracting(Form.Input::key).containsExactly("reason");
        assertThat(read(run).votes()).isEmpty();
        var _ = fillsIn("ben", form, Map.of("reason", "not now"));
        assertThat(read(run).votes())
                .singleElement()
                .satisfies(vote -> assertThat(vote.yes()).isFalse())
                .satisfies(vote -> assertThat(vote.reason()).isEqualTo("not now"));
    }

    @Test
    void whoever_may_not_deny_is_told_before_writing_a_reason() {
        RunId run = planned();
        var _ = presses("li", button(run, "confirm"));
        assertThatThrownBy(() -> presses("visitor", button(run, "deny")))
                .hasMessageContaining("visitor is L0");
    }

    @Test
    void several_targets_and_a_missing_reason_are_asked_for_in_one_form() {
        desk = desk(site("relay", "shop"));
        Form form = form(types("li", "compose"));
        assertThat(form.inputs())
                .extracting(Form.Input::key)
                .containsExactly("target", "reason", "release");
        assertThat(form.inputs().getFirst().options())
                .extracting(Form.Option::value)
                .containsExactly("relay", "shop");
        RunId run = run(fillsIn("li", form, Map.of("target", "shop", "reason", "5xx < 1 & more")));
        assertThat(read(run).request().target()).isEqualTo(TargetName.of("compose/shop"));
        assertThat(read(run).request().words()).isEqualTo("compose shop because 5xx < 1 & more");
        assertThat(read(run).request().place()).isEqualTo("slack:C1");
    }

    @Test
    void a_form_can_name_no_target_that_the_site_does_not_list() {
        desk = desk(site("relay", "shop"));
        Form form = form(types("li", "compose"));
        assertThatThrownBy(
                        () -> fillsIn("li", form, Map.of("target", "../etc", "reason", "because")))
                .hasMessageContaining("there is no target");
        assertThat(store.journal().open()).isEmpty();
    }

    private Form pointedAt(String person, String text) {
        return form(desk.take(new ChatRequest.PointedAt("d0", person, CHANNEL, text)));
    }

    private static Map<String, String> filled(Form form) {
        var filled = new LinkedHashMap<String, String>();
        form.inputs().forEach(input -> filled.put(input.key(), input.filled()));
        return filled;
    }

    @Test
    void who_points_at_a_message_gets_a_form_with_what_it_names() {
        desk = desk(site("relay", "shop"));
        store.journal()
                .append(
                        RELAY,
                        List.of(
                                seen("sha256:aaaaaaaaaaaa", "1.0"),
                                seen("sha256:bbbbbbbbbbbb", "2.0")));
        assertThat(filled(pointedAt("li", "2.0 on relay is broken, 1.0 was well.")))
                .isEqualTo(Map.of("target", "relay", "reason", "", "release", "1.0"));
        assertThat(filled(pointedAt("li", "compose/relay: down since relay:2.0")))
                .containsEntry("target", "relay")
                .containsEntry("release", "");
        assertThat(filled(pointedAt("li", "relay and shop are down, relays too")))
                .containsEntry("target", "");
        assertThat(filled(pointedAt("li", "relays, ../shop\u0000 <b>relay</b2>")))
                .containsKey("target");
        assertThat(filled(pointedAt("li", ""))).containsEntry("target", "");
        assertThat(store.journal().open()).isEmpty();
    }

    @Test
    void what_stands_in_that_form_may_be_changed_and_nothing_of_the_message_is_done_unasked() {
        desk = desk(site("relay", "shop"));
        Form form = pointedAt("li", "shop is down");
        assertThat(form.words()).isEqualTo("compose");
        RunId run = run(fillsIn("li", form, Map.of("target", "relay", "reason", "5xx")));
        assertThat(read(run).request().words()).isEqualTo("compose relay because 5xx");
    }

    @Test
    void who_may_not_roll_back_gets_no_form() {
        assertThatThrownBy(() -> pointedAt("visitor", "relay is down"))
                .hasMessageContaining("visitor is L0");
    }

    @Test
    void a_form_that_is_sent_twice_begins_one_run() {
        desk = desk(site("relay", "shop"));
        Form form = form(types("li", "compose"));
        var filled =
                new ChatRequest.Submitted(
                        "same",
                        "li",
                        CHANNEL,
                        form.words(),
                        "",
                        Map.of("target", "relay", "reason", "5xx"));
        RunId run = run(desk.take(filled));
        assertThat(run(desk.take(filled))).isEqualTo(run);
    }

    @Test
    void where_nothing_is_proven_a_person_chooses_and_that_is_a_run_of_its_own() {
        store.journal()
                .append(
                        RELAY,
                        List.of(
                                seen("sha256:aaaaaaaaaaaa", "1.0"),
                                seen("sha256:bbbbbbbbbbbb", "2.0")));
        RunId first = run(types("li", "compose relay because 5xx"));
        happens(
                first,
                new RunEvent.PlanFailed(
                        clock.instant(), Problem.of(Phrase.of("none is good"), Phrase.NONE)));
        endsWithoutPlan(first);

        Form form = form(presses("li", new Press(Card.CHOOSE, first.text(), "")));
        assertThat(form.inputs().getFirst().options())
                .singleElement()
                .satisfies(option ->
                        assertThat(option.label().toString()).contains("1.0", "never proven"));
        String release = form.inputs().getFirst().options().getFirst().value();
        RunId second = run(fillsIn("li", form, Map.of("release", release)));
        assertThat(read(second).request().values())
                .containsEntry("release", "aaaaaaaaaaaa")
                .containsEntry("reason", "5xx");
    }

    private TargetEvent.Seen seen(String id, String version) {
        clock.pass(Duration.ofSeconds(1));
        return new TargetEvent.Seen(clock.instant(), id, "relay:" + version, version, version);
    }

    @Test
    void a_press_that_no_button_carries_is_refused() {
        RunId run = planned();
        assertThatThrownBy(() -> presses("li", new Press("explode", run.text(), "")))
                .hasMessageContaining("does nothing here any more");
        assertThatThrownBy(() -> presses("li", new Press("compose", run.text(), "")))
                .hasMessageContaining("does nothing here any more");
        assertThatThrownBy(() -> presses("li", new Press("approve", "ZZZZZ", "")))
                .hasMessageContaining("there is no run");
        assertThat(Press.of("approve:RWQ2J:")).isPresent();
        assertThat(Press.of("approve:RWQ2J:abc; rm -rf /")).isEmpty();
    }

    @Test
    void a_hundred_approvals_at_once_are_one() throws Exception {
        RunId run = planned();
        var _ = presses("li", button(run, "confirm"));
        Press approve = button(run, "approve");
        try (var people = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Callable<Reply>> clicks = new ArrayList<>();
            for (int i = 0; i < 100; i++) {
                String who = i % 2 == 0 ? "ben" : "dora";
                clicks.add(() -> presses(who, approve));
            }
            for (Future<Reply> click : people.invokeAll(clicks)) {
                assertThat(run(click.get())).isEqualTo(run);
            }
        }
        assertThat(read(run).votes()).extracting("by").containsExactlyInAnyOrder("ben", "dora");
        assertThat(store.journal().open()).containsExactly(run);
    }

    @Test
    void two_commands_of_one_delivery_are_one_run_and_the_second_asker_is_told_who_holds_it() {
        var typed = new ChatRequest.Typed("Ev1", "li", CHANNEL, "compose relay");
        RunId run = run(desk.take(typed));
        assertThat(run(desk.take(typed))).isEqualTo(run);
        assertThatThrownBy(() -> types("ben", "compose relay"))
                .hasMessageContaining(run.text())
                .hasMessageContaining("li");
        assertThat(store.journal().begin(read(run).request()))
                .isInstanceOf(Journal.Begun.Same.class);
    }
}
